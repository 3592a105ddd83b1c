import { looksZipped } from '#kernel/zip.ts';
import type { List, ListKind } from '../list.ts';
import type { Problem } from '../problem.ts';
import { unwrapWithin } from './address.ts';
import { dateOfList } from './dated.ts';
import { findHeader, type Header, REQUIRED } from './header.ts';
import { type Refusal, Refused, refusalOf } from './refusal.ts';
import { readRows } from './rows.ts';
import { calendarOf } from './signed.ts';
import { excerpt, foldSpace } from './text.ts';
import { openWorkbook, type Workbook } from './workbook.ts';

/** Only the first tabs are looked at: a list has one. */
const MAX_SHEETS = 10;

/**
 * Reads one published list from the bytes of its .xlsx. Columns are found by header, hidden rows are read, and what is
 * odd about a row or the file becomes a problem with a documented code. Bytes that are not a list give a refusal with a
 * sentence; nothing is thrown.
 * @param sha256 of the bytes, hex: the list's identity
 */
export function readSheet(bytes: Uint8Array, sha256: string): List | Refusal {
	try {
		if (!looksZipped(bytes)) throw notAZip(bytes);
		return listOf(openWorkbook(bytes), sha256);
	} catch (cause) {
		const refusal = refusalOf(cause);
		if (refusal !== null) return refusal;
		const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
		return {
			refused: 'other',
			detail: `The reader itself failed on this file (${why.slice(0, 200)}): please report it with the file.`,
		};
	}
}

function listOf(workbook: Workbook, sha256: string): List {
	const problems: Problem[] = [];
	const { part, grid, header } = chooseSheet(workbook, problems);
	const kind = kindOf(header);
	const dated = dateOfList(workbook);
	if (dated.problem) problems.push(dated.problem);
	for (const column of header.repeated) {
		problems.push({ code: 'column_repeated', row: header.row, column, detail: 'the first one counts' });
	}
	const rows = readRows(grid, header, {
		kind,
		calendar: calendarOf(workbook.from1904, dated.modified),
		targets: kind === 'participating' && grid.anchors.length > 0 ? workbook.targets(part) : new Map(),
		problems,
	});
	if (rows.length === 0) {
		throw new Refused(
			'no_rows',
			'The list has a header but not one row below it: the download may have been cut short.',
		);
	}
	return { sha256, kind, modified: dated.modified, rows, problems };
}

function chooseSheet(workbook: Workbook, problems: Problem[]) {
	if (workbook.sheets.length === 0) throw new Refused('missing_columns', 'The workbook has no visible sheet.');
	let nearest: Header | null = null;
	let chosen: { part: string; grid: ReturnType<Workbook['grid']>; header: Header } | null = null;
	for (const { name, part } of workbook.sheets.slice(0, MAX_SHEETS)) {
		const grid = workbook.grid(part);
		const header = findHeader(grid);
		if (header === null) continue;
		if (header.missing.length > 0) {
			if (nearest === null || header.missing.length < nearest.missing.length) nearest = header;
		} else if (chosen === null) {
			chosen = { part, grid, header };
		} else {
			problems.push({ code: 'second_list', row: null, column: null, detail: excerpt(unwrapWithin(foldSpace(name))) });
		}
	}
	if (chosen) return chosen;
	const missing = (nearest?.missing ?? REQUIRED).join(', ');
	throw new Refused(
		'missing_columns',
		`The sheet lacks the columns ${missing}: it is not one of the lists, or its headers have changed.`,
	);
}

/** Only the list of those who signed has a SIGNED column. One that has documents but no dates is neither. */
function kindOf({ at }: Header): ListKind {
	if (at.SIGNED !== undefined) return 'participating';
	const document = at.MOA !== undefined ? 'MOA' : at.ADDENDUM !== undefined ? 'ADDENDUM' : null;
	if (document === null) return 'pending';
	throw new Refused(
		'missing_columns',
		`The sheet has the column ${document} but lacks SIGNED: which of the two lists it is cannot be told.`,
	);
}

/** Says what bytes that are no zip look like. */
function notAZip(bytes: Uint8Array): Refused {
	if (bytes.length === 0) return new Refused('empty_file', 'The file is empty: the download failed.');
	if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) {
		return contains(bytes, 'EncryptedPackage')
			? new Refused('encrypted', 'The workbook is protected by a password: save it without one and offer it again.')
			: new Refused('old_format', 'This is an old Office file (.xls): save it as .xlsx and offer it again.');
	}
	const head = new TextDecoder().decode(bytes.subarray(0, 1_024)).trimStart();
	const looks = looksLike(head);
	return new Refused('not_a_spreadsheet', `This is ${looks}, not an .xlsx workbook: download the list again.`);
}

function looksLike(head: string): string {
	if (head.startsWith('%PDF')) return 'a PDF';
	if (/^(<!doctype html|<html|<head|<body|<!--)/i.test(head))
		return 'a web page (often an error message saved under the name of a list)';
	if (/^<\?xml|^<[a-z]/i.test(head)) return 'an XML file';
	if (/^[[{]/.test(head)) return 'a JSON text';
	if (/[\0\ufffd]/.test(head)) return 'a file of unknown kind';
	return /^[^\n]*[,;\t|]/.test(head) ? 'a text table (CSV)' : 'a text';
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
	return magic.every((byte, at) => bytes[at] === byte);
}

/** Looks for a stream's name in a compound file, where names stand in UTF-16, within its first megabytes. */
function contains(bytes: Uint8Array, name: string): boolean {
	return new TextDecoder('utf-16le').decode(bytes.subarray(0, 4_194_304 & ~1)).includes(name);
}
