import type { Link, ListKind, Row } from '../list.ts';
import { type Model, modelOf } from '../model.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import { addressIn, unwrap } from './address.ts';
import { areaOf, type Cell, type Grid, type GridRow } from './grid.ts';
import { type Column, columnOf, type Header } from './header.ts';
import { Refused } from './refusal.ts';
import { type Calendar, readSigned } from './signed.ts';
import { excerpt } from './text.ts';

/** What the rows need to know of their list. Problems are added to `problems`. */
export interface Frame {
	readonly kind: ListKind;
	readonly calendar: Calendar;
	/** Targets of the sheet's hyperlinks by relation id. */
	readonly targets: ReadonlyMap<string, string>;
	readonly problems: Problem[];
}

/** Names become keys of the ledger; the longest seen has 90 characters. */
const MAX_NAME_LENGTH = 500;
/** Ways of writing that there is no county. */
const NO_COUNTY = /^(#?n\/?a!?|none|-+|tbd)$/i;
/** Columns that may come and hold days. */
const DATE_HEADER = /\b(date|dated|day|signed|effective|expir\w*|terminat\w*|renew\w*|ended|updated|since|until)\b/i;
/** Serial numbers of 1995 to 2100 in the 1900 date system. */
const RECENT_SERIALS = { from: 34_700, to: 73_000 };
/** Packs row and column into one number: no sheet has more columns. */
const COLUMNS_AT_MOST = 16_384;
/** A list has 600 links; one anchor over whole columns is allowed, a million of them are not. */
const MAX_LINKED_CELLS = 2_000_000;

/** What is counted over the whole list rather than told row by row. */
interface Tally {
	unwrapped: number;
	readonly errors: Map<string, { readonly text: string; count: number }>;
	readonly models: Map<string, Model | null>;
	readonly links: ReadonlyMap<number, string>;
}

/**
 * The rows below the header. Blank rows are passed over; repeated headers, notes and rows without state or agency are
 * left out with a problem; a row whose support type is missing or unknown stays, without a model.
 */
export function readRows(grid: Grid, header: Header, frame: Frame): Row[] {
	const tally: Tally = { unwrapped: 0, errors: new Map(), models: new Map(), links: linksByCell(grid, header, frame) };
	const rows: Row[] = [];
	for (let at = header.next; at < grid.rows.length; at++) {
		const gridRow = grid.rows[at] as GridRow;
		if (isBlank(gridRow)) continue;
		countErrors(gridRow, header, tally);
		const row = readRow(gridRow, header, tally, frame);
		if (row) rows.push(row);
	}
	for (const [column, { text, count }] of tally.errors) {
		note(frame, 'error_cells', null, column, `${count} with ${excerpt(text)} or another error`);
	}
	if (tally.unwrapped > 0) {
		note(frame, 'links_unwrapped', null, null, `${tally.unwrapped} links; the address inside is kept`);
	}
	return rows;
}

function readRow(row: GridRow, header: Header, tally: Tally, frame: Frame): Row | null {
	const { at } = header;
	const state = textAt(row, at.STATE);
	const agency = textAt(row, at['LAW ENFORCEMENT AGENCY']);
	const type = textAt(row, at.TYPE);
	const county = textAt(row, at.COUNTY);
	const support = textAt(row, at['SUPPORT TYPE']);
	const flaw = flawOf(row, { state, agency, type, county, support });
	if (flaw) note(frame, flaw.code, row, flaw.column, flaw.detail);
	if (state === null || agency === null || (flaw && flaw.code !== 'support_missing')) return null;
	const model = support === null ? null : modelFor(support, tally.models);
	if (support !== null && model === null) note(frame, 'support_unknown', row, 'SUPPORT TYPE', support);
	const moa = linkAt(row, 'MOA', header, tally, frame);
	const addendum = linkAt(row, 'ADDENDUM', header, tally, frame);
	return {
		row: row.number,
		state,
		agency,
		type,
		county: county === null || NO_COUNTY.test(county) ? null : county,
		model,
		signed: frame.kind === 'participating' ? signedAt(row, header, frame) : null,
		moa,
		addendum,
		cells: evidence(row, header, frame, moa, addendum),
	};
}

interface Flaw {
	readonly code: ProblemCode;
	readonly column: Column | null;
	readonly detail: string;
}

/** Why a filled row is no full row of the list; null for one that is. */
function flawOf(
	row: GridRow,
	texts: Readonly<Record<'state' | 'agency' | 'type' | 'county' | 'support', string | null>>,
): Flaw | null {
	const { state, agency, type, county, support } = texts;
	const present = Number(state !== null) + Number(agency !== null) + Number(support !== null);
	if (present < 2) return { code: 'row_stray', column: null, detail: row.cells.find(Boolean)?.text ?? '' };
	if (
		state !== null &&
		agency !== null &&
		columnOf(state) === 'STATE' &&
		columnOf(agency) === 'LAW ENFORCEMENT AGENCY'
	) {
		return { code: 'header_repeated', column: null, detail: '' };
	}
	if (state === null) return { code: 'state_missing', column: 'STATE', detail: agency ?? '' };
	if (agency === null) return { code: 'agency_missing', column: 'LAW ENFORCEMENT AGENCY', detail: state };
	const longest = Math.max(...[state, agency, type, county, support].map((text) => text?.length ?? 0));
	if (longest > MAX_NAME_LENGTH) return { code: 'cell_too_long', column: null, detail: `${longest} characters` };
	return support === null ? { code: 'support_missing', column: 'SUPPORT TYPE', detail: agency } : null;
}

function modelFor(support: string, known: Map<string, Model | null>): Model | null {
	let model = known.get(support);
	if (model === undefined) {
		model = modelOf(support);
		known.set(support, model);
	}
	return model;
}

function linkAt(row: GridRow, column: 'MOA' | 'ADDENDUM', header: Header, tally: Tally, frame: Frame): Link | null {
	const at = header.at[column];
	const cell = at === undefined ? undefined : row.cells[at];
	if (at === undefined || cell === undefined || cell.error) return null;
	const target = tally.links.get(row.number * COLUMNS_AT_MOST + at) ?? cell.formulaLink ?? addressIn(cell.text);
	if (!target) return { text: cell.text, href: null };
	const address = unwrap(target);
	if (address.href === null) note(frame, address.why, row, column, address.detail);
	else if (address.wrapped) tally.unwrapped++;
	return { text: cell.text, href: address.href };
}

function signedAt(row: GridRow, header: Header, frame: Frame): Row['signed'] {
	const cell = row.cells[header.at.SIGNED as number];
	if (cell === undefined || cell.error) {
		note(frame, 'signed_missing', row, 'SIGNED', '');
		return null;
	}
	const read = readSigned(cell, frame.calendar);
	if (read.day === null) note(frame, read.why, row, 'SIGNED', read.shown);
	else if (read.fromText) note(frame, 'signed_text', row, 'SIGNED', `${cell.text} read as ${read.day}`);
	return read.day;
}

/** Every filled cell by its header, as a person reads it: days as days, links with the address they lead to. */
function evidence({ cells }: GridRow, header: Header, frame: Frame, moa: Link | null, addendum: Link | null) {
	const shown: Record<string, string> = {};
	for (let column = 0; column < cells.length; column++) {
		const cell = cells[column];
		if (!cell) continue;
		const name = header.names[column] ?? letter(column);
		if (column === header.at.MOA) shown[name] = linkText(moa, cell);
		else if (column === header.at.ADDENDUM) shown[name] = linkText(addendum, cell);
		else if (cell.number !== null && isDate(cell.number, column, header)) {
			shown[name] = frame.calendar.dayOf(cell.number) ?? cell.text;
		} else shown[name] = cell.text;
	}
	return shown;
}

/** Numbers under SIGNED are days; under a header of a stranger's they are where it says so and the number can be one. */
function isDate(number: number, column: number, { at, names }: Header): boolean {
	if (column === at.SIGNED) return true;
	return DATE_HEADER.test(names[column] ?? '') && number >= RECENT_SERIALS.from && number < RECENT_SERIALS.to;
}

/** The word "link" says nothing once its address stands there; other words do. */
function linkText(link: Link | null, cell: Cell): string {
	if (!link?.href) return cell.text;
	return link.text === 'link' || addressIn(link.text) !== null ? link.href : `${link.text} ${link.href}`;
}

/** Hyperlink targets by row and column, only where a link is read. An anchor over many cells counts for each filled one. */
function linksByCell(grid: Grid, header: Header, { targets }: Frame): Map<number, string> {
	const links = new Map<number, string>();
	const columns = [header.at.MOA, header.at.ADDENDUM].filter((at) => at !== undefined);
	const last = grid.rows.at(-1)?.number ?? 0;
	let covered = 0;
	for (const { ref, relation } of grid.anchors) {
		const target = targets.get(relation);
		const area = target === undefined ? null : areaOf(ref);
		if (!target || !area) continue;
		for (const column of columns) {
			if (column < area.left || column > area.right) continue;
			const bottom = Math.min(area.bottom, last);
			covered += Math.max(0, bottom - area.top);
			if (covered > MAX_LINKED_CELLS) throw new Refused('too_large', 'The sheet has more links than any list could.');
			for (let row = area.top; row <= bottom; row++) links.set(row * COLUMNS_AT_MOST + column, target);
		}
	}
	return links;
}

/** Styled rows are empty, and formulas that were dragged too far hold errors only. */
function isBlank({ cells }: GridRow): boolean {
	return cells.every((cell) => cell === undefined || cell.error);
}

function countErrors({ cells }: GridRow, header: Header, { errors }: Tally): void {
	for (let column = 0; column < cells.length; column++) {
		const cell = cells[column];
		if (!cell?.error) continue;
		const name = header.names[column] ?? letter(column);
		const seen = errors.get(name);
		if (seen) seen.count++;
		else errors.set(name, { text: cell.text, count: 1 });
	}
}

function textAt({ cells }: GridRow, at: number | undefined): string | null {
	const cell = at === undefined ? undefined : cells[at];
	return cell && !cell.error ? cell.text : null;
}

function letter(column: number): string {
	const first = Math.floor(column / 26);
	return `column ${first > 0 ? String.fromCharCode(64 + first) : ''}${String.fromCharCode(65 + (column % 26))}`;
}

function note(frame: Frame, code: ProblemCode, row: GridRow | null, column: string | null, detail: string): void {
	frame.problems.push({ code, row: row?.number ?? null, column, detail: excerpt(detail) });
}
