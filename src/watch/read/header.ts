import { unwrapWithin } from './address.ts';
import type { Grid } from './grid.ts';
import { foldName } from './text.ts';

/** The columns that have a meaning, by the header that the lists print. */
const COLUMNS = [
	'STATE',
	'LAW ENFORCEMENT AGENCY',
	'TYPE',
	'COUNTY',
	'SUPPORT TYPE',
	'SIGNED',
	'MOA',
	'ADDENDUM',
] as const;
export type Column = (typeof COLUMNS)[number];

/** Without these a row cannot be understood. */
export const REQUIRED: readonly Column[] = ['STATE', 'LAW ENFORCEMENT AGENCY', 'SUPPORT TYPE'];

/** Other words for the same columns, folded. Columns have changed before and will again. */
const SYNONYMS: Readonly<Record<Column, readonly string[]>> = {
	STATE: ['stateterritory', 'stateorterritory', 'states', 'statename'],
	'LAW ENFORCEMENT AGENCY': [
		'agency',
		'agencyname',
		'lea',
		'leaname',
		'lawenforcementagencies',
		'lawenforcementagencyname',
		'lawenforcementagencylea',
	],
	TYPE: ['agencytype', 'typeofagency', 'leatype', 'jurisdictiontype'],
	COUNTY: ['counties', 'countyname', 'countyparish', 'countyorparish'],
	'SUPPORT TYPE': [
		'supporttypes',
		'typeofsupport',
		'model',
		'supportmodel',
		'287gmodel',
		'287gsupporttype',
		'programmodel',
		'modeltype',
	],
	SIGNED: ['datesigned', 'signeddate', 'dateofsignature', 'signaturedate', 'moasigned', 'moasigneddate', 'signedon'],
	MOA: ['moalink', 'moalinks', 'linktomoa', 'memorandumofagreement', 'memorandumofagreementmoa', 'moas'],
	ADDENDUM: ['addenda', 'addendums', 'addendumlink', 'moaaddendum', 'linktoaddendum'],
};

const BY_NAME: ReadonlyMap<string, Column> = new Map(
	COLUMNS.flatMap((column) => [foldName(column), ...SYNONYMS[column]].map((name) => [name, column] as const)),
);

/** How many filled rows of titles and notes may stand above the header. */
const MAX_TITLE_ROWS = 20;

/** A header longer than this is a note; its beginning names the column well enough. */
const MAX_HEADER_LENGTH = 80;

/** Which column holds what, and what every column is called in evidence. */
export interface Header {
	/** Row number as the spreadsheet shows it. */
	readonly row: number;
	/** Position in `grid.rows` of the first row below. */
	readonly next: number;
	readonly at: Readonly<Partial<Record<Column, number>>>;
	/** By column counted from 0: the list's own header for columns we know, as printed for others. */
	readonly names: readonly string[];
	/** Printed headers that name a column a second time; the first one counts. */
	readonly repeated: readonly string[];
	/** Required columns that are not there. */
	readonly missing: readonly Column[];
}

/** The column that a header names; null for one we do not know. */
export function columnOf(header: string): Column | null {
	return BY_NAME.get(foldName(header)) ?? null;
}

/** The first row that names all required columns; failing that, the one that names most of them; null where none names any. */
export function findHeader(grid: Grid): Header | null {
	let best: Header | null = null;
	for (let index = 0; index < Math.min(grid.rows.length, MAX_TITLE_ROWS + 1); index++) {
		const header = headerAt(grid, index);
		if (header.missing.length === 0) return header;
		if (header.missing.length < (best?.missing.length ?? REQUIRED.length)) best = header;
	}
	return best;
}

function headerAt(grid: Grid, index: number): Header {
	const { number, cells } = grid.rows[index] as Grid['rows'][number];
	const at: Partial<Record<Column, number>> = {};
	const names: string[] = [];
	const repeated: string[] = [];
	const taken = new Set<string>(COLUMNS);
	for (let column = 0; column < cells.length; column++) {
		const cell = cells[column];
		if (cell === undefined) continue;
		const printed = unwrapWithin(cell.text).slice(0, MAX_HEADER_LENGTH).toWellFormed();
		const known = columnOf(printed);
		if (known && at[known] === undefined) {
			at[known] = column;
			names[column] = known;
			continue;
		}
		if (known) repeated.push(printed);
		names[column] = distinct(printed, taken);
	}
	return { row: number, next: index + 1, at, names, repeated, missing: REQUIRED.filter((c) => at[c] === undefined) };
}

function distinct(name: string, taken: Set<string>): string {
	let free = name;
	for (let n = 2; taken.has(free); n++) free = `${name} (${n})`;
	taken.add(free);
	return free;
}
