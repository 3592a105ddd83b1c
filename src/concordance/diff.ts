/** Stretch that two sequences share: `length` entries from `a` in the first and `b` in the second. */
export interface Match {
	readonly a: number;
	readonly b: number;
	readonly length: number;
}

/** Parts of two sequences: [a0, a1) of the first, [b0, b1) of the second. */
interface Box {
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

/**
 * What two sequences of numbers share, in order: Myers' greedy algorithm in its linear-space form (E. Myers, "An O(ND)
 * difference algorithm and its variations", 1986), on what occurs in both. Space is linear; time is O(ND) up to a bound
 * on D, beyond which the result is still common to both, but perhaps not the longest.
 */
export function matches(first: Int32Array, second: Int32Array): Match[] {
	const [placesA, placesB] = [shared(first, second), shared(second, first)];
	const a = placesA.map((at) => first[at] as number);
	const b = placesB.map((at) => second[at] as number);
	const found: Match[] = [];
	const reach = Math.min(Math.ceil((a.length + b.length) / 2), LONGEST_SEARCH) + 2;
	const rows = { forward: new Int32Array(2 * reach + 1), backward: new Int32Array(2 * reach + 1) };
	const pending: Box[] = [{ a0: 0, a1: a.length, b0: 0, b1: b.length }];
	for (let box = pending.pop(); box; box = pending.pop()) {
		const core = trimmed(a, b, box, found);
		if (core.a0 === core.a1 || core.b0 === core.b1) continue;
		const split = middle(a, b, core, rows);
		if (!split) continue;
		const { x, y } = split;
		pending.push({ ...core, a1: x, b1: y }, { ...core, a0: x, b0: y });
	}
	return joined(
		found
			.sort((one, other) => one.a - other.a)
			.flatMap(({ a: from, b: to, length }) =>
				Array.from({ length }, (_, i) => ({
					a: placesA[from + i] as number,
					b: placesB[to + i] as number,
					length: 1,
				})),
			),
	);
}

/** Where the entries of a sequence stand that occur in the other as well: the rest can match nothing. */
function shared(list: Int32Array, other: Int32Array): Int32Array {
	const known = new Set(other);
	return Int32Array.from(list.keys()).filter((at) => known.has(list[at] as number));
}

/** Takes off what the box begins and ends with in both. */
function trimmed(a: Int32Array, b: Int32Array, box: Box, found: Match[]): Box {
	let { a0, a1, b0, b1 } = box;
	while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) {
		a0++;
		b0++;
	}
	while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) {
		a1--;
		b1--;
	}
	if (a0 > box.a0) found.push({ a: box.a0, b: box.b0, length: a0 - box.a0 });
	if (a1 < box.a1) found.push({ a: a1, b: b1, length: box.a1 - a1 });
	return { a0, a1, b0, b1 };
}

/** A point on a shortest path through the box, or past the bound the furthest that was reached; null where nothing is shared. */
function middle(
	a: Int32Array,
	b: Int32Array,
	{ a0, a1, b0, b1 }: Box,
	{ forward, backward }: { forward: Int32Array; backward: Int32Array },
): { x: number; y: number } | null {
	const [n, m] = [a1 - a0, b1 - b0];
	const most = Math.min(Math.ceil((n + m) / 2), LONGEST_SEARCH);
	const zero = (forward.length - 1) / 2;
	forward.fill(-1, zero - most - 1, zero + most + 2);
	backward.fill(-1, zero - most - 1, zero + most + 2);
	forward[zero + 1] = 0;
	backward[zero + 1] = 0;
	const delta = n - m;
	// The two paths can meet only in the round of the end that moves second.
	const front = delta % 2 !== 0;
	const cut = { fromF: 0, toF: 0, fromB: 0, toB: 0 };
	let [reached, x, y] = [0, 0, 0];
	for (let d = 0; d < most; d++) {
		for (let k = -d + cut.fromF; k <= d - cut.toF; k += 2) {
			let i = step(forward, zero, k, d);
			let j = i - k;
			while (i < n && j < m && a[a0 + i] === b[b0 + j]) {
				i++;
				j++;
			}
			forward[zero + k] = i;
			if (i > n) cut.toF += 2;
			else if (j > m) cut.fromF += 2;
			else {
				if (i + j > reached && i + j < n + m) [reached, x, y] = [i + j, i, j];
				const met = front && Math.abs(delta - k) <= most ? (backward[zero + delta - k] as number) : -1;
				if (met >= 0 && i >= n - met) return { x: a0 + i, y: b0 + j };
			}
		}
		for (let k = -d + cut.fromB; k <= d - cut.toB; k += 2) {
			let i = step(backward, zero, k, d);
			let j = i - k;
			while (i < n && j < m && a[a1 - 1 - i] === b[b1 - 1 - j]) {
				i++;
				j++;
			}
			backward[zero + k] = i;
			if (i > n) cut.toB += 2;
			else if (j > m) cut.fromB += 2;
			else if (!front) {
				const met = Math.abs(delta - k) <= most ? (forward[zero + delta - k] as number) : -1;
				if (met >= 0 && met >= n - i) return { x: a0 + met, y: b0 + met - (delta - k) };
			}
		}
	}
	return most < LONGEST_SEARCH || reached === 0 ? null : { x: a0 + x, y: b0 + y };
}

/** Where a path on diagonal `k` begins its next run: one step from the neighbour that came further. */
function step(row: Int32Array, zero: number, k: number, d: number): number {
	const below = row[zero + k + 1] as number;
	const above = row[zero + k - 1] as number;
	return k === -d || (k !== d && above < below) ? below : above + 1;
}

function joined(sorted: readonly Match[]): Match[] {
	const whole: Match[] = [];
	for (const match of sorted) {
		const last = whole.at(-1);
		if (last && last.a + last.length === match.a && last.b + last.length === match.b)
			whole[whole.length - 1] = { ...last, length: last.length + match.length };
		else whole.push(match);
	}
	return whole;
}
