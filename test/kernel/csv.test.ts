import fc from 'fast-check';
import { expect, test } from 'vitest';
import { read as readWorkbook, utils } from 'xlsx';
import { csvCell, csvLines } from '#kernel/csv.ts';

async function file(rows: readonly object[], raw: boolean): Promise<string> {
	let text = '';
	for await (const line of csvLines(['a', 'b'], rows, raw)) text += line;
	return text;
}

/** What another reader of CSV finds. It takes a lone CR for the end of a line and trims nothing. */
function reread(text: string): string[][] {
	const book = readWorkbook(text, { type: 'string', raw: true, FS: ',' });
	const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {};
	return utils.sheet_to_json<string[]>(sheet, { header: 1, raw: true, defval: '', blankrows: true });
}

test.each([
	[null, ''],
	[undefined, ''],
	[0, '0'],
	[-3.5, '-3.5'],
	[true, 'true'],
	['plain', 'plain'],
	['a, b', '"a, b"'],
	['say "x"', '"say ""x"""'],
	['two\r\nlines', '"two\r\nlines"'],
	[' kept ', '" kept "'],
	[['a', 'b'], 'a | b'],
	[[], ''],
	[[{ row: 1 }], '"[{""row"":1}]"'],
])('%j is the cell %s for programs', (value, cell) => {
	expect(csvCell(value, true)).toBe(cell);
});

test.each([
	['=1+1', `'=1+1`],
	['+cmd', `'+cmd`],
	['-2+3', `'-2+3`],
	['@SUM(A1)', `'@SUM(A1)`],
	['＝1+1', `'＝1+1`],
	['＠x', `'＠x`],
	['  =1+1', `'  =1+1`],
	['\u{200b}=1', `'\u{200b}=1`],
	['"=1+1"', `'"=1+1"`],
	[`'=1+1`, `''=1+1`],
	['\t=1', `'\t'=1`],
	['\rx', `'\rx`],
	['a;=1+1', `a;'=1+1`],
	['a\n@b', `a\n'@b`],
	['a=b', 'a=b'],
	['Smith-Jones', 'Smith-Jones'],
	['2025-05-19', '2025-05-19'],
])('%j opens in a spreadsheet as the text %j', async (value, shown) => {
	const cell = csvCell(value, false);
	const bare = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
	expect(bare).toBe(shown);
});

test('a number stays a number, also below zero', () => {
	expect(csvCell(-84.35, false)).toBe('-84.35');
});

test('a file for people begins with the mark that Excel needs; one for programs does not', async () => {
	expect(await file([{ a: 'é', b: 1 }], false)).toBe('\u{feff}a,b\r\né,1\r\n');
	expect(await file([{ a: 'é', b: 1 }], true)).toBe('a,b\r\né,1\r\n');
});

test('another reader finds every text that was written, raw', async () => {
	const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((given) => given.replaceAll(/[\0\r]/g, ''));
	await fc.assert(
		fc.asyncProperty(fc.array(fc.record({ a: text, b: text }), { minLength: 1, maxLength: 5 }), async (rows) => {
			const found = reread(await file(rows, true));
			expect(found.slice(1).map(([a = '', b = '']) => ({ a, b }))).toEqual(rows);
		}),
		{ numRuns: 200 },
	);
});

test('whatever a text holds, no reader of any country finds a formula at the start of a cell', () => {
	const hostile = fc.array(
		fc.constantFrom('=', '+', '-', '@', '＝', '\t', '\r', '\n', ';', ',', '"', "'", ' ', 'a', '\u{feff}', '1'),
		{ maxLength: 12 },
	);
	fc.assert(
		fc.property(hostile, (pieces) => {
			const cell = csvCell(pieces.join(''), false);
			const inner = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
			for (const piece of inner.split(/[;\t\r\n]/)) expect(piece).not.toMatch(/^[\s"\p{Cf}]*[=+\-@＝]/u);
		}),
		{ numRuns: 500 },
	);
});

test('two hundred thousand records pass through without being held', async () => {
	function* many() {
		for (let i = 0; i < 200_000; i++) yield { a: `agency ${i} ${'x'.repeat(200)}`, b: i };
	}
	let characters = 0;
	let most = 0;
	for await (const line of csvLines(['a', 'b'], many(), false)) {
		characters += line.length;
		most = Math.max(most, line.length);
	}
	expect(characters).toBeGreaterThan(40_000_000);
	expect(most).toBeLessThan(300);
});
