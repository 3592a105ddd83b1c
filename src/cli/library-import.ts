import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { SYSTEM } from '#access/actor.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import { describing } from '#library/about.server.ts';
import { type Checked, check } from '#library/check.server.ts';
import { importPolicies, type Outcome } from '#library/import.server.ts';
import { type Naming, readManifest, SAID, type Said, type SaidName } from '#library/manifest.ts';
import { offers } from '#library/offer.server.ts';
import { FACT_KINDS, INSTRUMENTS, TEXT_LANGUAGES } from '#library/policy.ts';
import type { Provision } from '#library/provision.ts';
import { PROFILE_NAMES } from '#library/redline/profile.ts';
import { furnish } from '#places/furnish.server.ts';
import { type Args, type Option, Usage, type Verb } from './command.ts';
import type { Io } from './io.ts';
import { counted } from './output.ts';

const PROFILE: Option = {
	value: 'PROFILE',
	choices: PROFILE_NAMES,
	summary: 'how additions and deletions are marked, where the guess is wrong; docs/library/profiles.md',
};
/** Refusals and problems told one by one; the rest are counted. */
const MOST_TOLD = 50;
/** A manifest is held whole. */
const MOST_MANIFEST = 100_000_000;
const WIDEST_LINE = 100;

export const importing: Verb = {
	name: 'import',
	summary: 'Read texts of policies and put them on the shelf, provision by provision',
	detail: [
		'Takes Word, PDF with text, RTF, HTML, Markdown, plain text and Akoma Ntoso; folders and .zip archives of them; and .jsonl or .jsonl.gz with one text in every line. What a file is says its content, never its name.',
		'Where there are many files, a manifest (CSV or JSON) says of each what the options say of one: `file`, `place`, `date`, `number`, `title`, `instrument`, `as`, `language`, `profile`, `source_address`, `retrieved`, `cites`, and a day under `introduced`, `adopted`, `in_force` and the other facts. docs/library/import.md tells each.',
		'A file that cannot be read is told with what to do; the others go in. Importing again changes nothing. The bytes of a file stay private until `library publish`.',
	],
	operands: [{ name: 'FILE', summary: 'a file, a folder, an archive', many: true }],
	options: {
		place: { value: 'PLACE', summary: 'whose it is: ny/place/new-york-city, tx/walker-county, tx, or coalition' },
		date: { value: 'DAY', summary: 'the day of this version, YYYY-MM-DD' },
		number: { value: 'TEXT', summary: 'as its body counts: "Local Law 58 of 2014"' },
		title: { value: 'TEXT', summary: 'else the long title that stands in it' },
		as: { value: 'SLUG', summary: 'end of its address (local-law-58-of-2014); else made of its number or title' },
		instrument: { value: 'KIND', choices: INSTRUMENTS, summary: 'else what it calls itself, else ordinance' },
		language: {
			value: 'LANGUAGE',
			choices: TEXT_LANGUAGES,
			summary: 'else read from the words; a version in another language than its policy is an unofficial translation',
		},
		profile: PROFILE,
		'source-address': { value: 'URL', summary: 'where it was published' },
		retrieved: { value: 'DAY', summary: 'when it was taken from there' },
		fact: {
			value: 'KIND=DAY',
			many: true,
			summary: `what became of it: ${FACT_KINDS.join(', ')}; --cites says what says so`,
		},
		cites: { value: 'TEXT', summary: 'what says so, as people cite it: "Local Law 58 of 2014, section 4"' },
		manifest: { value: 'FILE', summary: 'a CSV or JSON file that says it of each file' },
		field: { value: 'NAME=COLUMN', many: true, summary: 'the column or field that says it, where its name is another' },
		again: { summary: 'also read files again that were read before' },
		by: { value: 'NAME', summary: 'the office that imports', default: 'operator' },
	},
	examples: [
		{
			command:
				'library import LL-2014-058.rtf --place ny/place/new-york-city --date 2014-11-14 --number "Local Law 58 of 2014"',
			what: 'one law',
		},
		{
			command: 'library import laws/ --place ny/place/new-york-city --manifest laws/index.csv --field date=enacted',
			what: 'a folder',
		},
		{
			command: 'library import bills.jsonl.gz --place ny/place/new-york-city --field number=id --field date=intro',
			what: 'an archive with one text in every line',
		},
	],
	run: runImport,
};

