import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, expect, test, vi } from 'vitest';
import { wholeDraft } from '#adoption/program/looks.server.ts';
import { type Ran, runHere } from '../cli/running.ts';
import { people, site, world } from './everybody.ts';
import { keyFor } from './held-keys.ts';

const COMMAND = join(import.meta.dirname, '../../bin/citycompact.js');
const folder = mkdtempSync(join(tmpdir(), 'citycompact-cli-'));
afterAll(() => {
	vi.unstubAllEnvs();
	rmSync(folder, { recursive: true, force: true });
});
/** A dozen processes, each of which opens the database. */
const PATIENCE = 240_000;

const key = await keyFor(people.m, { opens: 'change' }, world);
const reading = await keyFor(people.m, { opens: 'read' }, world);
const elsewhere = await keyFor(people.M, { opens: 'change' }, world);

/** By a process of its own, as at a terminal: a second each, or five on a busy machine. */
function start(words: readonly string[], COMPACT_KEY = key): Promise<Ran> {
	const env: NodeJS.ProcessEnv = { ...process.env, COMPACT_DATA: site.data, COMPACT_KEY };
	return new Promise((done) => {
		execFile(process.execPath, [COMMAND, 'adoption', ...words], { env, cwd: folder }, (error, out, said) =>
			done({ code: error ? Number(error.code) : 0, out, said }),
		);
	});
}
/** The same verbs in this process: what tells of a start, an exit code or a file has a process of its own. */
function run(words: readonly string[], COMPACT_KEY = key): Promise<Ran> {
	vi.stubEnv('COMPACT_KEY', COMPACT_KEY);
	return runHere(words, world);
}
function done(words: readonly string[], { code, out, said }: Ran): string {
	expect([words, code, said]).toEqual([words, 0, said]);
	return out.trim();
}
const started = async (...words: readonly string[]) => done(words, await start(words));
const fine = async (...words: readonly string[]) => done(words, await run(words));
const records = async (...words: readonly string[]) =>
	JSON.parse(await fine(...words, '--format', 'json')) as Record<string, unknown>[];
type Whole = {
	provisions: { id: string; words: string }[];
	blanks: { blank: string; kind: string; choices: { value: string }[]; answer: string | null }[];
};
/** Looked at without a process of its own. */
const whole = async (draft: string) =>
	(await wholeDraft(draft, null, people.m.actor, world)).record as unknown as Whole;
async function provision(draft: string, words: string): Promise<string> {
	const found = (await whole(draft)).provisions.find((one) => one.words.includes(words));
	if (!found) throw new Error(`No provision says ${words}.`);
	return found.id;
}

test(
	'a model becomes a law on the terminal: copied, filled, written, split, out to counsel and back, newer words, adopted',
	async () => {
		const draft = await started('new', 'coalition/detainers/2026-10-29', '--title', 'Detainer ordinance');
		expect(draft).toMatch(/^[0-9a-f-]{36}$/);
		expect(await fine('list')).toContain('Detainer ordinance');
		const short = draft.slice(0, 8);
		const shown = await started('show', short);
		expect(shown).toMatch(
			/^SAMPLE\. Detainer ordinance\nDraft 1, last edited .* UTC by Person of member\.\nSource 1: coalition\/detainers\/2026-10-29\n/,
		);
		expect(shown).toContain('ask counsel before using this text');

		const answers = (await whole(draft)).blanks.map(({ blank, kind, choices }) => {
			const of: Record<string, string> = {
				number: '10',
				date: '2027-01-01',
				yes_no: 'yes',
				choice: choices[0]?.value ?? '',
			};
			return `${blank}=${of[kind] ?? 'The City Clerk'}`;
		});
		expect(await fine('answer', short, ...answers)).toBe('Filled. It is draft 2 now.');

		const held = await provision(draft, 'shall not keep a person in custody');
		const words = (await fine('show', short, held)).split('\n').at(-1) ?? '';
		expect(await fine('words', short, held, '--words', words.replace('shall not keep', 'must not keep'))).toBe(
			'Kept. It is draft 3 now.',
		);
		const clash = await start([
			'words',
			short,
			held,
			'--words',
			words.replace('shall not keep', 'may never keep'),
			'--since',
			'2',
		]);
		expect([clash.code, clash.out]).toEqual([6, '']);
		expect(clash.said).toMatch(
			/^Before: .*shall.*\nThe draft: .*must.*\nThe other: .*may never.*\nSomebody changed the same words meanwhile\./s,
		);

		await fine('add', short, '--after', held, '--words', 'The clerk keeps a log. The council reads it each month.');
		const log = await provision(draft, 'The clerk keeps a log.');
		expect(await fine('split', short, log, 'The council reads')).toContain('Split; the second part is: p');
		const council = await provision(draft, 'The council reads');
		await fine('move', short, council, '--first');
		expect((await whole(draft)).provisions[0]?.id).toBe(council);
		expect(await fine('undo', short)).toMatch(/^It reads as draft \d+ did\./);
		expect((await whole(draft)).provisions[0]?.id).not.toBe(council);
		await fine('join', short, log);
		await fine('comment', short, log, 'Who reads it?', '--on', 'The council');
		expect(await fine('comments', short)).toContain('Who reads it?');
		await fine('comment', short, log, '', '--on', 'keeps a log', '--instead', 'keeps the log');
		expect(await fine('take', short, 'comment:2')).toContain('comment:2: taken.');
		await provision(draft, 'The clerk keeps the log.');
		await fine('plan', short, '2027-03-03');
		await fine('stage', short, 'counsel', '--who', 'City Attorney');
		expect(await fine('dates', short)).toContain('City Attorney');

		const out = await start(['export', short, '--what', 'marked', '--to', 'for-counsel.docx']);
		expect([out.code, out.out.trim()]).toEqual([0, 'for-counsel.docx']);
		expect(out.said).toContain('Office of tests');
		expect((await start(['export', short, '--to', 'for-counsel.docx'])).code).toBe(6);
		expect(await started('export', short, '--form', 'pdf')).toMatch(/^SAMPLE-detainer-ordinance-.*\.pdf$/);

		await started('export', short, '--to', 'clean.docx');
		writeFileSync(
			join(folder, 'from-counsel.docx'),
			revised(readFileSync(join(folder, 'clean.docx')), 'each month', 'each week'),
		);
		expect(await started('import', short, 'from-counsel.docx')).toMatch(/^1 suggestion read from from-counsel\.docx\./);
		const [suggestion] = await records('suggestions', short);
		expect(await fine('suggestions', short)).toMatch(/\[-month-\] ?\{\+week\+\}/);
		await fine('take', short, String(suggestion?.take));
		expect((await whole(draft)).provisions.some((one) => one.words.includes('reads it each week'))).toBe(true);

		const offers = await records('newer', short);
		expect(offers.length).toBeGreaterThan(1);
		expect(await fine('newer', short)).toContain('{+');
		const refused = offers.find(({ kind }) => kind === 'changed');
		expect(await fine('keep', short, String(refused?.take))).toBe(`${refused?.take}: your words stay.`);
		expect(await fine('take', short, 'all')).toMatch(/source 1: \d+ changes? taken\./);
		expect(await fine('versions', short)).toContain('taken_over');

		const blanks = (await whole(draft)).blanks.filter(({ answer }) => answer === null);
		if (blanks.length > 0)
			await fine(
				'answer',
				short,
				...blanks.map(({ blank, kind }) => `${blank}=${kind === 'number' ? 5 : 'The Clerk'}`),
			);
		const vote = ['adopt', short, '--number', 'Ordinance 2026-7', '--adopted', '2026-11-01', '--vote', '5 to 2'];
		const unsure = await run(vote);
		expect([unsure.code, unsure.said]).toEqual([6, expect.stringContaining('cannot be taken back: say --sure.')]);
		expect(await started(...vote, '--sources', '--sure')).toMatch(/^It is on the shelf: zz\/.*ordinance-2026-7$/);
		const late = await run(['answer', short, 'city=Elsewhere']);
		expect([late.code, late.said]).toEqual([6, expect.stringContaining('This draft was adopted.')]);
	},
	PATIENCE,
);

