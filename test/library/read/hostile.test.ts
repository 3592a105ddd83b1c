import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Refusal } from '#library/read/block.ts';
import { FORMAT_PROBLEMS } from '#library/read/gather.ts';
import { readBytes } from '#library/read/read.ts';
import { makeDocx } from '../docx.ts';
import { complaint, diceOf, madeSeeds, mutant } from '../mutant.ts';
import { drawn, makePdf } from '../pdf.ts';

/** Mutants of every test run; `npm run soak:texts` reads 20,000. */
const SHORT = 150;

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const box = '612 792 re S';
const LOCKED = makePdf([drawn('72 700 words')], {
	trailer: '/Encrypt 3 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]',
	objects: [`<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'5a'.repeat(32)}> /U <${'a5'.repeat(32)}> >>`],
});
const DOCUMENT = '<w:p><w:r><w:t>a</w:t></w:r></w:p>';

const REFUSED: readonly (readonly [string, Uint8Array, Refusal['refused'], RegExp])[] = [
	['an empty file', new Uint8Array(), 'empty', /Choose/],
	['a file of spaces', text(' \n '), 'empty', /Choose/],
	['a scanned PDF', makePdf([box, box]), 'scanned', /ocrmypdf in\.pdf out\.pdf/],
	['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), 'scanned', /ocrmypdf/],
	['a PDF with a password', LOCKED, 'encrypted', /password/],
	['a broken PDF', text('%PDF-1.7\nnothing of it'), 'damaged', /Download/],
	['a zip of something else', zipSync({ 'a.txt': strToU8('a') }), 'unknown_format', /Unpack/],
	[
		'a workbook',
		zipSync({ '[Content_Types].xml': strToU8('<a/>'), 'xl/workbook.xml': strToU8('<a/>') }),
		'unknown_format',
		/Excel/,
	],
	[
		'an OpenDocument text',
		zipSync({ mimetype: strToU8('a'), 'content.xml': strToU8('<a/>') }),
		'unknown_format',
		/docx/,
	],
	['a Word file that was cut off', makeDocx({ document: DOCUMENT }).slice(0, 300), 'damaged', /Download/],
	['a Word file without its text', zipSync({ '[Content_Types].xml': strToU8('<a/>') }), 'damaged', /Word/],
	[
		'a Word file with an entity',
		makeDocx({ document: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }),
		'damaged',
		/document type/,
	],
	[
		'a Word file that is a bomb',
		makeDocx({ document: DOCUMENT, styles: `<?xml version="1.0"?><a>${' '.repeat(9_000_000)}</a>` }),
		'bomb',
		/shrink/,
	],
	['an old Word file', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0), 'unknown_format', /\.docx/],
	['bytes of nothing', Uint8Array.from({ length: 999 }, (_, n) => (n * 7) % 31), 'unknown_format', /Akoma Ntoso/],
];

test.each(REFUSED)('%s is refused with what to do', async (_, bytes, refused, words) => {
	const read = await readBytes(bytes, 'policy.docx');
	expect(read).toMatchObject({ refused });
	expect((read as Refusal).detail).toMatch(words);
});

test.each([
	['page.html', '<html><body><p>Section 1. No \u202eofficer\u202c shall\u2066 ask\u2069.</p></body></html>'],
	['page.txt', 'Section 1. No \u202eofficer\u202c shall\u2066 ask\u2069.'],
])('what turns the direction of a line in %s is taken out: people see what is kept', async (name, content) => {
	const read = await readBytes(Buffer.from(content), name);
	const words = 'blocks' in read ? read.blocks.flatMap(({ runs }) => runs.map(({ text }) => text)).join('') : null;
	expect(words).toBe('Section 1. No officer shall ask.');
});

test('what a file is says its content, whatever it is called', async () => {
	const kinds = await Promise.all(madeSeeds().map((bytes) => readBytes(Buffer.from(bytes), 'song.mp3')));
	expect(kinds.map((read) => ('format' in read ? read.format : read.detail))).toEqual([
		'docx',
		'rtf',
		'pdf',
		'html',
		'akn',
	]);
});

test('a damaged file is read or refused, and keeps every promise', async () => {
	const seeds = madeSeeds();
	const wrong: string[] = [];
	for (let n = 0; n < SHORT; n++) {
		const found = complaint(await readBytes(mutant(seeds, diceOf(n)), 'policy'));
		if (found) wrong.push(`mutant ${n}: ${found}`);
	}
	expect(wrong).toEqual([]);
});

test('what a reader can find odd is explained to the person who checks', () => {
	const page = readFileSync('docs/library/problems.md', 'utf8');
	expect(FORMAT_PROBLEMS.filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([]);
});
