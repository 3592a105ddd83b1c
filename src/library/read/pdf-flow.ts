import type { Block, Run } from './block.ts';
import { blockOf, joined } from './gather.ts';
import type { Line } from './pdf-line.ts';

/** A gap this much wider than usual parts two paragraphs. */
const WIDER = 1.3;
/** A first line that begins this many sizes further in opens a paragraph. */
const INDENTED = 0.9;
/** A line that ends this share of the width before the margin was not broken for want of room. */
const SHORT = 0.18;
/** Sizes that differ more are of different paragraphs. */
const SIZE_STEP = 0.13;

const NUMBERED =
	/^(\([A-Za-z0-9]{1,5}\)|[A-Za-z0-9]{1,3}[.)]\s|[ivxlc]{1,6}[.)]\s|§|Section\s+\d|SECTION\s+\d|Sec\.\s*\d|ARTICLE\s|CHAPTER\s|WHEREAS\b|BE IT\b|•)/;
const PREFIXES = /\b(non|self|co|anti|cross|multi|post|pre|pro|semi|well|vice|ex)-$/i;

/** Paragraphs from lines in reading order; what a page or column break cut is put together. */
export function paragraphsOf(lines: readonly Line[]): Block[] {
	const measures = measuresOf(lines);
	const known = wordsIn(lines);
	const groups: Line[][] = [];
	lines.forEach((line, n) => {
		const last = lines[n - 1];
		const group = groups.at(-1);
		if (!last || !group || begins(line, last, group, measures)) groups.push([line]);
		else group.push(line);
	});
	const left = Math.min(...lines.map((line) => line.left), Number.POSITIVE_INFINITY);
	return groups.map((group) => {
		const first = group[0] as Line;
		const edge = first.column === 0 ? left : (measures.left.get(first.column) ?? left);
		return blockOf(flowed(group, known), { indent: first.left - edge, page: first.page });
	});
}

interface Measures {
	/** The usual distance between lines, in sizes. */
	readonly leading: number;
	readonly left: ReadonlyMap<number, number>;
	readonly right: ReadonlyMap<number, number>;
}

function measuresOf(lines: readonly Line[]): Measures {
	const gaps: number[] = [];
	lines.forEach((line, n) => {
		const last = lines[n - 1];
		if (last && last.page === line.page && last.column === line.column && last.y > line.y)
			gaps.push((last.y - line.y) / line.size);
	});
	gaps.sort((a, b) => a - b);
	const left = new Map<number, number>();
	const right = new Map<number, number>();
	for (const column of [0, 1, 2]) {
		const own = lines.filter((line) => line.column === column);
		const lefts = own.map((line) => line.left).sort((a, b) => a - b);
		const rights = own.map((line) => line.right).sort((a, b) => a - b);
		left.set(column, lefts[Math.floor(lefts.length * 0.02)] ?? 0);
		right.set(column, rights[Math.floor(rights.length * 0.95)] ?? 0);
	}
	return { leading: gaps[Math.floor(gaps.length * 0.4)] ?? 1.2, left, right };
}

function begins(line: Line, last: Line, group: readonly Line[], measures: Measures): boolean {
	if (Math.abs(line.size - last.size) > last.size * SIZE_STEP) return true;
	const text = line.text.trimStart();
	const right = measures.right.get(last.column) ?? last.right;
	const left = measures.left.get(last.column) ?? last.left;
	const short = last.right < right - (right - left) * SHORT;
	const ended = /[.;:!?]["”’)\]]*\s*$|\b(and|or)\s*$/.test(last.text);
	const moved = line.page !== last.page || line.column !== last.column;
	if (NUMBERED.test(text) && (ended || short)) return true;
	if (moved) return ended ? !/^[a-z]/.test(text) : short && !/^[a-z]/.test(text);
	if (last.y - line.y > line.size * measures.leading * WIDER) return true;
	const hanging = group[1]?.left ?? null;
	const base = hanging ?? left;
	if (line.left > base + line.size * INDENTED && line.left > last.left + line.size * INDENTED)
		return group.length > 1 || ended || short;
	if (hanging !== null && line.left < hanging - line.size * INDENTED) return true;
	return short && ended;
}

function flowed(group: readonly Line[], known: ReadonlySet<string>): Run[] {
	const runs: Run[] = [];
	for (const line of group) {
		const last = runs.at(-1);
		const [first, ...rest] = line.runs;
		if (!last || !first) {
			runs.push(...line.runs);
			continue;
		}
		const broken = /([\p{L}-]*\p{L})[-\u00ad]\s*$/u.exec(last.text);
		const onward = /^\s*(\p{Ll}[\p{L}-]*)/u.exec(first.text);
		if (broken && onward) {
			const keep = keepsHyphen(broken[1] ?? '', onward[1] ?? '', known);
			runs[runs.length - 1] = { ...last, text: last.text.replace(/[-\u00ad]\s*$/, keep ? '-' : '') };
			runs.push({ ...first, text: first.text.trimStart() }, ...rest);
		} else {
			const spaced = /\s$|[—–/]$/.test(last.text) && !/[—–]\s*$/.test(last.text);
			const both = { ...last, text: ' ' };
			if (!spaced && !/[—–-]$/.test(last.text)) {
				const alike =
					Boolean(last.underline) === Boolean(first.underline) && Boolean(last.strike) === Boolean(first.strike);
				runs.push(alike ? both : { text: ' ' });
			}
			runs.push(first, ...rest);
		}
	}
	return joined(runs);
}

/** A hyphen stays where the text elsewhere writes the word with it, or where its first part makes compounds. */
function keepsHyphen(before: string, after: string, known: ReadonlySet<string>): boolean {
	const whole = `${before}${after}`.toLowerCase();
	const hyphened = `${before}-${after}`.toLowerCase();
	if (known.has(hyphened)) return true;
	if (known.has(whole)) return false;
	return PREFIXES.test(`${before}-`);
}

function wordsIn(lines: readonly Line[]): Set<string> {
	const words = new Set<string>();
	for (const line of lines)
		for (const word of line.text.match(/\p{L}[\p{L}-]*\p{L}/gu) ?? []) words.add(word.toLowerCase());
	return words;
}
