import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLines } from '#kernel/csv.ts';
import { instrumentOf } from '#library/instrument.ts';
import { readManifest, saidFacts, saidOf } from '#library/manifest.ts';

describe('a manifest', () => {
	test.each([
		['comma', 'file,number\na.txt,1\n'],
		['semicolon, as spreadsheets of other countries write it', 'file;number\r\na.txt;1\r\n'],
		['byte order mark', '\u{feff}file,number\na.txt,1'],
		['headings in any case', ' FILE ,Number\na.txt,1'],
		['quotes', '"file","number"\n"a.txt","1"'],
		['empty lines', '\n\nfile,number\n\na.txt,1\n\n,\n'.trimStart()],
		['JSON', '[{"file": "a.txt", "number": 1}]'],
		['one object', '{"file": "a.txt", "number": "1"}'],
		['columns we do not know', 'file,colour,number\na.txt,red,1'],
	])('says the same with %s', (_, text) => {
		expect(readManifest(text, {})).toEqual([{ file: 'a.txt', number: '1' }]);
	});

	test.each([
		['', /empty/],
		['number\n1', /column `file`.*--field file=NAME/],
		['[1, 2]', /array of objects/],
		['[{', /no JSON/],
	])('%j is answered with what to do', (text, sentence) => {
		expect(readManifest(text, {})).toEqual({ wrong: expect.stringMatching(sentence) });
	});

	test('reads back every cell that our own tables write', async () => {
		const cell = fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => text.trim() === text && text !== '');
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record({ file: cell, title: cell }), { minLength: 1, maxLength: 6 }),
				async (rows) => {
					let text = '';
					for await (const line of csvLines(['file', 'title'], rows, true)) text += line;
					expect(readManifest(text, {})).toEqual(rows);
				},
			),
		);
	});

	test('of any text is rows or a sentence', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'file,";\n\r {}[]:1') }), (text) => {
				const read = readManifest(text, {});
				if ('wrong' in read) expect(read.wrong).toMatch(/\.$/);
				else expect(read.some(({ file }) => file !== undefined)).toBe(true);
			}),
		);
	});
});

test('a field that has another name says what the line says it does', () => {
	expect(saidOf({ id: 'Int 1', intro: '2014-01-22', text: ' a ' }, { number: 'ID', date: 'intro' })).toEqual({
		number: 'Int 1',
		date: '2014-01-22',
		text: ' a ',
	});
});

test('the year 1, which some exports write for no day, is no day', () => {
	expect(saidFacts({ adopted: '0001-01-01', introduced: '2014-01-22T00:00:00Z' })).toEqual([
		{ kind: 'introduced', day: '2014-01-22' },
	]);
});

test.each([
	['Local Law 58 of 2014', null, 'ordinance'],
	['Resolution 2019-4', 'A resolution on the ordinance of 2004', 'resolution'],
	[null, 'Executive Order 41', 'executive_order'],
	['General Order 7.2', null, 'police_directive'],
	['Chapter 9.40', null, 'code_chapter'],
	[null, 'Naming of a bridge', null],
])('%s, %s is %s', (number, title, kind) => {
	expect(instrumentOf(number, title)).toBe(kind);
});
