import type { Run } from './block.ts';
import { joined } from './gather.ts';
import type { Rule } from './pdf-ink.ts';

/** Words set in one go, in points from the lower left corner of the page. */
export interface Glyphs {
	readonly text: string;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly size: number;
	readonly bold: boolean;
	readonly italic: boolean;
}

/** Words beside each other without a gap, as far as a column goes. */
export interface Line {
	readonly runs: readonly Run[];
	readonly text: string;
	readonly left: number;
	readonly right: number;
	readonly y: number;
	readonly size: number;
	readonly page: number;
	/** Which column of its page: 0 for one that goes across. */
	readonly column: number;
	/** Where the words behind the first gap begin: in the text, and on the page; null where there is no gap. */
	readonly behindGap: { readonly at: number; readonly left: number } | null;
}

/** Words whose baselines differ by less than this part of their size stand on one line: raised marks do too. */
const SAME_LINE = 0.45;
/** A gap of this many sizes is no space between words. */
const WIDE = 1.6;
const SPACE = 0.16;
/** Where, in sizes above the baseline, a stroke lies that underlines, and one that strikes. */
const UNDER = { from: -0.4, to: 0.06 };
const THROUGH = { from: 0.12, to: 0.6 };
/** In so many lines at least both columns must stand. */
const MIN_COLUMN_LINES = 5;

/** The lines of a page in reading order, column after column where it has two. */
export function linesOf(glyphs: readonly Glyphs[], rules: readonly Rule[], page: number, width: number): Line[] {
	const pieces = rowsOf(glyphs).flatMap((row) => splitRow(row));
	const lines = pieces.map((piece) => lineOf(piece, rules, page));
	const gutter = gutterOf(lines, width);
	return gutter === null ? merged(lines) : inColumns(lines, gutter);
}

function rowsOf(glyphs: readonly Glyphs[]): Glyphs[][] {
	const sorted = [...glyphs].sort((a, b) => b.y - a.y || a.x - b.x);
	const rows: Glyphs[][] = [];
	let base: Glyphs | null = null;
	for (const piece of sorted) {
		const row = rows.at(-1);
		if (row && base && Math.abs(base.y - piece.y) <= Math.max(base.size, piece.size) * SAME_LINE) {
			row.push(piece);
			if (piece.size > base.size) base = piece;
		} else {
			rows.push([piece]);
			base = piece;
		}
	}
	return rows.map((row) => row.sort((a, b) => a.x - b.x));
}

function splitRow(row: readonly Glyphs[]): Glyphs[][] {
	const pieces: Glyphs[][] = [];
	let end = Number.NEGATIVE_INFINITY;
	for (const piece of row) {
		if (piece.text.trim() === '') continue;
		if (piece.x - end > piece.size * WIDE) pieces.push([]);
		pieces.at(-1)?.push(piece);
		end = Math.max(end, piece.x + piece.width);
	}
	return pieces;
}

function lineOf(pieces: readonly Glyphs[], rules: readonly Rule[], page: number): Line {
	const runs: Run[] = [];
	let end: number | null = null;
	for (const piece of pieces) {
		const last = runs.at(-1)?.text ?? ' ';
		const apart = end !== null && piece.x - end > piece.size * SPACE && !/\s$/.test(last) && !/^\s/.test(piece.text);
		const inked = inkedRuns(piece, rules);
		const [first] = inked;
		if (apart && first) runs.push(sharedLook(runs.at(-1), first));
		runs.push(...inked);
		end = piece.x + piece.width;
	}
	const big = pieces.reduce((a, b) => (b.size > a.size ? b : a));
	const whole = joined(runs);
	return {
		runs: whole,
		text: whole.map((run) => run.text).join(''),
		left: pieces[0]?.x ?? 0,
		right: end ?? 0,
		y: big.y,
		size: big.size,
		page,
		column: 0,
		behindGap: numberBefore(pieces, whole.map((run) => run.text).join('')),
	};
}

/** A number that is set by itself before the words, though close to them: those of lines are. */
function numberBefore(pieces: readonly Glyphs[], text: string): Line['behindGap'] {
	const [number, words] = pieces;
	if (!number || !words || !/^\d{1,3}$/.test(number.text.trim())) return null;
	return { at: text.length - text.replace(/^\s*\d{1,3}\s*/, '').length, left: words.x };
}

