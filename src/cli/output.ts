import { cellText, csvLines } from '#kernel/csv.ts';
import { jsonArray } from '#kernel/json.ts';
import type { Args, Option } from './command.ts';
import type { Io } from './io.ts';

/** Options of every verb that prints records; spread them into the verb's own. */
export const TABLE_OPTIONS: Readonly<Record<string, Option>> = {
	format: {
		value: 'FORMAT',
		choices: ['text', 'json', 'csv'],
		default: 'text',
		summary: 'text for the screen, json for programs (every field), csv for spreadsheets',
	},
	raw: {
		summary:
			"csv only: for programs, every cell as it is and no byte order mark; without it what begins like a formula gets a leading ' so that no spreadsheet runs it",
	},
};

/** A column of the text and csv forms. JSON always holds the whole record. */
export interface Column<Row> {
	/** Name of the field, and heading in CSV. */
	readonly name: keyof Row & string;
	/** Heading on the screen; a column without one is left out there. */
	readonly heading?: string;
	readonly align?: 'right';
}

/** Rows that are looked at to choose the widths of a text table; what follows is streamed with those. */
const MEASURED = 500;
/** Characters gathered before a write. */
const CHUNK = 65_536;

/** Prints records as `--format` asks, streaming: memory does not grow with their number. */
export async function print<Row extends object>(
	rows: Iterable<Row> | AsyncIterable<Row>,
	columns: readonly Column<Row>[],
	args: Args,
	io: Pick<Io, 'write' | 'width'>,
): Promise<void> {
	const format = args.text('format');
	const lines =
		format === 'json'
			? jsonLines(rows)
			: format === 'csv'
				? csvLines(
						columns.map((column) => column.name),
						rows,
						args.has('raw'),
					)
				: textLines(rows, columns, io.width);
	await writeAll(lines, io);
}

/** Writes pieces as they come, some at a time: memory does not grow with their number. */
export async function writeAll(pieces: Iterable<string> | AsyncIterable<string>, io: Pick<Io, 'write'>): Promise<void> {
	let chunk = '';
	for await (const piece of pieces) {
		chunk += piece;
		if (chunk.length < CHUNK) continue;
		await io.write(chunk);
		chunk = '';
	}
	if (chunk !== '') await io.write(chunk);
}

async function* jsonLines(rows: Iterable<object> | AsyncIterable<object>): AsyncGenerator<string> {
	yield* jsonArray(rows);
	yield '\n';
}

async function* textLines<Row>(
	rows: Iterable<Row> | AsyncIterable<Row>,
	columns: readonly Column<Row>[],
	width: number | null,
): AsyncGenerator<string> {
	const shown = columns.filter((column) => column.heading !== undefined);
	const headings = shown.map((column) => column.heading ?? '');
	const measured: string[][] = [];
	let widths: number[] | null = null;
	for await (const row of rows) {
		const cells = shown.map((column) => screenText(row[column.name]));
		if (widths) {
			yield textLine(cells, widths, shown);
			continue;
		}
		measured.push(cells);
		if (measured.length < MEASURED) continue;
		widths = widthsOf([headings, ...measured], width);
		for (const line of [headings, ...measured]) yield textLine(line, widths, shown);
	}
	if (widths) return;
	if (measured.length === 0) {
		yield 'None.\n';
		return;
	}
	widths = widthsOf([headings, ...measured], width);
	for (const line of [headings, ...measured]) yield textLine(line, widths, shown);
}

/** Widest cell of each column; where the line is too long for the screen the widest columns give way first. */
function widthsOf(lines: readonly (readonly string[])[], width: number | null): number[] {
	const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((line) => [...(line[i] ?? '')].length)));
	if (width === null) return widths;
	const room = Math.max(width - 2 * (widths.length - 1), widths.length * 3);
	let over = widths.reduce((sum, w) => sum + w, 0) - room;
	for (; over > 0; over--) {
		const widest = widths.indexOf(Math.max(...widths));
		widths[widest] = (widths[widest] ?? 0) - 1;
	}
	return widths;
}

function textLine<Row>(cells: readonly string[], widths: readonly number[], columns: readonly Column<Row>[]): string {
	const padded = cells.map((cell, i) => {
		const room = widths[i] ?? 0;
		const letters = [...cell];
		const kept = letters.length > room ? `${letters.slice(0, room - 1).join('')}…` : cell;
		const space = ' '.repeat(Math.max(0, room - letters.length));
		return columns[i]?.align === 'right' ? space + kept : kept + space;
	});
	return `${padded.join('  ').trimEnd()}\n`;
}

/** Control and direction characters come out as spaces: a list from outside must not steer the reader's terminal. */
function screenText(value: unknown): string {
	return cellText(value).replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}

/** `1 version`, `2 versions`: a number with its noun. */
export function counted(n: number, one: string, several = `${one}s`): string {
	return `${n} ${n === 1 ? one : several}`;
}
