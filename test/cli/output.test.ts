import { expect, test } from 'vitest';
import type { Args } from '#cli/command.ts';
import { exitCode, explain } from '#cli/exit.ts';
import { print } from '#cli/output.ts';
import { progress } from '#cli/progress.ts';
import { Conflict, Invalid, NotFound, Upstream } from '#kernel/error.ts';

type Row = { name: string; count: number | null; evidence: readonly number[] };

const ROWS: Row[] = [
	{ name: '=1+1', count: 2, evidence: [1] },
	{ name: 'a "b", c\nd', count: null, evidence: [] },
];
const COLUMNS = [
	{ name: 'name', heading: 'Name' },
	{ name: 'count', heading: 'Count', align: 'right' },
	{ name: 'evidence' },
] as const;

function args(format: string, raw = false): Args {
	return { operands: [], text: () => format, all: () => [], has: () => raw };
}

async function printed(
	rows: readonly Row[],
	format: string,
	options: { raw?: boolean; width?: number } = {},
): Promise<string> {
	let text = '';
	const write = async (part: string | Uint8Array) => {
		text += part;
	};
	await print(rows, COLUMNS, args(format, options.raw), { write, width: options.width ?? null });
	return text;
}

test('json is one array of whole records, also of none', async () => {
	expect(JSON.parse(await printed(ROWS, 'json'))).toEqual(ROWS);
	expect(JSON.parse(await printed([], 'json'))).toEqual([]);
});

test('csv is that of every export, and a switch gives it to programs', async () => {
	expect(await printed(ROWS, 'csv')).toBe('\u{feff}name,count,evidence\r\n"\'=1+1",2,[1]\r\n"a ""b"", c\nd",,\r\n');
	expect(await printed(ROWS, 'csv', { raw: true })).toContain('name,count,evidence\r\n=1+1,2,');
});

test('text lines up, fits the screen and says so where there is nothing', async () => {
	expect(await printed(ROWS, 'text')).toBe('Name        Count\n=1+1            2\na "b", c d\n');
	const narrow = await printed(ROWS, 'text', { width: 14 });
	expect(Math.max(...narrow.split('\n').map((line) => line.length))).toBeLessThanOrEqual(14);
	expect(narrow).toContain('…');
	expect(await printed([], 'text')).toBe('None.\n');
});

test('a table longer than what is measured is printed whole', async () => {
	const many = Array.from({ length: 2_000 }, (_, i) => ({ name: `n${i}`, count: i, evidence: [] }));
	expect((await printed(many, 'text')).split('\n')).toHaveLength(2_002);
	expect(JSON.parse(await printed(many, 'json'))).toHaveLength(2_000);
});

test('text from outside cannot steer the terminal', async () => {
	expect(await printed([{ name: 'a\u001b[2Jb', count: 1, evidence: [] }], 'text')).toContain('a [2Jb');
});

test.each([
	[new NotFound('x'), 3],
	[new Invalid('x'), 5],
	[new Conflict('x'), 6],
	[new Upstream('x'), 7],
	[new Error('x'), 1],
	['x', 1],
])('%s ends with code %d', (error, code) => {
	expect(exitCode(error)).toBe(code);
});

test('a fault of ours shows its trace, a sentence for people stands alone', () => {
	expect(explain(new Invalid('Give a file.'))).toBe('Give a file.');
	expect(explain(new Error('broken'))).toMatch(/fault in citycompact[\s\S]*broken[\s\S]* at /);
});

test('a bar shows on a terminal only, after a second, and is wiped at the end', () => {
	let now = 0;
	const shown: string[] = [];
	const screen = { isTTY: true, columns: 60, write: (text: string) => shown.push(text) };
	const bar = progress('Reading', screen, () => now);
	bar.at(1, 10);
	now = 1_500;
	bar.at(5, 10, 'five');
	bar.end();
	expect(shown).toHaveLength(2);
	expect(shown[0]).toContain('Reading  [############............] 50 %  5 of 10  five'.slice(0, 59));
	now = 9_000;
	progress('Reading', { ...screen, isTTY: false }, () => now).at(1, 2);
	expect(shown).toHaveLength(2);
});
