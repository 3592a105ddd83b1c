import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { signedIn } from '../access/signed-in.ts';
import { begun } from '../adoption/begun.ts';
import { stocked } from '../adoption/stocked.ts';
import { keyFor } from '../pages/held-keys.ts';
import { runHere } from './running.ts';

const { world, cityOf } = await stocked();
const clerk = await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') });
vi.stubEnv('COMPACT_KEY', await keyFor(clerk, { opens: 'change' }, world));
const EARLIER = 'coalition/detainers/2026-10-29';
const ELSEWHERE = 'zz/place/dunmere/ordinance-2019-22';
const folder = mkdtempSync(join(tmpdir(), 'citycompact-cli-'));
afterAll(() => {
	vi.unstubAllEnvs();
	rmSync(folder, { recursive: true, force: true });
});
/** A file of its own that holds words. */
function file(name: string, words: string): string {
	writeFileSync(join(folder, name), words);
	return join(folder, name);
}

const run = (words: readonly string[]) => runHere(words, world);
const draft = await begun('Wrong input', clerk.actor, world);
const short = draft.slice(0, 8);
const first = String(JSON.parse((await run(['show', draft, '--format', 'json'])).out).provisions[0].id);

const cases: readonly (readonly [words: readonly string[], code: number, sentence: string])[] = [
	[['new', 'coalition/detainers'], 2, 'Say what the draft is called: --title'],
	[['new', 'coalition/nothing', '--title', 'A'], 3, 'Nothing in the library is at this address.'],
	[['show', 'zzzz'], 3, 'No draft of your city has the id zzzz, or one that begins so.'],
	[['show', draft.slice(0, 2)], 3, 'See `citycompact adoption list`.'],
	[['show', short, 'pzzzz'], 3, 'No provision of the draft has the id pzzzz'],
	[['show', short, '--at', 'none'], 2, '--at takes the number of an edit'],
	[['answer', short, 'city'], 2, 'Write a blank and its answer with = between them'],
	[['answer', short, 'town=A'], 5, 'There is no blank town in this draft. There are:'],
	[['answer', short, 'city=A', '--since', 'now'], 2, '--since takes the number of an edit'],
	[['answer', short, 'city=A', '--since', '9'], 5, 'The draft has 1 edits.'],
	[['words', short, first], 2, 'Say what it is to read'],
	[['words', short, first, '--words', 'A', '--since', '9'], 5, 'The draft has 1 edits.'],
	[['words', short, first, '--file', 'none.txt'], 3, 'There is no file none.txt'],
	[['move', short, first], 5, 'Say where it is moved'],
	[['split', short, first, 'no such words'], 5, 'Send begins'],
	[['undo', short], 2, 'Nothing was edited since the draft was copied.'],
	[['take', short], 2, 'needs CHANGE: as `adoption newer`'],
	[['take', short, 'all'], 3, 'No newer version of a source has a change to take.'],
	[['take', short, 'sec_3'], 2, 'names no change'],
	[['take', short, '1:sec_999'], 3, 'left to decide on'],
	[['keep', short, 'abcd1234:1'], 3, 'No file that came back for the draft'],
	[['stage', short, 'counsel'], 2, 'Say something of the stage'],
	[['stage', short, 'none', '--who', 'A'], 3, 'it has no such stage'],
	[['stage', short, 'counsel', '--due', 'soon'], 5, 'due takes until when'],
	[['plan', short, 'soon'], 5, 'day takes the day of the vote'],
	[['export', short, '--form', 'txt', '--what', 'marked'], 2, 'Plain text has no way to mark'],
	[['export', short, '--against', 'newest'], 2, 'add --what marked, or leave --against out'],
	[
		['export', short, '--what', 'marked', '--against', 'model'],
		2,
		'--against takes copied, newest, the number of an edit',
	],
	[['export', short, '--what', 'marked', '--against', '9'], 3, 'The draft has 1 edits.'],
	[
		['export', short, '--what', 'marked', '--against', 'zz/place/nowhere/ordinance-1'],
		3,
		'There is no such text in the library. Open it there',
	],
	[['export', short, '--to', 'no/such/folder.docx'], 5, 'cannot be written (ENOENT)'],
	[['import', short, 'none.docx'], 3, 'There is no file none.docx'],
	[['borrow', short, first, 'zz/nowhere/sec_1'], 3, 'Nothing in the library is at this address.'],
	[['borrow', short, first, EARLIER], 5, 'Send the address of one provision'],
	[['borrow', short, first, `${EARLIER}/sec_9__subsec_a`], 5, 'Copy the provision from the library instead.'],
	[['packet', short, '--set', file('list.json', '3')], 5, 'holds no JSON object'],
	[['packet', short, '--set', file('look.json', '{"look": "pink"}')], 5, 'look takes one of chicago,'],
	[['packet', short, '--to', 'packet.docx'], 6, 'blank'],
	[['send', short, '--to', 'abcd'], 3, 'No seat of counsel of your city has the id abcd'],
	[['rules', '--set', 'none.json'], 3, 'There is no file none.json that can be read.'],
	[
		['rules', '--set', file('no.json', 'no json')],
		5,
		'Begin with what `citycompact adoption rules --format json` prints.',
	],
	[['rules', '--set', file('empty.json', '{}')], 5, 'Send rules: it takes the rules'],
	[['adopt', short], 2, 'Say how it is counted'],
	[['adopt', short, '--number', '1', '--adopted', '2026-01-01', '--sure'], 6, 'blank'],
];

