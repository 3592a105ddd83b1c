import { pairUp } from './diff.ts';
import { hunks } from './phrase.ts';
import { type Lexicon, lexicon, type Scan, scan, shared } from './scan.ts';

/** Corresponding phrases of several texts, one cell each; null where a text says nothing there. */
export interface Row {
	readonly cells: readonly (string | null)[];
}

/** Texts that are laid side by side: each is held against each once, to find the one in the middle. */
export const MOST_TEXTS = 64;
/** Characters of all of them: a clause is some hundred, a whole ordinance is not compared side by side. */
const LONGEST_CLAUSES = 2_000_000;
/** Words with which a new part of a clause begins: who, may not, on what basis, unless, and then. */
const HEADS =
	/^(?:shall|may|must|unless|except|if|when|where|provided|solely|on|that|deberá|podrá|salvo|si|cuando|excepto)$/i;
/** A phrase has at least so many words: fewer are no row of their own. */
const FEWEST_WORDS = 4;

/**
 * One clause of several texts as rows of corresponding phrases. The text that has most words in common with all others is cut
 * into phrases; every other is matched to it word by word, and a sentence that stands between two phrases in others alone is a
 * row of its own. The cells of a column, one after the other, are its text to the letter, and the order of the texts changes
 * nothing but the order of the columns. Null for more than `MOST_TEXTS` or very long ones.
 */
export function sideBySide(texts: readonly string[]): Row[] | null {
	if (texts.length > MOST_TEXTS || texts.reduce((sum, { length }) => sum + length, 0) > LONGEST_CLAUSES) return null;
	const distinct = [...new Set(texts)].filter((text) => text !== '').sort((one, other) => (one < other ? -1 : 1));
	const words = lexicon();
	const scans = distinct.map((text) => scan(text, words));
	const middle = mostCommon(scans, words);
	const pivot = scans[middle];
	if (!pivot) return [];
	const cuts = phrases(pivot);
	const columns = scans.map((one, n) => (n === middle ? whole(pivot, cuts) : column(pivot, cuts, one, words)));
	const rows: Row[] = [];
	for (let n = 0; n < 2 * cuts.length + 1; n++) {
		const cell = new Map(columns.map((list, at) => [distinct[at], list[n] || null]));
		const cells = texts.map((text) => cell.get(text) ?? null);
		if (cells.some((one) => one !== null)) rows.push({ cells });
	}
	return rows;
}

/** Index of the text with most tokens in common with all; the first by its letters where several have. */
function mostCommon(scans: readonly Scan[], words: Pick<Lexicon, 'size'>): number {
	let [best, at] = [-1, 0];
	const times = new Int32Array(words.size);
	scans.forEach((one, n) => {
		let common = 0;
		for (const other of scans) common += shared(one.id, other.id, times);
		const share = common / Math.max(1, one.count);
		const value = common * share;
		if (value > best) [best, at] = [value, n];
	});
	return at;
}

/** First tokens of the phrases of a text, the first being 0: at heads and behind signs that end something. */
function phrases({ text, start, end, word, count }: Scan): number[] {
	const cuts = [0];
	let long = 0;
	for (let at = 0; at < count; at++) {
		const token = text.slice(start[at], Math.min(end[at] as number, (start[at] as number) + 12));
		const before = at > 0 && word[at - 1] === 0 ? text.charAt(start[at - 1] as number) : '';
		if (long >= FEWEST_WORDS && word[at] === 1 && (/[.;:]/.test(before) || HEADS.test(token))) {
			cuts.push(at);
			long = 0;
		}
		if (word[at] === 1) long++;
	}
	return cuts;
}

/** Cells of the middle text: nothing before each phrase, then the phrase, nothing behind the last. */
function whole(pivot: Scan, cuts: readonly number[]): string[] {
	return [...cuts.flatMap((from, n) => ['', stretch(pivot, from, cuts[n + 1] ?? pivot.count)]), ''];
}

/** Whether tokens [from, to) are a sentence or more, or none: fewer words go with the phrase before or behind them. */
function standsAlone({ text, start, word }: Scan, from: number, to: number): boolean {
	if (from >= to) return true;
	let long = 0;
	for (let at = from; at < to; at++) long += word[at] as number;
	return long >= FEWEST_WORDS && /[.;:]/.test(text.charAt(start[from - 1] as number));
}

/** Cells of another text by the phrases of the middle one; a sentence between two of them has a cell of its own. */
function column(pivot: Scan, cuts: readonly number[], other: Scan, words: Pick<Lexicon, 'joints'>): string[] {
	if (other.count === 0) return [other.text, ...Array.from({ length: 2 * cuts.length }, () => '')];
	const partner = new Int32Array(pivot.count).fill(-1);
	pairUp(pivot.id, other.id, [{ a0: 0, a1: pivot.count, b0: 0, b1: other.count }], partner);
	const changes = hunks(pivot, 0, pivot.count, other, 0, other.count, partner, words.joints);
	// By phrase, the tokens of the other text that stand for it: [from, to).
	const [from, to] = [new Int32Array(cuts.length), new Int32Array(cuts.length)];
	cuts.forEach((begin, n) => {
		[from[n], to[n]] = [across(begin, true), across(cuts[n + 1] ?? pivot.count, false)];
	});
	const cells: string[] = [];
	let at = 0;
	for (let n = 0; n <= cuts.length; n++) {
		const begin = n === cuts.length ? other.count : Math.max(at, from[n] as number);
		const end = n === cuts.length ? begin : Math.max(begin, to[n] as number);
		const place = n === 0 || standsAlone(other, at, begin) ? 'own' : other.word[begin - 1] === 0 ? 'last' : 'next';
		const between = stretch(other, at, begin);
		if (place === 'own' && n > 0) cells.push(between, stretch(other, begin, end));
		else if (place === 'last' || n === cuts.length) {
			cells[cells.length - 1] += between;
			cells.push('', stretch(other, begin, end));
		} else cells.push('', between + stretch(other, begin, end));
		at = end;
	}
	return cells.slice(0, 2 * cuts.length + 1);

	/** Token of the other text at a border of the middle one; an insertion there lies outside the phrases on either side. */
	function across(border: number, begins: boolean): number {
		let [i, j] = [0, 0];
		for (const { a0, a1, b0, b1 } of changes) {
			if (border < a0) break;
			if (border === a0 && a0 === a1) return begins ? b1 : b0;
			if (border === a0) return b0;
			if (border < a1) return a1 - a0 === 0 ? b0 : b0 + Math.round(((border - a0) / (a1 - a0)) * (b1 - b0));
			[i, j] = [a1, b1];
		}
		return j + (border - i);
	}
}

/** Tokens [from, to) with the space before each; the last takes the space behind it. */
function stretch({ text, count, end }: Scan, from: number, to: number): string {
	if (count === 0) return text;
	if (from >= to) return '';
	return text.slice(from === 0 ? 0 : (end[from - 1] as number), to === count ? text.length : end[to - 1]);
}
