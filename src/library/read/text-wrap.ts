import { shouted } from '../structure/heading.ts';
import { listLabel, unitLabel } from '../structure/label.ts';
import { isFormula, isRecital } from '../structure/phrase.ts';
import type { TextLine, TextNote } from './text-line.ts';

/** A paragraph of a plain text. */
export interface Paragraph {
	readonly text: string;
	readonly column: number;
	/** Cells where it is the row of a table; null elsewhere. */
	readonly cells: readonly string[] | null;
}

/** Typewriters and printers set no wider lines than these; wider ones are whole paragraphs. */
const WIDEST = 125;
/** In a text whose lines are broken, so many of them are full and end in the middle of a sentence. */
const BROKEN_SHARE = 0.25;
/** A line that leaves so much of the width is the last of its paragraph, if it ends a sentence. */
const SHORT = 0.8;
/** Rows that a table has at least. */
const ROWS = 2;

/** Lines as paragraphs: one each where the text does not break lines; else joined by blank lines, indents, numbers and sentences. */
export function paragraphs(lines: readonly TextLine[], note: TextNote): Paragraph[] {
	const tables = rows(lines);
	const filled = lines.filter(({ text }, at) => text !== '' && !tables.has(at));
	const width = widthOf(filled);
	const wraps = width <= WIDEST && isWrapped(lines, width);
	const words = wraps ? wordsOf(filled) : new Set<string>();
	const joining = { width, spread: wraps && doubleSpaced(lines), words, hyphens: 0 };
	const made: { lines: TextLine[]; parts: string[]; cells: readonly string[] | null }[] = [];
	let blanks = 0;
	lines.forEach((line, at) => {
		if (line.text === '') {
			blanks++;
			return;
		}
		const cells = tables.get(at) ?? null;
		const last = made.at(-1);
		const apart = blanks > (joining.spread ? 1 : 0);
		if (last && last.cells === null && cells === null && goesOn(last, line, apart, wraps, joining)) {
			join(last.parts, line.text, joining);
			last.lines.push(line);
		} else made.push({ lines: [line], parts: [line.text], cells });
		blanks = 0;
	});
	if (wraps) note('lines_joined', `Lines of at most ${width} signs were joined to paragraphs`);
	if (joining.hyphens > 0) note('hyphens', `${joining.hyphens} words divided at the end of a line were joined`);
	return made.map(({ parts, lines: of, cells }) => ({ text: parts.join(''), column: of[0]?.column ?? 0, cells }));
}

interface Joining {
	readonly width: number;
	readonly spread: boolean;
	readonly words: ReadonlySet<string>;
	hyphens: number;
}

/** The length within which all but a twentieth of the words stand. */
function widthOf(filled: readonly TextLine[]): number {
	const lengths = filled.map(({ text, column }) => text.length + Math.min(column, 40)).toSorted((a, b) => a - b);
	const all = lengths.reduce((sum, length) => sum + length, 0);
	let passed = 0;
	for (const length of lengths) {
		passed += length;
		if (passed >= all * 0.95) return length;
	}
	return 0;
}

function isWrapped(lines: readonly TextLine[], width: number): boolean {
	let filled = 0;
	let broken = 0;
	lines.forEach(({ text, column }, at) => {
		if (text === '') return;
		filled++;
		const next = lines[at + 1]?.text || lines[at + 2]?.text || '';
		if (text.length + column >= width * 0.6 && !/[.;:!?]["”)]?$/.test(text) && next !== '') broken++;
	});
	return filled >= 4 && broken / filled >= BROKEN_SHARE;
}

/** Whether one blank line stands between lines of one paragraph. */
function doubleSpaced(lines: readonly TextLine[]): boolean {
	let pairs = 0;
	let apart = 0;
	for (let at = 0; at + 1 < lines.length; at++) {
		if (lines[at]?.text === '') continue;
		pairs++;
		if (lines[at + 1]?.text === '') apart++;
	}
	return pairs >= 6 && apart / pairs > 0.9;
}

function goesOn(
	last: { readonly lines: readonly TextLine[] },
	line: TextLine,
	apart: boolean,
	wraps: boolean,
	{ width }: Joining,
): boolean {
	const before = last.lines.at(-1) as TextLine;
	const open = !/[.;:!?]["”’)\]]*$/.test(before.text);
	const lower = /^[\p{Ll},;)]/u.test(line.text);
	// A page that ends in the middle of a sentence.
	if (line.broken) return open && (lower || (wraps && !apart && !begins(line.text)));
	if (!wraps || apart) return false;
	const full = before.text.length + before.column >= width * SHORT;
	const fresh = last.lines.length === 1;
	const deeper = line.column - before.column;
	if (begins(line.text)) return open && full && Math.abs(deeper) < 2 && !/(?:,|\band|\bor)$/.test(before.text);
	if (lower) return true;
	if (shouted(line.text) !== shouted(before.text) && (!full || shouted(before.text))) return false;
	if (isRecital(line.text) || isFormula(line.text)) return false;
	if (deeper >= 2 && !(fresh && open)) return false;
	if (!open && !full) return false;
	// Centred and short lines stand for themselves.
	return full || (open && before.text.length + before.column >= width / 2);
}

function begins(text: string): boolean {
	return listLabel(text) !== null || unitLabel(text) !== null;
}

/** Joins a line to the parts before it; a word divided between them is one again, unless the text writes it with its hyphen elsewhere. */
function join(parts: string[], right: string, joining: Joining): void {
	const left = parts.at(-1) ?? '';
	const divided = /(\p{L}+)-$/u.exec(left.slice(-40));
	const rest = /^\p{Ll}+/u.exec(right.slice(0, 40));
	if (!divided || !rest) {
		parts.push(' ', right);
		return;
	}
	const [head, tail] = [divided[1] as string, rest[0]];
	const whole = (head + tail).toLowerCase();
	const hyphened = `${head}-${tail}`.toLowerCase();
	if (joining.words.has(whole) || !joining.words.has(hyphened)) {
		joining.hyphens++;
		parts[parts.length - 1] = left.slice(0, -1);
	}
	parts.push(right);
}

/** Every word as written within lines. */
function wordsOf(filled: readonly TextLine[]): Set<string> {
	const words = new Set<string>();
	for (const { text } of filled) {
		for (const word of text.toLowerCase().match(/\p{L}+(?:-\p{L}+)*(?=[^\p{L}-]|$)/gu) ?? []) words.add(word);
	}
	return words;
}

/** Lines that are rows of a table, with their cells: neighbours that have as many, set apart by tabs or wide gaps. */
function rows(lines: readonly TextLine[]): Map<number, readonly string[]> {
	const found = new Map<number, readonly string[]>();
	let group: { at: number; cells: string[] }[] = [];
	const close = (): void => {
		const wide = (group[0]?.cells.length ?? 0) > 2;
		if (group.length >= (wide ? ROWS : ROWS + 1)) for (const { at, cells } of group) found.set(at, cells);
		group = [];
	};
	lines.forEach(({ text, raw }, at) => {
		if (text === '') return;
		const cells = raw.trim().split(/\t+ *| {3,}/);
		const is = cells.length > 1 && cells.every((cell) => cell.length < 80) && !begins(text);
		if (is && (group.length === 0 || group[0]?.cells.length === cells.length)) group.push({ at, cells });
		else {
			close();
			if (is) group.push({ at, cells });
		}
	});
	close();
	return found;
}
