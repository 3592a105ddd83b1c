import { anchors, rising } from './shingle.ts';

/** Stretch that two sequences share: `length` entries from `a` in the first and `b` in the second. */
export interface Match {
	readonly a: number;
	readonly b: number;
	readonly length: number;
}

/** Parts of two sequences: [a0, a1) of the first, [b0, b1) of the second. */
export interface Box {
	readonly a0: number;
	readonly a1: number;
	readonly b0: number;
	readonly b1: number;
}

/**
 * Edits from either end after which the search for a middle settles for the furthest point it reached: two texts that
 * share nothing would otherwise cost the product of their lengths. Two versions of a bill of 20 KB need fewer.
 */
const LONGEST_SEARCH = 2_000;
/** Steps of all searches of one comparison, some 0.3 s; after them each search ends after `SHORT_SEARCH` edits. */
const MOST_STEPS = 40_000_000;
const SHORT_SEARCH = 64;
/** Boxes whose sides sum to less than this are searched at once: anchors would cost more than they save. */
const SMALL = 48;

/** Arrays and the budget that the searches of one comparison share. */
interface Work {
	readonly forward: Int32Array;
	readonly backward: Int32Array;
	readonly zero: number;
	/** By entry, the last of the `stamps` that it was marked with. */
	readonly stamp: Int32Array;
	stamps: number;
	steps: number;
	x: number;
	y: number;
}

/**
 * What two sequences of numbers share, in order: rows of entries that stand once in both hold the rest in place (patience
 * diff), and between them goes Myers' greedy algorithm in its linear-space form (E. Myers, "An O(ND) difference algorithm
 * and its variations", 1986). Space is linear; time is O(ND) up to a bound on D and on all steps, beyond which the
 * result is still common to both, but perhaps not the longest. Entries are small numbers from 0: a table is kept by them.
 */
export function matches(first: Int32Array, second: Int32Array): Match[] {
	const partner = new Int32Array(first.length).fill(-1);
	pairUp(first, second, [{ a0: 0, a1: first.length, b0: 0, b1: second.length }], partner);
	const found: Match[] = [];
	for (let i = 0; i < partner.length; ) {
		const j = partner[i] as number;
		let length = 1;
		if (j >= 0) {
			while (i + length < partner.length && partner[i + length] === j + length) length++;
			found.push({ a: i, b: j, length });
		}
		i += length;
	}
	return found;
}

/** The same of small numbers, inside each box alone: `partner[i]` becomes the index in the second of what the first has at `i`; others stay as they were. */
export function pairUp(first: Int32Array, second: Int32Array, boxes: readonly Box[], partner: Int32Array): void {
	const longest = boxes.reduce((most, { a0, a1, b0, b1 }) => Math.max(most, a1 - a0 + b1 - b0), 0);
	const reach = Math.min((longest >> 1) + 1, LONGEST_SEARCH) + 3;
	const work: Work = {
		forward: new Int32Array(2 * reach + 1),
		backward: new Int32Array(2 * reach + 1),
		zero: reach,
		stamp: new Int32Array(Math.max(highest(first), highest(second)) + 1),
		stamps: 0,
		steps: 0,
		x: 0,
		y: 0,
	};
	for (const box of boxes) anchored(first, second, box, partner, work);
}

function highest(list: Int32Array): number {
	let most = 0;
	for (let at = 0; at < list.length; at++) if ((list[at] as number) > most) most = list[at] as number;
	return most;
}

/** Holds the box in place by anchors and searches what lies between them. */
function anchored(a: Int32Array, b: Int32Array, box: Box, partner: Int32Array, work: Work): void {
	let { a0, a1, b0, b1 } = box;
	while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) partner[a0++] = b0++;
	while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) partner[--a1] = --b1;
	if (a0 === a1 || b0 === b1) return;
	if (a1 - a0 + b1 - b0 < SMALL) {
		searched(a, b, a0, a1, b0, b1, partner, work);
		return;
	}
	const marks = anchors(a, a0, a1, b, b0, b1);
	const row = rising(marks.b, marks.count);
	let [i, j] = [a0, b0];
	for (const n of row) {
		const [at, to] = [marks.a[n] as number, marks.b[n] as number];
		if (at < i || to < j) continue;
		let [x, y] = [at, to];
		while (x > i && y > j && a[x - 1] === b[y - 1]) {
			x--;
			y--;
		}
		if (x > i && y > j) narrowed(a, b, i, x, j, y, partner, work);
		while (x < a1 && y < b1 && a[x] === b[y]) partner[x++] = y++;
		[i, j] = [x, y];
	}
	if (i < a1 && j < b1) narrowed(a, b, i, a1, j, b1, partner, work);
}

