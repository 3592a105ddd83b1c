import { attribute, type Listener, scan } from '#kernel/xml.ts';
import { unwrapWithin } from './address.ts';
import { Refused } from './refusal.ts';
import { foldSpace } from './text.ts';

/** A filled cell as a person sees it, before any meaning. */
export interface Cell {
	readonly text: string;
	/** The value of a number cell: dates are such numbers. */
	readonly number: number | null;
	readonly error: boolean;
	/** Target of a HYPERLINK() formula. */
	readonly formulaLink: string | null;
}

/** Filled cells of a row by column, counted from 0. A row without filled cells is not kept. */
export interface GridRow {
	readonly number: number;
	readonly cells: readonly (Cell | undefined)[];
}

/** A hyperlink of the sheet: the cells it covers and the relation that knows the target. */
export interface Anchor {
	readonly ref: string;
	readonly relation: string;
}

export interface Grid {
	readonly rows: readonly GridRow[];
	readonly anchors: readonly Anchor[];
}

/** A list has 800 rows; all 18,000 police agencies of the country with three models each would be 54,000. */
const MAX_ROWS = 60_000;
/** A list has 8 columns. */
const MAX_COLUMNS = 100;
/** That many rows of 8. */
const MAX_CELLS = 480_000;
/** No spreadsheet program lets a cell hold more. */
const MAX_CELL_LENGTH = 32_767;
/** The last row and column that the format has. */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;

/**
 * Reads the XML of one sheet. Hidden rows are rows like others. Cells and rows without a reference stand after the one
 * before. Throws Refused where the XML is damaged or the sheet is larger than any list could be.
 */
export function readGrid(xml: string, part: string, strings: readonly (Cell | null)[]): Grid {
	const rows: GridRow[] = [];
	const anchors: Anchor[] = [];
	let row = 0;
	let column = 0;
	let filled = 0;
	let cells: (Cell | undefined)[] = [];
	let type: string | null = null;
	let value = '';
	let inline = '';
	let formula = '';
	let into: 'value' | 'inline' | 'formula' | null = null;
	let phonetic = false;
	let inCell = false;

	const listener: Listener = {
		open(name, attributes) {
			switch (name) {
				case 'c': {
					const ref = attribute(attributes, 'r');
					column = ref === null ? column + 1 : columnOf(ref, part);
					type = attribute(attributes, 't');
					value = '';
					inline = '';
					formula = '';
					inCell = true;
					break;
				}
				case 'v':
					if (inCell) into = 'value';
					break;
				case 'f':
					if (inCell) into = 'formula';
					break;
				case 't':
					if (inCell && !phonetic) into = 'inline';
					break;
				case 'rPh':
					phonetic = true;
					break;
				case 'row': {
					const ref = attribute(attributes, 'r');
					row = ref === null ? row + 1 : Number(ref);
					if (!Number.isInteger(row) || row < 1 || row > LAST_ROW) throw misplaced(part);
					column = 0;
					cells = [];
					break;
				}
				case 'hyperlink': {
					const ref = attribute(attributes, 'ref');
					const relation = attribute(attributes, 'id');
					if (ref !== null && relation !== null) anchors.push({ ref, relation });
				}
			}
		},
		text(text) {
			if (into === 'value') value += text;
			else if (into === 'inline') inline += text;
			else if (into === 'formula') formula += text;
		},
		close(name) {
			switch (name) {
				case 'v':
				case 'f':
				case 't':
					into = null;
					break;
				case 'rPh':
					phonetic = false;
					break;
				case 'c': {
					inCell = false;
					const cell = cellOf(type, type === 'inlineStr' ? inline : value, formula, strings);
					if (cell === null) break;
					if (column > MAX_COLUMNS) throw tooLarge(`a filled cell in column ${column}; a list has 8`);
					if (++filled > MAX_CELLS) throw tooLarge(`more than ${MAX_CELLS} filled cells`);
					cells[column - 1] = cell;
					break;
				}
				case 'row':
					if (cells.length === 0) break;
					if (rows.push({ number: row, cells }) > MAX_ROWS) throw tooLarge(`more than ${MAX_ROWS} rows`);
					cells = [];
			}
		},
	};
	scan(xml, part, listener);
	return { rows, anchors };
}

/** The cells that an anchor's reference covers ("G2", "$G$2:G5"), columns counted from 0; null where it is no reference. */
export function areaOf(ref: string): { top: number; bottom: number; left: number; right: number } | null {
	const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/.exec(ref);
	if (!match) return null;
	const [, left = '', top = '', right = left, bottom = top] = match;
	return {
		top: Number(top),
		bottom: Number(bottom),
		left: lettersToColumn(left) - 1,
		right: lettersToColumn(right) - 1,
	};
}

/** A cell of text as the list means it: spreadsheet escapes undone, white space folded, mail wrappers taken off; null where nothing is left. */
export function textCell(raw: string): Cell | null {
	if (raw.length > MAX_CELL_LENGTH) throw tooLarge(`a cell of ${raw.length} characters`);
	const text = unwrapWithin(foldSpace(unescapeUnits(raw)));
	return text === '' ? null : { text, number: null, error: false, formulaLink: null };
}

function cellOf(type: string | null, raw: string, formula: string, strings: readonly (Cell | null)[]): Cell | null {
	if (raw === '') return null;
	const cell = plainCell(type, raw, strings);
	return cell === null || formula === '' ? cell : { ...cell, formulaLink: linkOfFormula(formula) };
}

function plainCell(type: string | null, raw: string, strings: readonly (Cell | null)[]): Cell | null {
	switch (type) {
		case 's': {
			const cell = strings[Number(raw)];
			if (cell !== undefined) return cell;
			throw new Refused('damaged', 'The workbook is damaged: a cell names a text that is not there.');
		}
		case 'b':
			return textCell(raw === '1' || raw === 'true' ? 'TRUE' : 'FALSE');
		case 'e':
			return { text: foldSpace(raw), number: null, error: true, formulaLink: null };
		case 'str':
		case 'inlineStr':
		case 'd':
			return textCell(raw);
		default: {
			const number = Number(raw);
			return Number.isFinite(number)
				? { text: String(number), number, error: false, formulaLink: null }
				: textCell(raw);
		}
	}
}

/** Spreadsheets write characters that XML does not allow as `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
function unescapeUnits(text: string): string {
	if (!text.includes('_x')) return text;
	return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function linkOfFormula(formula: string): string | null {
	const match = /^\s*(?:_xlfn\.)?HYPERLINK\s*\(\s*"((?:[^"]|"")*)"/i.exec(formula);
	return match ? (match[1] as string).replaceAll('""', '"') : null;
}

function columnOf(ref: string, part: string): number {
	let column = 0;
	let at = 0;
	for (; at < ref.length; at++) {
		const letter = ref.charCodeAt(at) - 64;
		if (letter < 1 || letter > 26) break;
		column = column * 26 + letter;
		if (column > LAST_COLUMN) throw misplaced(part);
	}
	if (column === 0) throw misplaced(part);
	return column;
}

function lettersToColumn(letters: string): number {
	let column = 0;
	for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
	return column;
}

function misplaced(part: string): Refused {
	return new Refused('damaged', `The workbook is damaged: ${part} has a cell outside of any sheet.`);
}

function tooLarge(what: string): Refused {
	return new Refused('too_large', `The sheet holds ${what}: it is not one of the lists.`);
}
