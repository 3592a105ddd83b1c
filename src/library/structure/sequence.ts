import type { ListLabel, Wrap } from './label.ts';
import type { Node } from './node.ts';
import type { Numeral, Style } from './numeral.ts';

/** A label of a line further down, to see how a list goes on. */
export interface Ahead {
	readonly wrap: Wrap;
	readonly numerals: readonly Numeral[];
}

/** Where a number belongs. */
export interface Place {
	/** Index in the path of the provision whose pieces it continues or begins. */
	readonly at: number;
	readonly numeral: Numeral;
	/** Null where it follows from the one before. */
	readonly odd: 'gap' | 'order' | 'unexpected' | 'slip' | null;
	/** What it was meant to be where it is a slip of recognition: `1` for `l`. */
	readonly sign: string | null;
}

/** Signs that recognition takes for each other. */
const SLIPS: Readonly<Record<string, string>> = {
	l: '1',
	I: '1',
	O: '0',
	o: '0',
	'1': 'l',
	'0': 'o',
	ll: '11',
	lO: '10',
	l0: '10',
	'1l': '11',
	l1: '11',
};
/** A gap of more numbers is no gap, but another list; letters skip fewer. */
const GAP_MOST = { '1': 40, other: 8 } as const;
/** A number that goes back is likelier a gap than a slip of order. */
const BACK = 10;

/**
 * Where in the path from the scope's root down to the last provision a number belongs. It continues the list whose last number
 * it follows, the innermost first; or it begins a list below the last provision. Whether `(i)` is the ninth letter or the first
 * roman numeral, the next of its siblings says, not the sign: `ahead` gives them in order.
 */
export function placeOf(
	label: ListLabel,
	path: readonly Node[],
	floor: number,
	removed: boolean,
	ahead: () => Iterable<Ahead>,
): Place {
	const last = path.length - 1;
	const follows = continuation(label, path, floor, removed);
	const starts = label.numerals.find(({ value }) => value <= 1 || (value > 1 && value < 1.99));
	if (
		follows &&
		(!starts || starts.style === follows.numeral.style || !begins(label, starts, follows.numeral, ahead))
	) {
		return { ...follows, odd: null, sign: null };
	}
	const slip = removed ? null : slipOf(label, path, floor, ahead);
	if (slip) return slip;
	if (starts) {
		// What an act quotes may begin with `i.`, the ninth subdivision: `j.` follows it.
		const later = label.numerals.find((way) => way.value > 1 && way.style !== starts.style);
		const letter = later !== undefined && follows === null && !begins(label, starts, later, ahead, true);
		return { at: last, numeral: letter ? later : starts, odd: null, sign: null };
	}
	return (
		nearest(label, path, floor, removed) ?? {
			// A definition holds no part of a list that is none of its own.
			at: Math.max(
				floor,
				path.findLastIndex(({ kind }) => kind !== 'definition'),
			),
			numeral: label.numerals[0] as Numeral,
			odd: 'unexpected',
			sign: null,
		}
	);
}

function continuation(
	label: Pick<ListLabel, 'wrap' | 'numerals'>,
	path: readonly Node[],
	floor: number,
	removed: boolean,
): { at: number; numeral: Numeral } | null {
	for (let at = path.length - 1; at >= floor; at--) {
		const list = path[at]?.numbering;
		if (!list || list.wrap !== label.wrap) continue;
		for (const numeral of label.numerals) {
			if (numeral.style !== list.style) continue;
			if (numeral.style === '*' || next(numeral.value, removed ? list.before : list.after)) return { at, numeral };
		}
	}
	return null;
}

/** `4` and `3-a` follow 3; a list whose numbers were all taken out begins anew with 1. */
function next(value: number, last: number | null): boolean {
	if (last === null) return value <= 1;
	return value > last && value <= Math.floor(last) + 1;
}

/** Whether a sign that would continue one list begins another: the next sibling follows it there. */
function begins(
	label: ListLabel,
	starts: Numeral,
	follows: Numeral,
	ahead: () => Iterable<Ahead>,
	unknown = false,
): boolean {
	for (const { wrap, numerals } of ahead()) {
		if (wrap !== label.wrap) continue;
		const is = (style: Style, value: number): boolean =>
			numerals.some((way) => way.style === style && Math.floor(way.value) === value);
		if (is(follows.style, Math.floor(follows.value) + 1) || is(starts.style, 1)) return false;
		if (is(starts.style, 2)) return true;
	}
	return unknown;
}

function slipOf(label: ListLabel, path: readonly Node[], floor: number, ahead: () => Iterable<Ahead>): Place | null {
	const meant = SLIPS[label.sign];
	if (meant === undefined) return null;
	const style: Style = /\d/.test(meant) ? '1' : 'a';
	const numeral: Numeral = { style, value: /\d/.test(meant) ? Number(meant) : meant.charCodeAt(0) - 96 };
	const found = continuation({ wrap: label.wrap, numerals: [numeral] }, path, floor, false);
	if (found && confirmed(label.wrap, numeral, ahead)) return { ...found, odd: 'slip', sign: meant };
	if (numeral.value !== 1 || style !== '1' || !confirmed(label.wrap, numeral, ahead)) return null;
	return { at: path.length - 1, numeral, odd: 'slip', sign: meant };
}

/** Whether the next number of that wrap goes on from what a slip was meant to be; the last of a list has none. */
function confirmed(wrap: Wrap, numeral: Numeral, ahead: () => Iterable<Ahead>): boolean {
	for (const { wrap: other, numerals } of ahead()) {
		if (other !== wrap) continue;
		if (numerals.some(({ style, value }) => style === numeral.style && value === numeral.value + 1)) return true;
		if (numeral.value === 1 && !numerals.some(({ style }) => style === numeral.style)) continue;
		return false;
	}
	return false;
}

/** The list of the same kind that it misses by least. */
function nearest(label: ListLabel, path: readonly Node[], floor: number, removed: boolean): Place | null {
	let best: Place | null = null;
	let least = Number.POSITIVE_INFINITY;
	for (let at = path.length - 1; at >= floor; at--) {
		const list = path[at]?.numbering;
		if (!list || list.wrap !== label.wrap) continue;
		for (const numeral of label.numerals) {
			if (numeral.style !== list.style) continue;
			const from = (removed ? list.before : list.after) ?? 0;
			const most = GAP_MOST[numeral.style === '1' ? '1' : 'other'];
			const miss = numeral.value > from ? numeral.value - from : BACK + from - numeral.value;
			if (miss >= least || numeral.value - from > most) continue;
			least = miss;
			best = { at, numeral, odd: numeral.value > from ? 'gap' : 'order', sign: null };
		}
	}
	return best;
}