export const checking: Verb = {
	name: 'check',
	summary: 'Read a text as an import would, show its tree, its problems and the guesses, and keep nothing',
	operands: [{ name: 'FILE', summary: 'a file in any form that `library import` takes' }],
	options: {
		profile: PROFILE,
		format: {
			value: 'FORMAT',
			choices: ['text', 'json'],
			default: 'text',
			summary: 'text for the screen, json for programs',
		},
	},
	examples: [{ command: 'library check LL-2014-058.rtf', what: 'the tree on the screen' }],
	run: runCheck,
};

async function runImport(args: Args, io: Io): Promise<void> {
	const naming = namingOf(args);
	const all = saidOnTheLine(args);
	const path = args.text('manifest');
	const manifest = path === undefined ? null : await manifestAt(path, naming);
	const world = await io.world();
	// A database that no server was started on has no places yet.
	await world.db.as(SYSTEM, (tx) => furnish(world, tx));
	const bar = io.progress('Reading texts');
	const tally = { added: 0, known: 0, read_again: 0, refused: 0, provisions: 0, odd: 0, hidden: 0, besides: 0 };
	let first: string | null = null;
	const told = (outcome: Outcome): void => {
		tally[outcome.outcome]++;
		bar.at(tally.added + tally.known + tally.read_again + tally.refused, 0, outcome.name);
		if (outcome.outcome === 'refused') {
			if (tally.refused <= MOST_TOLD) io.say(`Not read: ${plain(outcome.name)}. ${plain(outcome.detail)}`);
			return;
		}
		first ??= outcome.address;
		tally.provisions += outcome.provisions;
		if (outcome.problems.length > 0) tally.odd++;
		if (!outcome.inside) return;
		const { authors, comments, hidden, revisions } = outcome.inside;
		if (hidden.length > 0) tally.hidden++;
		if (comments.length + revisions + authors.length > 0) tally.besides++;
	};
	const manner = { by: args.text('by') ?? 'operator', again: args.has('again'), told, signal: io.signal };
	const saying = { all, manifest, naming, describe: describing(world) };
	await importPolicies(offers(args.operands, saying), manner, world).finally(() => bar.end());
	const kept = tally.added + tally.known + tally.read_again;
	if (kept + tally.refused === 0)
		throw new Invalid('There is no file in what you named. Name files, or a folder or archive that holds some.');
	if (tally.refused > MOST_TOLD) io.say(`Not read either: ${tally.refused - MOST_TOLD} more.`);
	await io.write(
		`${counted(tally.added, 'version')} added, ${tally.read_again} read again, ${tally.known} known already, ${tally.refused} refused; ${counted(tally.provisions, 'provision')}.\n`,
	);
	if (tally.odd > 0)
		await io.write(`${counted(tally.odd, 'text')} had a problem: \`citycompact library show ADDRESS\` tells each.\n`);
	if (tally.hidden > 0)
		await io.write(
			`HIDDEN TEXT in ${counted(tally.hidden, 'file')}: words that no reader sees. Nothing of it is published; look at it with \`citycompact library inside VERSION\`.\n`,
		);
	if (tally.besides > 0)
		await io.write(
			`Names, comments or tracked changes inside ${counted(tally.besides, 'file')}; the files stay private.\n`,
		);
	if (first !== null) await io.write(`${kept === 1 ? 'It is' : 'The first is'} at ${first}\n`);
	if (kept === 0) throw new Invalid('None of the files could be imported. The reasons stand above.');
}

async function manifestAt(path: string, naming: Naming): Promise<readonly Said[]> {
	const size = await stat(path).then(
		(found) => found.size,
		() => null,
	);
	if (size === null) throw new NotFound(`There is no file ${path}. Check the name of the manifest.`);
	if (size > MOST_MANIFEST) throw new Invalid(`${path} is larger than 100 MB. Divide the manifest.`);
	const rows = readManifest(await readFile(path, 'utf8'), naming);
	if ('wrong' in rows) throw new Invalid(rows.wrong);
	return rows;
}