/** A space between two words is marked where both are. */
function sharedLook(before: Run | undefined, after: Run): Run {
	return {
		text: ' ',
		...(before?.bold && after.bold && { bold: true as const }),
		...(before?.italic && after.italic && { italic: true as const }),
		...(before?.underline && after.underline && { underline: true as const }),
		...(before?.strike && after.strike && { strike: true as const }),
	};
}

/** A piece cut where strokes begin and end, taking its characters as equally wide and its words as whole. */
function inkedRuns(piece: Glyphs, rules: readonly Rule[]): Run[] {
	const near = rules.filter(
		(rule) =>
			rule.right > piece.x &&
			rule.left < piece.x + piece.width &&
			rule.y > piece.y + UNDER.from * piece.size &&
			rule.y < piece.y + THROUGH.to * piece.size,
	);
	const face = { ...(piece.bold && { bold: true as const }), ...(piece.italic && { italic: true as const }) };
	if (near.length === 0) return [{ text: piece.text, ...face }];
	const each = piece.width / piece.text.length;
	const words = piece.text.match(/\s+|[^\s[\]()]+|[[\]()]/g) ?? [];
	let at = 0;
	return words.map((word) => {
		const middle = piece.x + (at + word.length / 2) * each;
		at += word.length;
		const over = near.filter((rule) => rule.left <= middle && rule.right >= middle);
		const heights = over.map((rule) => (rule.y - piece.y) / piece.size);
		return {
			text: word,
			...face,
			...(heights.some((h) => h >= UNDER.from && h <= UNDER.to) && { underline: true as const }),
			...(heights.some((h) => h >= THROUGH.from && h <= THROUGH.to) && { strike: true as const }),
		};
	});
}

/** The middle of the white between two columns; null where the page has one. */
function gutterOf(lines: readonly Line[], width: number): number | null {
	let best: { x: number; crossing: number } | null = null;
	for (let x = width * 0.35; x <= width * 0.65; x += 2) {
		const left = lines.filter((line) => line.right <= x && line.right > x - width * 0.2);
		const right = lines.filter((line) => line.left >= x && line.left < x + width * 0.1);
		const crossing = lines.filter((line) => line.left < x && line.right > x).length;
		if (left.length < MIN_COLUMN_LINES || right.length < MIN_COLUMN_LINES) continue;
		// Two columns of text run beside each other; numbers beside their words, or cells, are narrow.
		const broad = (side: readonly Line[]): boolean =>
			side.filter((line) => line.right - line.left > width * 0.22).length > side.length * 0.5;
		if (!broad(left) || !broad(right) || crossing > (left.length + right.length) * 0.2) continue;
		if (best === null || crossing < best.crossing) best = { x, crossing };
	}
	return best?.x ?? null;
}

/** Left column before right one, between the lines that go across. */
function inColumns(lines: readonly Line[], gutter: number): Line[] {
	const ordered: Line[] = [];
	let left: Line[] = [];
	let right: Line[] = [];
	const flush = (): void => {
		ordered.push(...merged(left), ...merged(right));
		left = [];
		right = [];
	};
	for (const line of lines) {
		if (line.left < gutter && line.right > gutter) {
			flush();
			ordered.push(line);
		} else if (line.left < gutter) left.push({ ...line, column: 1 });
		else right.push({ ...line, column: 2 });
	}
	flush();
	return ordered;
}

/** Pieces of one row put together again, with a tab for the gap. */
function merged(lines: readonly Line[]): Line[] {
	const out: Line[] = [];
	for (const line of lines) {
		const last = out.at(-1);
		if (!last || Math.abs(last.y - line.y) > Math.max(last.size, line.size) * SAME_LINE || line.left < last.right) {
			out.push(line);
			continue;
		}
		out[out.length - 1] = {
			...last,
			runs: joined([...last.runs, { text: '\t' }, ...line.runs]),
			text: `${last.text}\t${line.text}`,
			right: line.right,
			behindGap: last.behindGap ?? { at: last.text.length + 1, left: line.left },
		};
	}
	return out;
}