/** Leaves out what stands in one of the two alone, which can match nothing, before it searches. */
function narrowed(
	a: Int32Array,
	b: Int32Array,
	a0: number,
	a1: number,
	b0: number,
	b1: number,
	partner: Int32Array,
	work: Work,
): void {
	if (a1 - a0 + b1 - b0 < SMALL) {
		searched(a, b, a0, a1, b0, b1, partner, work);
		return;
	}
	const { stamp } = work;
	const [inA, inBoth] = [work.stamps + 1, work.stamps + 2];
	work.stamps += 2;
	for (let i = a0; i < a1; i++) stamp[a[i] as number] = inA;
	for (let j = b0; j < b1; j++) if ((stamp[b[j] as number] as number) >= inA) stamp[b[j] as number] = inBoth;
	const placesA = places(a, a0, a1, stamp, inBoth);
	const placesB = places(b, b0, b1, stamp, inBoth);
	if (placesA.length === 0) return;
	const [one, other] = [placesA.map((at) => a[at] as number), placesB.map((at) => b[at] as number)];
	const own = new Int32Array(one.length).fill(-1);
	searched(one, other, 0, one.length, 0, other.length, own, work);
	for (let n = 0; n < own.length; n++)
		if ((own[n] as number) >= 0) partner[placesA[n] as number] = placesB[own[n] as number] as number;
}

function places(list: Int32Array, from: number, to: number, stamp: Int32Array, wanted: number): Int32Array {
	const found = new Int32Array(to - from);
	let count = 0;
	for (let at = from; at < to; at++) if (stamp[list[at] as number] === wanted) found[count++] = at;
	return found.subarray(0, count);
}

function searched(
	a: Int32Array,
	b: Int32Array,
	fromA: number,
	toA: number,
	fromB: number,
	toB: number,
	partner: Int32Array,
	work: Work,
): void {
	const pending = [fromA, toA, fromB, toB];
	while (pending.length > 0) {
		let b1 = pending.pop() as number;
		let b0 = pending.pop() as number;
		let a1 = pending.pop() as number;
		let a0 = pending.pop() as number;
		while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) partner[a0++] = b0++;
		while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) partner[--a1] = --b1;
		if (a0 === a1 || b0 === b1) continue;
		if (a1 - a0 === 1) {
			let at = b0;
			while (at < b1 && b[at] !== a[a0]) at++;
			if (at < b1) partner[a0] = at;
		} else if (b1 - b0 === 1) {
			let at = a0;
			while (at < a1 && a[at] !== b[b0]) at++;
			if (at < a1) partner[at] = b0;
		} else if (middle(a, b, a0, a1, b0, b1, work)) {
			const { x, y } = work;
			pending.push(a0, x, b0, y, x, a1, y, b1);
		}
	}
}

/** Finds a point on a shortest path through the box, or past the bound the furthest that was reached; false where nothing is shared. */
function middle(a: Int32Array, b: Int32Array, a0: number, a1: number, b0: number, b1: number, work: Work): boolean {
	const { forward, backward, zero } = work;
	const [n, m] = [a1 - a0, b1 - b0];
	const bound = work.steps > MOST_STEPS ? SHORT_SEARCH : LONGEST_SEARCH;
	const most = Math.min((n + m + 1) >> 1, bound);
	forward.fill(-1, zero - most - 1, zero + most + 2);
	backward.fill(-1, zero - most - 1, zero + most + 2);
	forward[zero + 1] = 0;
	backward[zero + 1] = 0;
	const delta = n - m;
	// The two paths can meet only in the round of the end that moves second.
	const front = delta % 2 !== 0;
	let [fromF, toF, fromB, toB] = [0, 0, 0, 0];
	let [reached, x, y] = [0, 0, 0];
	for (let d = 0; d < most; d++) {
		work.steps += 2 * d + 2;
		for (let k = -d + fromF; k <= d - toF; k += 2) {
			const [below, above] = [forward[zero + k + 1] as number, forward[zero + k - 1] as number];
			let i = k === -d || (k !== d && above < below) ? below : above + 1;
			let j = i - k;
			while (i < n && j < m && a[a0 + i] === b[b0 + j]) {
				i++;
				j++;
			}
			forward[zero + k] = i;
			if (i > n) toF += 2;
			else if (j > m) fromF += 2;
			else {
				if (i + j > reached && i + j < n + m) [reached, x, y] = [i + j, i, j];
				const met = front && Math.abs(delta - k) <= most ? (backward[zero + delta - k] as number) : -1;
				if (met >= 0 && i >= n - met) {
					[work.x, work.y] = [a0 + i, b0 + j];
					return true;
				}
			}
		}
		for (let k = -d + fromB; k <= d - toB; k += 2) {
			const [below, above] = [backward[zero + k + 1] as number, backward[zero + k - 1] as number];
			let i = k === -d || (k !== d && above < below) ? below : above + 1;
			let j = i - k;
			while (i < n && j < m && a[a1 - 1 - i] === b[b1 - 1 - j]) {
				i++;
				j++;
			}
			backward[zero + k] = i;
			if (i > n) toB += 2;
			else if (j > m) fromB += 2;
			else if (!front) {
				const met = Math.abs(delta - k) <= most ? (forward[zero + delta - k] as number) : -1;
				if (met >= 0 && met >= n - i) {
					[work.x, work.y] = [a0 + met, b0 + met - (delta - k)];
					return true;
				}
			}
		}
	}
	if (most < bound || reached === 0) return false;
	[work.x, work.y] = [a0 + x, b0 + y];
	return true;
}