function namingOf(args: Args): Naming {
	const naming: Partial<Record<SaidName, string>> = {};
	for (const text of args.all('field')) {
		const [, name = '', column = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
		const known = SAID.find((one) => one === name);
		if (!known) throw new Usage(`--field takes NAME=COLUMN, and NAME is one of: ${SAID.join(', ')}.`);
		naming[known] = column;
	}
	return naming;
}

function saidOnTheLine(args: Args): Said {
	const said: Partial<Record<SaidName, string>> = {};
	for (const name of SAID) {
		const value = name === 'file' || name === 'text' ? undefined : args.text(name.replaceAll('_', '-'));
		if (value !== undefined) said[name] = value;
	}
	for (const text of args.all('fact')) {
		const [kind, day] = text.split('=');
		const known = FACT_KINDS.find((one) => one === kind);
		if (!known || !day) throw new Usage(`--fact takes KIND=DAY, and KIND is one of: ${FACT_KINDS.join(', ')}.`);
		said[known] = day;
	}
	return said;
}

async function runCheck(args: Args, io: Io): Promise<void> {
	const path = args.operands[0] ?? '';
	const bytes = await bytesOf(path);
	if (bytes === null) throw new NotFound(`There is no file ${path}.`);
	const profile = PROFILE_NAMES.find((one) => one === args.text('profile')) ?? null;
	const found = await check(bytes, basename(path), profile);
	if ('refused' in found) throw new Invalid(found.detail);
	if (args.text('format') === 'json') {
		const { inside, blocks: _blocks, ...rest } = found;
		await io.write(`${JSON.stringify({ ...rest, inside }, null, '\t')}\n`);
		return;
	}
	const { reading } = found;
	const lines = [
		`${plain(found.title)}`,
		`Read as ${found.format}, language ${found.language}, marks of additions and deletions: ${reading.profile ?? 'none'}.`,
		...reading.why.map((why) => `  ${plain(why)}`),
		'',
		...outline(reading.provisions, io.width ?? WIDEST_LINE),
		'',
		`${counted(reading.provisions.length, 'provision')}, ${counted(reading.amendments.length, 'amendment')} of other texts, ${counted(reading.problems.length, 'problem')}.`,
		...reading.amendments.map(({ by, action, target }) => `  ${by} ${action}: ${plain(target)}`),
		'',
		'Inside the file, beside its words:',
		...insideLines(found.inside).map((line) => `  ${line}`),
		'',
		...reading.problems.map(
			({ code, block, detail }) => `  ${code}${block === null ? '' : ` (block ${block})`}: ${plain(detail)}`,
		),
	];
	await io.write(`${lines.join('\n')}\n`);
}

/** What a file holds; null where there is none. */
export async function bytesOf(path: string): Promise<Uint8Array | null> {
	return readFile(path).catch((cause: NodeJS.ErrnoException) => {
		if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return null;
		if (cause.code === 'EISDIR') throw new Invalid(`${path} is a folder. Name one file.`);
		throw cause;
	});
}

/** What a file holds beside its words, hidden ones as they are: for whoever may have the file. */
export function insideLines({ authors, comments, hidden, revisions }: Checked['inside']): string[] {
	return [
		`Authors: ${authors.map(plain).join(', ') || 'none named'}`,
		`Comments: ${comments.length}`,
		...comments.map((one) => `  ${plain(one.author ?? 'nobody named')}: ${plain(one.text)}`),
		`Hidden text: ${hidden.length}`,
		...hidden.map((one) => `  ${plain(one)}`),
		`Revisions: ${revisions}`,
	];
}

/** The tree as lines: the eId, the number as printed, and the beginning of the words. */
export function outline(provisions: readonly Provision[], width: number): string[] {
	const depths: number[] = [];
	return provisions.map(({ parent, eId, state, number, heading, text }) => {
		const depth = parent === null ? 0 : (depths[parent] ?? 0) + 1;
		depths.push(depth);
		const mark = { same: ' ', added: '+', changed: '~', removed: '-' }[state];
		const line = `${mark} ${'  '.repeat(depth)}${[number, heading, text].filter(Boolean).join(' ')}`;
		const room = Math.max(20, width - eId.length - 2);
		const letters = [...plain(line)];
		return `${letters.length > room ? `${letters.slice(0, room - 1).join('')}…` : letters.join('')}  ${eId}`;
	});
}

/** Words of strangers must not steer the reader's terminal. */
export function plain(text: string): string {
	return harmless(text).trimEnd();
}

/** The same with the space at its end. */
export function harmless(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}
