/** Tokens in a row that mark a place: fewer repeat too often, more miss what lies between two edits. */
const LENGTH = 4;

/** Places in two sequences of numbers where the same row of tokens stands, once in each; rising in the first. */
export interface Anchors {
	readonly count: number;
	readonly a: Int32Array;
	readonly b: Int32Array;
}

/**
 * Rows of `LENGTH` tokens that occur exactly once in [a0, a1) of the first and [b0, b1) of the second sequence
 * (B. Cohen's patience diff, on rows instead of lines). Linear time and space; rows are compared, not only their hashes.
 */
export function anchors(
	first: Int32Array,
	a0: number,
	a1: number,
	second: Int32Array,
	b0: number,
	b1: number,
): Anchors {
	const [n, m] = [Math.max(0, a1 - a0 - LENGTH + 1), Math.max(0, b1 - b0 - LENGTH + 1)];
	if (n === 0 || m === 0) return { count: 0, a: new Int32Array(0), b: new Int32Array(0) };
	const slots = 1 << (32 - Math.clz32(2 * n));
	const mask = slots - 1;
	// Where a row stands in the first sequence: position + 1, negative once it was seen again; 0 is an empty slot.
	const place = new Int32Array(slots);
	const partner = new Int32Array(slots).fill(-1);
	for (let i = 0; i < n; i++) {
		let slot = hash(first, a0 + i) & mask;
		for (let seen = place[slot] as number; seen !== 0; seen = place[slot] as number) {
			const at = Math.abs(seen) - 1;
			if (same(first, a0 + at, first, a0 + i)) break;
			slot = (slot + 1) & mask;
		}
		place[slot] = place[slot] === 0 ? i + 1 : -Math.abs(place[slot] as number);
	}
	for (let j = 0; j < m; j++) {
		let slot = hash(second, b0 + j) & mask;
		for (let seen = place[slot] as number; seen !== 0; seen = place[slot] as number) {
			if (same(first, a0 + Math.abs(seen) - 1, second, b0 + j)) {
				if (seen > 0) partner[slot] = partner[slot] === -1 ? j : -2;
				break;
			}
			slot = (slot + 1) & mask;
		}
	}
	const found = new Int32Array(n).fill(-1);
	let count = 0;
	for (let slot = 0; slot < slots; slot++) {
		if ((partner[slot] as number) < 0) continue;
		found[(place[slot] as number) - 1] = partner[slot] as number;
		count++;
	}
	const [a, b] = [new Int32Array(count), new Int32Array(count)];
	for (let i = 0, at = 0; i < n; i++) {
		if ((found[i] as number) < 0) continue;
		a[at] = a0 + i;
		b[at++] = b0 + (found[i] as number);
	}
	return { count, a, b };
}

/** Positions of a longest rising row of a list of different numbers, in order. */
export function rising(list: Int32Array, count: number): Int32Array {
	const ends = new Int32Array(count);
	const previous = new Int32Array(count);
	let length = 0;
	for (let at = 0; at < count; at++) {
		const value = list[at] as number;
		let [low, high] = [0, length];
		while (low < high) {
			const half = (low + high) >> 1;
			if ((list[ends[half] as number] as number) < value) low = half + 1;
			else high = half;
		}
		previous[at] = low > 0 ? (ends[low - 1] as number) : -1;
		ends[low] = at;
		if (low === length) length++;
	}
	const row = new Int32Array(length);
	for (let at = length > 0 ? (ends[length - 1] as number) : -1, n = length - 1; n >= 0; n--) {
		row[n] = at;
		at = previous[at] as number;
	}
	return row;
}

function hash(list: Int32Array, at: number): number {
	let value = 0;
	for (let n = 0; n < LENGTH; n++) value = Math.imul(value ^ (list[at + n] as number), 0x9e3779b1);
	return value ^ (value >>> 15);
}

function same(one: Int32Array, i: number, other: Int32Array, j: number): boolean {
	for (let n = 0; n < LENGTH; n++) if (one[i + n] !== other[j + n]) return false;
	return true;
}
