import { type Fingerprints, SHINGLE } from './fingerprint.ts';
import { sorted } from './posting.ts';

/** A text made ready to be aligned with many others. */
export interface Prepared {
	readonly keys: Uint32Array;
	/** Weight of each term in nats, less PLAIN. */
	readonly weights: Float32Array;
	/** Fingerprints by rising hash, and where each stands. */
	readonly hashes: Uint32Array;
	readonly at: Uint32Array;
}

/** Stretches of two texts that say the same in the same words, as indices of terms: [a0, a1) and [b0, b1). */
export interface Span {
	readonly a0: number;
	readonly a1: number;
	readonly b0: number;
	readonly b1: number;
	/** Terms that stand in both. */
	readonly same: number;
	/** What these weigh together, less what was passed over: an enacting clause stays near 0. */
	readonly score: number;
}

export interface Spans {
	/** Heaviest first. */
	readonly spans: readonly Span[];
	/** True where a limit ended the search: there may be more. */
	readonly cut: boolean;
}

/** Score from which a span is kept: some four rare words, or a longer run of plain ones. */
const LEAST_SCORE = 10;
/** A run without a gap that weighs less is not followed further: an enacting clause, a phrase of the trade. */
const LEAST_RUN = 5;
/** A fingerprint that stands this often in one of the texts is a drafting habit; the first of them are followed. */
const MOST_REPEATS = 6;
/** Terms skipped on both sides together in search of the place where two texts agree again. */
const LONGEST_LEAP = 20;
/** What a term must weigh to speak for a span and not against it: a run of words that stand in most texts is boilerplate. */
const PLAIN = 0.5;
/** What a term passed over costs, and each leap besides. */
const PASSED = 0.4;
const LEAP = 0.6;
/** A stretch is given up when it has lost so much since its best end. */
const LOST = 10;
/** Two spans in order that lie at most so many terms apart in both texts are one with a gap. */
const NEAR = 40;
/** Terms looked at for one pair of texts, by the sum of their lengths; repeated text would cost their product. */
const WORK_A_TERM = 40;
const WORK_AT_LEAST = 20_000;
/** Spans kept of one pair; nobody reads more. */
const MOST_SPANS = 500;

export function prepared(keys: Uint32Array, weights: Float32Array, prints: Fingerprints): Prepared {
	const { hashes, at } = prints.hashes.length > FEW ? byDigits(prints) : byHash(prints);
	return { keys, weights: weights.map((weight) => weight - PLAIN), hashes, at };
}

/** Sorting by digits counts two thousand of them each time, which few fingerprints are not worth. */
const FEW = 3_000;

function byDigits({ hashes, at }: Fingerprints): Fingerprints {
	const [rising, places] = sorted(hashes.slice(), at.slice());
	return { hashes: rising, at: places };
}

/** Fingerprints by rising hash, and those of one hash by rising place. */
export function byHash({ hashes, at }: Fingerprints): Fingerprints {
	// A hash and a place in one number: 32 bits and 21 of a double's 53.
	const both = Float64Array.from(hashes, (hash, n) => hash * PLACES + (at[n] as number)).sort();
	return {
		hashes: Uint32Array.from(both, (one) => Math.floor(one / PLACES)),
		at: Uint32Array.from(both, (one) => one % PLACES),
	};
}

const PLACES = 2 ** 21;

/** Score of a stretch without gaps whose terms weigh this much, in nats: what each weighs over PLAIN. */
export function scoreOf(weights: readonly number[]): number {
	return weights.reduce((sum, weight) => sum + weight - PLAIN, 0);
}

/**
 * The stretches that two texts share, with gaps: shared fingerprints are extended both ways as long as the weight of what agrees outruns
 * what is passed over, and neighbours are joined. Time is bounded by WORK_A_TERM times the lengths, memory by the spans.
 */
export function spansOf(a: Prepared, b: Prepared, least = LEAST_SCORE): Spans {
	return against(b)(a, least);
}

/**
 * `spansOf` for many texts beside one, the second of each pair: what two texts share is looked up instead of merged, and most pairs
 * of a shelf share a clause of the trade and nothing else.
 */
export function against(b: Prepared): (a: Prepared, least?: number) => Spans {
	const first = firstPlaces(b.hashes);
	return (a, least = LEAST_SCORE) => {
		const search = new Search(a, b);
		search.run(first);
		return search.made(least);
	};
}