test.each(cases)('`adoption %j` is refused with code %i and with what to do', async (words, code, sentence) => {
	const ran = await run(words);
	expect([ran.code, ran.out, ran.said]).toEqual([code, '', expect.stringContaining(sentence)]);
	expect(ran.said).not.toMatch(/\n\s+at |undefined|\[object/);
});

test('a look at a draft is a table, and in full for programs', async () => {
	const text = (await run(['show', short])).out.split('\n');
	expect(text[0]).toBe('SAMPLE. Wrong input');
	expect(text.every((line) => line.length <= 400)).toBe(true);
	expect((await run(['versions', short])).out).toMatch(/^Draft {2}What +Provision {2}By +When\n +1 {2}copied/);
	expect((await run(['dates', short])).out).toMatch(/^Stage +Name +Due +Done +Stands/);
	expect((await run(['comments', short])).out).toBe('None.\n');
	expect((await run(['elsewhere', short])).out).toBe('None.\n');
	expect((await run(['newer', short])).out).toBe('None.\n');
	expect((await run(['suggestions', short, '--format', 'csv', '--raw'])).out).toMatch(/^upload,file,id,take,kind/);
	expect(JSON.parse((await run(['list', '--format', 'json'])).out)).toMatchObject([{ id: draft, seq: 1 }]);
});

test('words of strangers steer no terminal', async () => {
	const made = await run(['add', short, '--words', 'It is \u001b[31mred\u001b[0m \u202e.', '--first']);
	// What cannot be seen is refused where it is typed.
	expect([made.code, made.said]).toEqual([2, expect.stringContaining('holds a sign that cannot be seen')]);
	await run(['rename', short, 'A \u001b[31mred title']);
	expect((await run(['show', short])).out).not.toContain('\u001b');
	expect((await run(['list'])).out).not.toContain('\u001b');
});

test('a file is marked against any text that the page offers', async () => {
	const path = join(folder, 'marked.html');
	const made = await run(['export', short, '--form', 'html', '--what', 'marked', '--against', EARLIER, '--to', path]);
	expect([made.code, made.out]).toEqual([0, `${path}\n`]);
	expect(readFileSync(path, 'utf8')).toMatch(/<ins|<del/);
	const copied = join(folder, 'copied.html');
	await run(['export', short, '--form', 'html', '--what', 'marked', '--against', '1', '--to', copied]);
	expect(readFileSync(copied, 'utf8')).not.toMatch(/<ins|<del/);
});

test('an answer that somebody else gave since is shown beside the one that is wanted', async () => {
	const { out } = await run(['new', EARLIER, '--title', 'Answered']);
	const id = out.trim();
	expect((await run(['answer', id, 'city=Alder Falls', '--since', '1'])).out).toBe('Filled. It is draft 2 now.\n');
	const late = await run(['answer', id, 'city=Dunmere', '--since', '1']);
	expect([late.code, late.out]).toEqual([6, '']);
	expect(late.said).toMatch(/^The draft: Alder Falls\nThe other: Dunmere\nSomebody answered meanwhile: city\./);
});

test('a draft goes to counsel with its open blanks and the law of its state, and comes back by hand', async () => {
	const id = (await run(['new', EARLIER, '--title', 'To counsel'])).out.trim();
	expect((await run(['questions', id])).out).toMatch(/^Blank +Kind +Question +Comment/);
	const byHand = await run(['send', id]);
	expect(byHand.out).toMatch(/^Draft 1 is with counsel\.\n\d+ blanks to answer:\n {2}\w+: /);
	expect(byHand.out).toContain('ask counsel before using this text');
	expect((await run(['return', id])).out).toBe('It is back from counsel.\n');
	expect(JSON.parse((await run(['turns', id, '--format', 'json'])).out)).toMatchObject([
		{ nth: 2, act: 'returned', to: null },
		{ nth: 1, act: 'sent', to: null },
	]);
	const one = await signedIn(world, { role: 'counsel', placeId: cityOf('alder-falls') });
	expect((await run(['send', id])).out).toContain('is with counsel.');
	expect((await run(['send', id, '--to', String(one.seat).slice(0, 8)])).out).toContain(
		'already, and nobody edited it since',
	);
	const back = await run(['return', id]);
	expect([back.code, back.said]).toEqual([4, expect.stringContaining(`on its page, /adoption/${id}/counsel.`)]);
	const other = await signedIn(world, { role: 'counsel', placeId: cityOf('alder-falls') });
	const several = await run(['send', id]);
	expect([several.code, several.said]).toEqual([5, expect.stringContaining(`${other.seat} (`)]);
	expect((await run(['meeting', id])).out).toBe('None.\n');
});

test('the packet is offered, said and written, and a title as it is offered follows the draft', async () => {
	const id = (await run(['new', EARLIER, '--title', 'Packet'])).out.trim();
	const blanks = JSON.parse((await run(['show', id, '--format', 'json'])).out).blanks as {
		readonly blank: string;
		readonly kind: string;
		readonly choices: readonly { readonly value: string }[];
	}[];
	const offered = (await run(['packet', id])).out;
	expect(offered).toMatch(/^title: .+\nnumber: \n/);
	expect(offered).toContain('The template is ours.\nNobody said so yet');
	expect(offered).toContain('There is no file while blanks are open: ');
	const fill: Readonly<Record<string, string>> = { number: '5', date: '2027-01-01', yes_no: 'yes' };
	await run(['answer', id, ...blanks.map((one) => `${one.blank}=${fill[one.kind] ?? one.choices[0]?.value ?? 'A'}`)]);
	const path = join(folder, 'packet.docx');
	const early = await run(['packet', id, '--to', path]);
	expect([early.code, early.out, early.said]).toEqual([6, '', expect.stringContaining('--set FILE')]);
	const all = JSON.parse((await run(['packet', id, '--format', 'json'])).out);
	const set = (sent: object) => run(['packet', id, '--set', file('packet.json', JSON.stringify(sent))]);
	expect((await set({ ...all, number: 'Ordinance 2027-3', summary: 'One.\nTwo.' })).code).toBe(0);
	const said = await set({ fiscal: 'None.', parts: ['text', 'summary'] });
	expect(said.out).toContain('number: Ordinance 2027-3\n');
	expect(said.out).not.toContain('Nobody said so yet');
	const { title, ...rest } = JSON.parse((await run(['packet', id, '--format', 'json'])).out);
	expect(rest).toMatchObject({ summary: 'One.\nTwo.', fiscal: 'None.', parts: ['text', 'summary'] });
	expect(title).toBe(all.title);
	expect(await run(['packet', id, '--to', path])).toEqual({ code: 0, out: `${path}\n`, said: '' });
	expect(readFileSync(path).subarray(0, 2).toString()).toBe('PK');
	expect((await run(['packet', id, '--to', path])).code).toBe(6);
});

test('the rules of a city are printed in words, and what is printed for programs is taken back', async () => {
	expect((await run(['rules'])).out).toMatch(
		/^Your city has not said how it counts\..*\n\nblanks to counsel: 10 business days; the earlier day counts, the later does not; never on a closed day \(no source was given\)\n/,
	);
	const rules = JSON.parse((await run(['rules', '--format', 'json'])).out);
	const changed = {
		...rules,
		meetings: { weekday: 'monday', weeks: [2] },
		own_days: [{ day: '2027-08-02', name: 'Fair' }],
	};
	const set = await run(['rules', '--set', file('rules.json', JSON.stringify(changed))]);
	expect([set.code, set.said]).toEqual([0, expect.stringContaining('Days that are planned stay')]);
	expect(set.out).toMatch(/^blanks to counsel/);
	expect(set.out).toContain('2027-08-02 (Fair).\n');
	expect(set.out).toContain('The council meets on monday, in these weeks of the month: 2.');
	expect(JSON.parse((await run(['rules', '--format', 'json'])).out)).toEqual(changed);
});

test('says before a file goes out that the draft names the city it was copied from', async () => {
	const id = (await run(['new', ELSEWHERE, '--title', 'Copied'])).out.trim();
	const path = join(folder, 'copied.docx');
	const { code, said } = await run(['export', id, '--to', path]);
	expect([code, said]).toEqual([0, expect.stringMatching(/^It names another city in \d+ places?: /m)]);
	const own = await run(['export', short, '--to', join(folder, 'own.docx')]);
	expect([own.code, own.said]).toEqual([0, expect.not.stringContaining('names another city')]);
});
