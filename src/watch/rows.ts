import { addressIn, unwrap, unwrapWithin } from './address.ts';
import { areaOf, type Cell, type Grid, type GridRow } from './grid.ts';
import { COLUMNS, type Column, columnOf, type Header, REQUIRED } from './header.ts';
import type { Link, ListKind, Row } from './list.ts';
import { modelOf } from './model.ts';
import type { Problem, ProblemCode } from './problem.ts';
import { Refused } from './refusal.ts';
import { readSigned, serialDay } from './signed.ts';
import { excerpt } from './text.ts';

/** What the rows need to know of their list. Problems are added to `problems`. */
export interface Frame {
	readonly kind: ListKind;
	readonly modified: string;
	readonly from1904: boolean;
	readonly targets: ReadonlyMap<string, string>;
	readonly problems: Problem[];
}

/** Names become keys of the ledger; the longest seen has 90 characters. */
const MAX_NAME_LENGTH = 500;
const NAMED: readonly Column[] = ['STATE', 'LAW ENFORCEMENT AGENCY', 'TYPE', 'COUNTY', 'SUPPORT TYPE'];
/** Ways of writing that there is no county. */
const NO_COUNTY = /^(#?n\/?a!?|none|-+|tbd)$/i;
const MISSING: Readonly<Partial<Record<Column, ProblemCode>>> = {
	STATE: 'state_missing',
	'LAW ENFORCEMENT AGENCY': 'agency_missing',
	'SUPPORT TYPE': 'support_missing',
};
/** Packs row and column into one number: no sheet has more columns. */
const COLUMNS_AT_MOST = 16_384;
/** A list has 600 links; one anchor over whole columns is allowed, a million of them are not. */
const MAX_LINKED_CELLS = 2_000_000;

/** The rows below the header. Blank rows, repeated headers, notes and rows without state or agency are left out, all but the blank with a problem. */
export function readRows(grid: Grid, header: Header, frame: Frame): Row[] {
	const links = linksByCell(grid, header, frame);
	const errors = new Map<string, { text: string; count: number }>();
	const rows: Row[] = [];
	let unwrapped = 0;

	function link(column: 'MOA' | 'ADDENDUM', row: GridRow): Link | null {
		const at = header.at[column];
		if (at === undefined) return null;
		const cell = row.cells[at];
		if (cell === undefined || cell.error) return null;
		const text = unwrapWithin(cell.text);
		const target = links.get(row.number * COLUMNS_AT_MOST + at) ?? cell.formulaLink ?? addressIn(cell.text);
		if (!target) return { text, href: null };
		const address = unwrap(target);
		if (address.href === null) problem(frame, address.why, row, column, address.detail);
		else if (address.wrapped) unwrapped++;
		return { text, href: address.href };
	}

	for (const row of grid.rows.slice(header.next)) {
		const texts = textsOf(row, header, errors);
		if (texts === null || !standsAsRow(row, texts, frame)) continue;
		const support = texts['SUPPORT TYPE'];
		const model = support === undefined ? null : modelOf(support);
		if (support !== undefined && model === null) problem(frame, 'support_unknown', row, 'SUPPORT TYPE', support);
		const moa = link('MOA', row);
		const addendum = link('ADDENDUM', row);
		rows.push({
			row: row.number,
			state: texts.STATE as string,
			agency: texts['LAW ENFORCEMENT AGENCY'] as string,
			type: texts.TYPE ?? null,
			county: texts.COUNTY === undefined || NO_COUNTY.test(texts.COUNTY) ? null : texts.COUNTY,
			model,
			signed: frame.kind === 'participating' ? signed(row, header, frame) : null,
			moa,
			addendum,
			cells: evidence(row, header, frame, { MOA: moa, ADDENDUM: addendum }),
		});
	}
	for (const [column, { text, count }] of errors) {
		const detail = `${count} cells hold ${excerpt(text)} or another error`;
		frame.problems.push({ code: 'error_cells', row: null, column, detail });
	}
	if (unwrapped > 0) {
		const detail = `${unwrapped} links were mail wrappers; the address inside is kept`;
		frame.problems.push({ code: 'links_unwrapped', row: null, column: null, detail });
	}
	return rows;
}

/** Texts of the columns we know, error cells left out; null for a row that holds nothing else. */
function textsOf({ cells }: GridRow, { at, names }: Header, errors: Map<string, { text: string; count: number }>) {
	const failed = cells.flatMap((cell, column) => (cell?.error ? [{ column, text: cell.text }] : []));
	if (failed.length === cells.filter(Boolean).length) return null;
	for (const { column, text } of failed) {
		const name = names[column] ?? letter(column);
		const seen = errors.get(name);
		if (seen) seen.count++;
		else errors.set(name, { text, count: 1 });
	}
	const texts: Partial<Record<Column, string>> = {};
	for (const column of COLUMNS) {
		const position = at[column];
		const cell = position === undefined ? undefined : cells[position];
		if (cell && !cell.error) texts[column] = unwrapWithin(cell.text);
	}
	return texts;
}

/** Whether a filled row is a row of the list; where it is not, its problem says why. A row without its support type is one, without a model. */
function standsAsRow(row: GridRow, texts: Partial<Record<Column, string>>, frame: Frame): boolean {
	const present = REQUIRED.filter((column) => texts[column] !== undefined);
	if (present.length === REQUIRED.length && present.every((column) => columnOf(texts[column] as string) === column)) {
		problem(frame, 'header_repeated', row, null, '');
		return false;
	}
	if (present.length < 2) {
		problem(frame, 'row_stray', row, null, unwrapWithin(row.cells.find(Boolean)?.text ?? ''));
		return false;
	}
	const long = NAMED.find((column) => (texts[column]?.length ?? 0) > MAX_NAME_LENGTH);
	if (long) {
		problem(frame, 'cell_too_long', row, long, `${texts[long]?.length} characters`);
		return false;
	}
	const missing = REQUIRED.find((column) => texts[column] === undefined);
	if (!missing) return true;
	const shown = texts['LAW ENFORCEMENT AGENCY'] ?? texts.STATE ?? '';
	problem(frame, MISSING[missing] as ProblemCode, row, missing, shown);
	return missing === 'SUPPORT TYPE';
}

function signed(row: GridRow, header: Header, frame: Frame): Row['signed'] {
	const cell = row.cells[header.at.SIGNED as number];
	if (cell === undefined || cell.error) {
		problem(frame, 'signed_missing', row, 'SIGNED', '');
		return null;
	}
	const read = readSigned(cell, frame.from1904, frame.modified);
	if (read.day === null) problem(frame, read.why, row, 'SIGNED', read.shown);
	else if (read.fromText) problem(frame, 'signed_text', row, 'SIGNED', `${cell.text} read as ${read.day}`);
	return read.day;
}

/** Every filled cell by its header, as a person reads it: days as days, links with the address they lead to. */
function evidence({ cells }: GridRow, header: Header, frame: Frame, links: Record<'MOA' | 'ADDENDUM', Link | null>) {
	const shown: Record<string, string> = {};
	cells.forEach((cell, column) => {
		if (!cell) return;
		const name = header.names[column] ?? letter(column);
		if (name === 'MOA' || name === 'ADDENDUM') shown[name] = linkText(links[name], cell);
		else if (name === 'SIGNED' && cell.number !== null)
			shown[name] = serialDay(cell.number, frame.from1904) ?? cell.text;
		else shown[name] = unwrapWithin(cell.text);
	});
	return shown;
}

function linkText(link: Link | null, cell: Cell): string {
	if (!link?.href) return link?.text ?? cell.text;
	return link.text === 'link' || addressIn(link.text) === link.href ? link.href : `${link.text} ${link.href}`;
}

/** Hyperlink targets by row and column, only where a link is read. An anchor over many cells counts for each filled one. */
function linksByCell(grid: Grid, header: Header, { targets }: Frame): Map<number, string> {
	const links = new Map<number, string>();
	const columns = [header.at.MOA, header.at.ADDENDUM].filter((at) => at !== undefined);
	let covered = 0;
	const last = grid.rows.at(-1)?.number ?? 0;
	for (const { ref, relation } of grid.anchors) {
		const target = targets.get(relation);
		const area = target === undefined ? null : areaOf(ref);
		if (!target || !area) continue;
		for (const column of columns) {
			if (column < area.left || column > area.right) continue;
			const bottom = Math.min(area.bottom, last);
			covered += Math.max(0, bottom - area.top);
			if (covered > MAX_LINKED_CELLS)
				throw new Refused('too_large', 'The sheet has more hyperlinks than any list could.');
			for (let row = area.top; row <= bottom; row++) links.set(row * COLUMNS_AT_MOST + column, target);
		}
	}
	return links;
}

function letter(column: number): string {
	const first = Math.floor(column / 26);
	return `column ${first > 0 ? String.fromCharCode(64 + first) : ''}${String.fromCharCode(65 + (column % 26))}`;
}

function problem(frame: Frame, code: ProblemCode, row: GridRow, column: Column | null, detail: string): void {
	frame.problems.push({ code, row: row.number, column, detail: excerpt(detail) });
}