/** The same file with a tracked change in it, as Word writes one. */
function revised(bytes: Uint8Array, before: string, after: string): Uint8Array {
	const files = unzipSync(new Uint8Array(bytes));
	const path = 'word/document.xml';
	const xml = strFromU8(files[path] ?? new Uint8Array());
	const changed = xml.replace(
		new RegExp(`<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>([^<]*)${before}([^<]*)</w:t></w:r>`),
		(_, look = '', left, right) => {
			const run = (tag: string, text: string) => `<w:r>${look}<w:${tag} xml:space="preserve">${text}</w:${tag}></w:r>`;
			const sign = 'w:author="Counsel" w:date="2026-11-20T10:00:00Z"';
			return `${run('t', left)}<w:del w:id="901" ${sign}>${run('delText', before)}</w:del><w:ins w:id="902" ${sign}>${run('t', after)}</w:ins>${run('t', right)}`;
		},
	);
	if (changed === xml) throw new Error(`The file has no words ${before} in one run.`);
	return zipSync({ ...files, [path]: strToU8(changed) });
}

test(
	'without a key that opens it nothing is told, and how to get one is said',
	async () => {
		const draft = await fine('new', 'coalition/detainers', '--title', 'CANARY-CLI');
		for (const [given, sentence] of [
			['', 'it needs a key. A person with a seat of a city makes one'],
			['citycompact_none', 'This key opens nothing'],
		] as const) {
			const { code, out, said } = await start(['show', draft], given);
			expect([code, out, said]).toEqual([4, '', expect.stringContaining(sentence)]);
			expect(said).toContain(
				'under Keys for programs. Give it in COMPACT_KEY, or in a file that nobody else reads: --key-file FILE.',
			);
		}
		const other = await run(['show', draft], elsewhere);
		expect([other.code, other.out]).toEqual([3, '']);
		expect(other.said).not.toContain('CANARY-CLI');
		expect((await run(['list'], elsewhere)).out).not.toContain('CANARY-CLI');
		const read = await run(['answer', draft, 'city=A'], reading);
		expect([read.code, read.out]).toEqual([4, '']);
		expect((await run(['show', draft], reading)).code).toBe(0);
		expect((await start(['export', draft, '--to', 'other.docx'], elsewhere)).code).toBe(3);
		expect(existsSync(join(folder, 'other.docx'))).toBe(false);
	},
	PATIENCE,
);

test(
	'a key in a file is taken, and whoever lets others read it is told',
	async () => {
		const file = join(folder, 'key');
		writeFileSync(file, `${reading}\n`, { mode: 0o600 });
		const quiet = await start(['list', '--key-file', file], '');
		expect([quiet.code, quiet.said]).toEqual([0, '']);
		chmodSync(file, 0o644);
		const loud = await run(['list', '--key-file', file], '');
		expect([loud.code, loud.said]).toEqual([0, expect.stringContaining(`chmod 600 ${file}`)]);
		const none = await run(['list', '--key-file', `${file}s`], '');
		expect([none.code, none.said]).toEqual([3, expect.stringContaining('Name the file that holds the key.')]);
	},
	PATIENCE,
);