/** Where each hash of a rising row stands first, plus 1, in a table of a power of two; 0 is an empty slot. */
function firstPlaces(hashes: Uint32Array): Uint32Array {
	const slots = new Uint32Array(2 ** Math.ceil(Math.log2(hashes.length * SPARSE + 2)));
	const mask = slots.length - 1;
	for (let n = 0; n < hashes.length; n++) {
		if (n > 0 && hashes[n] === hashes[n - 1]) continue;
		let slot = (hashes[n] as number) & mask;
		while (slots[slot] !== 0) slot = (slot + 1) & mask;
		slots[slot] = n + 1;
	}
	return slots;
}

/** Slots for each hash: hardly any hash of another text then meets a taken one. */
const SPARSE = 4;

class Search {
	readonly #a: Prepared;
	readonly #b: Prepared;
	readonly #found: Span[] = [];
	#work: number;
	// Outcome of the last extension.
	#i = 0;
	#j = 0;
	#same = 0;
	#score = 0;

	constructor(a: Prepared, b: Prepared) {
		this.#a = a;
		this.#b = b;
		this.#work = Math.max(WORK_AT_LEAST, WORK_A_TERM * (a.keys.length + b.keys.length));
	}

	/** @param first where each hash of the second text stands first */
	run(first: Uint32Array): void {
		const [left, right] = [this.#a.hashes, this.#b.hashes];
		const mask = first.length - 1;
		for (let i = 0; i < left.length; i++) {
			const hash = left[i] as number;
			let slot = hash & mask;
			let place = first[slot] as number;
			while (place !== 0 && right[place - 1] !== hash) {
				slot = (slot + 1) & mask;
				place = first[slot] as number;
			}
			if (place === 0) continue;
			const j = place - 1;
			let [endI, endJ] = [i + 1, j + 1];
			while (endI < left.length && left[endI] === hash) endI++;
			while (endJ < right.length && right[endJ] === hash) endJ++;
			this.#follow(i, Math.min(endI, i + MOST_REPEATS), j, Math.min(endJ, j + MOST_REPEATS));
			if (this.#work <= 0 || this.#found.length >= MOST_SPANS * 4) return;
			i = endI - 1;
		}
	}

	made(least: number): Spans {
		const kept = apart(joined(this.#found)).filter(({ score }) => score >= least);
		return { spans: kept.slice(0, MOST_SPANS), cut: this.#work <= 0 || kept.length > MOST_SPANS };
	}

	#follow(i0: number, i1: number, j0: number, j1: number): void {
		for (let i = i0; i < i1; i++) {
			for (let j = j0; j < j1; j++) {
				const [a, b] = [this.#a.at[i] as number, this.#b.at[j] as number];
				if (!this.#known(a, b) && this.#agree(a, b)) this.#seed(a, b);
				if (this.#work <= 0) return;
			}
		}
	}

	/** Whether a span that was found already leads through the place. */
	#known(a: number, b: number): boolean {
		for (let n = this.#found.length - 1; n >= 0; n--) {
			const { a0, a1, b0, b1 } = this.#found[n] as Span;
			if (a >= a0 && a < a1 && b >= b0 && b < b1) return true;
		}
		this.#work -= this.#found.length;
		return false;
	}

	/** Equal hashes are equal terms but once in billions. */
	#agree(a: number, b: number): boolean {
		for (let n = 0; n < SHINGLE; n++) if (this.#a.keys[a + n] !== this.#b.keys[b + n]) return false;
		return true;
	}

	/** Follows a shared fingerprint as far as the words agree, and over gaps only where they weigh something. */
	#seed(a: number, b: number): void {
		const { keys, weights } = this.#a;
		const other = this.#b.keys;
		let [a0, b0, a1, b1] = [a, b, a, b];
		let score = 0;
		while (a1 < keys.length && b1 < other.length && keys[a1] === other[b1]) {
			score += weights[a1++] as number;
			b1++;
		}
		while (a0 > 0 && b0 > 0 && keys[a0 - 1] === other[b0 - 1]) {
			score += weights[--a0] as number;
			b0--;
		}
		this.#work -= a1 - a0;
		if (score < LEAST_RUN) return;
		this.#extend(a1, b1, 1);
		const same = a1 - a0 + this.#same;
		score += this.#score;
		[a1, b1] = [this.#i, this.#j];
		this.#extend(a0 - 1, b0 - 1, -1);
		this.#found.push({
			a0: this.#i + 1,
			a1,
			b0: this.#j + 1,
			b1,
			same: same + this.#same,
			score: score + this.#score,
		});
	}

	/** From (i, j) on in one direction; leaves the first place that no longer belongs, the terms agreed on and the score. */
	#extend(i: number, j: number, step: 1 | -1): void {
		const { keys: a, weights } = this.#a;
		const b = this.#b.keys;
		let [best, bestI, bestJ, bestSame] = [0, i, j, 0];
		let [score, same] = [0, 0];
		const from = i;
		while (i >= 0 && j >= 0 && i < a.length && j < b.length) {
			if (a[i] === b[j]) {
				score += weights[i] as number;
				same++;
				i += step;
				j += step;
				if (score >= best) [best, bestI, bestJ, bestSame] = [score, i, j, same];
				continue;
			}
			const leap = this.#leap(i, j, step);
			if (leap < 0) break;
			const [da, db] = [Math.floor(leap / 64), leap % 64];
			score -= LEAP + PASSED * Math.max(da, db);
			i += da * step;
			j += db * step;
			if (best - score > LOST) break;
		}
		this.#work -= Math.abs(i - from);
		this.#i = bestI;
		this.#j = bestJ;
		this.#same = bestSame;
		this.#score = best;
	}

	/** Terms to skip in each text, 64 * da + db, so that two agree again; the fewest. -1 where none do. */
	#leap(i: number, j: number, step: 1 | -1): number {
		const a = this.#a.keys;
		const b = this.#b.keys;
		// The last places at which two terms in a row can stand, in the direction of the search.
		const roomA = step === 1 ? a.length - 2 - i : i - 1;
		const roomB = step === 1 ? b.length - 2 - j : j - 1;
		const most = Math.min(LONGEST_LEAP, roomA + roomB);
		for (let sum = 1; sum <= most; sum++) {
			// Replaced words first, then what was only inserted or struck: from the middle outward.
			const half = sum >> 1;
			for (let n = 0; n <= sum; n++) {
				const da = half + (n & 1 ? (n + 1) >> 1 : -(n >> 1));
				const db = sum - da;
				if (da > roomA || db > roomB) continue;
				const x = i + da * step;
				const y = j + db * step;
				if (a[x] === b[y] && a[x + step] === b[y + step]) {
					this.#work -= (sum * sum) >> 1;
					return da * 64 + db;
				}
			}
		}
		this.#work -= (LONGEST_LEAP * LONGEST_LEAP) >> 1;
		return -1;
	}
}

/** Spans in order that lie near each other become one, where that weighs more than the heavier of them. */
function joined(found: Span[]): Span[] {
	const kept: Span[] = [];
	for (const next of found.sort((one, other) => one.a0 - other.a0 || one.b0 - other.b0)) {
		const last = kept.at(-1);
		const [da, db] = last ? [next.a0 - last.a1, next.b0 - last.b1] : [-1, -1];
		const score = last ? last.score + next.score - LEAP - PASSED * Math.max(da, db) : 0;
		if (last && da >= 0 && db >= 0 && da <= NEAR && db <= NEAR && score > Math.max(last.score, next.score))
			kept[kept.length - 1] = {
				a0: last.a0,
				a1: next.a1,
				b0: last.b0,
				b1: next.b1,
				same: last.same + next.same,
				score,
			};
		else kept.push(next);
	}
	return kept;
}

/** Heaviest first; a span that lies inside a heavier one on both sides is dropped. */
function apart(found: Span[]): Span[] {
	const kept: Span[] = [];
	for (const span of found.sort((one, other) => other.score - one.score || one.a0 - other.a0 || one.b0 - other.b0)) {
		const inside = kept.some(({ a0, a1, b0, b1 }) => span.a0 >= a0 && span.a1 <= a1 && span.b0 >= b0 && span.b1 <= b1);
		if (!inside) kept.push(span);
		if (kept.length > MOST_SPANS) break;
	}
	return kept;
}
