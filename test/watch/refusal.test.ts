import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { RefusalCode } from '#watch/read/refusal.ts';
import { readSheet } from '#watch/read/sheet.ts';
import { type CellSpec, MODIFIED, partsOf, workbook, workbookOf, zipOf } from './workbook.ts';

const HEADER = ['STATE', 'LAW ENFORCEMENT AGENCY', 'SUPPORT TYPE'];
const ROW = ['OHIO', 'Town Police', 'Task Force Model'];
const GOOD = partsOf([{ cells: [HEADER, ROW] }]);
const SHEET = 'xl/worksheets/sheet1.xml';
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** A list whose sheet is this XML. */
function withSheet(xml: string): Uint8Array {
	return zipOf({ ...GOOD, [SHEET]: xml });
}

function list(cells: readonly (readonly CellSpec[])[]): Uint8Array {
	return workbookOf([{ cells }]);
}

function utf16(text: string): Uint8Array {
	return new Uint8Array(Buffer.from(text, 'utf16le'));
}

function bytesOf(...pieces: (readonly number[] | Uint8Array)[]): Uint8Array {
	return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

/** Flips one byte in the middle of what is packed. */
function flipped(bytes: Uint8Array): Uint8Array {
	const copy = bytes.slice();
	const at = Buffer.from(copy).indexOf('sheet1.xml') + 60;
	copy[at] = (copy[at] as number) ^ 0x10;
	return copy;
}

/** A zip of one deflated entry that lies about its size. */
function lying(packed: Uint8Array, declared: number): Uint8Array {
	const zip = zipOf({ ...GOOD, [SHEET]: 'x' });
	const name = strToU8(SHEET);
	const local = Buffer.alloc(30);
	local.writeUInt32LE(0x04034b50, 0);
	local.writeUInt16LE(8, 8);
	local.writeUInt16LE(name.length, 26);
	const added = Buffer.concat([local, name, packed]);
	const copy = Buffer.concat([added, zip]);
	const at = copy.lastIndexOf(SHEET) - 46;
	copy.writeUInt16LE(8, at + 10);
	copy.writeUInt32LE(packed.length, at + 20);
	copy.writeUInt32LE(declared, at + 24);
	const end = copy.length - 22;
	// The other entries have moved by what was put before them; that one stands at the beginning.
	copy.writeUInt32LE(copy.readUInt32LE(end + 16) + added.length, end + 16);
	for (let entry = copy.readUInt32LE(end + 16); entry < end; ) {
		if (entry !== at) copy.writeUInt32LE(copy.readUInt32LE(entry + 42) + added.length, entry + 42);
		entry += 46 + copy.readUInt16LE(entry + 28) + copy.readUInt16LE(entry + 30) + copy.readUInt16LE(entry + 32);
	}
	copy.writeUInt32LE(0, at + 42);
	return copy;
}

describe('a file that is not a list is refused with its reason', () => {
	test.each<[string, Uint8Array, RefusalCode, RegExp]>([
		['nothing', new Uint8Array(), 'empty_file', /empty/],
		['an error page', strToU8('\n<!DOCTYPE html><html><body>503'), 'not_a_spreadsheet', /a web page/],
		['a PDF', strToU8('%PDF-1.7\n'), 'not_a_spreadsheet', /a PDF/],
		['a CSV', strToU8('STATE,LAW ENFORCEMENT AGENCY\nOHIO,Town Police\n'), 'not_a_spreadsheet', /CSV/],
		['an XML spreadsheet of 2003', strToU8('<?xml version="1.0"?><Workbook/>'), 'not_a_spreadsheet', /XML/],
		['noise', Uint8Array.from([1, 0, 255, 7]), 'not_a_spreadsheet', /unknown kind/],
		['an old workbook', bytesOf(OLE, utf16('Workbook')), 'old_format', /\.xls/],
		['a workbook with a password', bytesOf(OLE, utf16('EncryptedPackage')), 'encrypted', /password/],
		['a binary workbook', zipOf({ 'xl/workbook.bin': 'x' }), 'old_format', /\.xlsb/],
		['a Word document', zipOf({ 'word/document.xml': '<w/>' }), 'not_a_spreadsheet', /Word/],
		['an OpenDocument sheet', zipOf({ 'content.xml': '<o/>' }), 'not_a_spreadsheet', /OpenDocument/],
		['some other zip', zipOf({ 'a.txt': 'a' }), 'not_a_spreadsheet', /without a workbook/],
		['half a download', workbookOf([{ cells: [HEADER, ROW] }]).slice(0, 700), 'damaged', /broken download/],
		['a flipped byte', flipped(workbookOf([{ cells: [HEADER, ROW] }])), 'damaged', /checksum|unpacked/],
		['a sheet without SUPPORT TYPE', list([['STATE', 'AGENCY'], ROW]), 'missing_columns', /lacks.*SUPPORT TYPE/],
		['a sheet of something else', list([['Name', 'Phone']]), 'missing_columns', /STATE, LAW ENFORCEMENT AGENCY/],
		['documents without dates', list([[...HEADER, 'MOA'], ROW]), 'missing_columns', /lacks SIGNED/],
		['no visible sheet', workbookOf([{ cells: [HEADER, ROW], state: 'hidden' }]), 'missing_columns', /visible/],
		['a header alone', list([HEADER, [null, ' ', { error: '#N/A' }]]), 'no_rows', /not one row/],
		['no date anywhere', workbook({ kind: 'pending', rows: [{ state: 'OHIO' }], modified: null }), 'undated', /when/],
		['a sheet cut short', withSheet(`${GOOD[SHEET]}`.slice(0, -30)), 'damaged', /in the middle/],
		['crossed tags', withSheet('<worksheet><row></worksheet></row>'), 'damaged', /not open/],
		['a document type', withSheet('<!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>'), 'damaged', /document type/],
		['a hundred levels', withSheet('<a>'.repeat(100) + '</a>'.repeat(100)), 'damaged', /nested/],
		['bytes that are no text', zipOf({ ...GOOD, [SHEET]: Uint8Array.from([0x3c, 0xff]) }), 'damaged', /no text/],
		['a cell beyond the last column', withSheet('<w><row><c r="ZZZZ1"><v>1</v></c></row></w>'), 'damaged', /outside/],
		['a text that is not in the table', withSheet('<w><row><c t="s"><v>99</v></c></row></w>'), 'damaged', /not there/],
		['the same part twice', zipOf({ ...GOOD, 'XL/workbook.xml': 'x' }), 'damaged', /twice/],
		['a filled cell in column 120', withSheet('<w><row><c r="DP1"><v>1</v></c></row></w>'), 'too_large', /column 120/],
		['a cell of a megabyte', list([HEADER, ['OHIO', 'x'.repeat(40_000), 'TFM']]), 'too_large', /40000 characters/],
		['a part of 60 MB', withSheet(' '.repeat(60_000_000)), 'too_large', /allowed/],
		['a part of 15 MB of nothing', withSheet(' '.repeat(15_000_000)), 'zip_bomb', /shrink/],
		[
			'a bomb that calls itself small',
			lying(deflateSync(new Uint8Array(90_000_000)), 500),
			'damaged',
			/larger|checksum/,
		],
		['a bomb that calls itself 4 GB', lying(deflateSync(new Uint8Array(9_000)), 4_000_000_000), 'too_large', /allowed/],
	])('%s', (_, bytes, code, sentence) => {
		const refusal = readSheet(bytes, 'b'.repeat(64));
		expect(refusal).toMatchObject({ refused: code, detail: expect.stringMatching(sentence) });
		expect(refusal).toMatchObject({ detail: expect.stringMatching(/^[A-Z].*\.$/) });
	});
});

test('a list that is sound is not refused, also behind bytes that a gateway put before it', () => {
	const sound = zipOf(GOOD);
	expect(readSheet(sound, 'c')).toMatchObject({ kind: 'pending', modified: MODIFIED, rows: [{ row: 2 }] });
	const shifted = bytesOf([0x50, 0x4b, 3, 4], new Uint8Array(20), sound);
	expect(readSheet(shifted, 'c')).toMatchObject({ rows: [{ row: 2 }] });
});

test('a sheet in UTF-16 with comments, CDATA and a processing instruction is read', () => {
	const xml = `\ufeff<?xml version="1.0" encoding="UTF-16"?><!-- > --><worksheet><?x <row> ?><sheetData>${[HEADER, ROW]
		.map(
			(row) => `<row>${row.map((t) => `<c t="inlineStr" n='>'><is><t><![CDATA[${t}]]></t></is></c >`).join('')}</row>`,
		)
		.join('')}</sheetData></worksheet>`;
	expect(readSheet(zipOf({ ...GOOD, [SHEET]: utf16(xml) }), 'd')).toMatchObject({
		rows: [{ state: 'OHIO', model: 'TFM' }],
	});
});
