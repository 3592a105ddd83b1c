import { readCsv } from '#kernel/csv-rows.ts';
import { type Day, parseDay } from '#kernel/day.ts';
import { FACT_KINDS, type FactKind } from './policy.ts';

/** What may be said of a file: the options of the command line, the columns of a manifest, the fields of a record. */
export const SAID = [
	'file',
	'text',
	'place',
	'date',
	'instrument',
	'number',
	'title',
	'as',
	'language',
	'profile',
	'source_address',
	'retrieved',
	'cites',
	...FACT_KINDS,
] as const;
export type SaidName = (typeof SAID)[number];
export type Said = Readonly<Partial<Record<SaidName, string>>>;

/** Which column or field says what, where its name is another: `{ number: 'id', date: 'intro' }`. */
export type Naming = Readonly<Partial<Record<SaidName, string>>>;

/** A manifest of an archive of a hundred years has 20,000 lines. */
const MOST_ROWS = 100_000;
/** Some exports write the year 1 where they know no day; no policy of a city is older than this. */
const EARLIEST = '1600-01-01';

/** Rows of a manifest, CSV with a line of headings or JSON (an array of objects); `wrong` is a sentence about what to do. */
export function readManifest(text: string, naming: Naming): readonly Said[] | { readonly wrong: string } {
	const plain = text.replace(/^\u{feff}/u, '');
	const records = /^\s*[[{]/.test(plain) ? jsonRecords(plain) : csvRecords(plain);
	if ('wrong' in records) return records;
	if (records.length > MOST_ROWS) return { wrong: `The manifest has more than ${MOST_ROWS} rows. Divide it.` };
	const rows = records.map((record) => saidOf(record, naming));
	if (rows.every(({ file }) => file === undefined))
		return {
			wrong: 'The manifest names no file: it needs a column `file`, or say which one it is: --field file=NAME.',
		};
	return rows;
}

/** What a record says, under our names. Fields of other names say nothing; empty ones neither. */
export function saidOf(record: object, naming: Naming): Said {
	const said: Partial<Record<SaidName, string>> = {};
	const given = new Map(Object.entries(record).map(([name, value]) => [folded(name), value as unknown]));
	for (const name of SAID) {
		const value = given.get(folded(naming[name] ?? name));
		if (typeof value !== 'string' && typeof value !== 'number') continue;
		const text = String(value);
		if (text.trim() !== '') said[name] = name === 'text' ? text : text.trim();
	}
	return said;
}

/** What became of a policy, as it was said; `wrong` names the first day that is none. */
export function saidFacts(said: Said): readonly { kind: FactKind; day: Day }[] | { readonly wrong: string } {
	const facts: { kind: FactKind; day: Day }[] = [];
	for (const kind of FACT_KINDS) {
		const text = said[kind];
		if (text === undefined) continue;
		const day = parseDay(text.slice(0, 10));
		if (!day) return { wrong: `${text} (${kind}) is no day. Write it as YYYY-MM-DD.` };
		if (day >= EARLIEST) facts.push({ kind, day });
	}
	return facts;
}

/** Headings are taken in any case, with spaces, hyphens or underscores. */
function folded(name: string): string {
	return name
		.trim()
		.toLowerCase()
		.replace(/[\s-]+/g, '_');
}

function jsonRecords(text: string): readonly object[] | { readonly wrong: string } {
	try {
		const value: unknown = JSON.parse(text);
		const list = Array.isArray(value) ? value : [value];
		if (list.every((one) => typeof one === 'object' && one !== null)) return list as object[];
	} catch {
		return { wrong: 'The manifest is no JSON that can be read. Write an array of objects, or a CSV file.' };
	}
	return { wrong: 'The manifest is JSON, but no array of objects, one for each file.' };
}

function csvRecords(text: string): readonly object[] | { readonly wrong: string } {
	const rows = readCsv(text, MOST_ROWS + 2);
	if (!rows) return { wrong: 'A quotation mark in the manifest is never closed. Save it as CSV again.' };
	const [head, ...lines] = rows;
	if (!head) return { wrong: 'The manifest is empty.' };
	return lines.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i] ?? ''])));
}
