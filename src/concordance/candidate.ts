import type { Fingerprints } from './fingerprint.ts';
import { find, type Postings } from './posting.ts';

/** Pairs of texts that are worth aligning; `left[n]` stands before `right[n]` in the order of the texts. */
export interface Candidates {
	readonly left: Uint32Array;
	readonly right: Uint32Array;
	/** What their shared fingerprints weigh together, in nats: the rarer, the more. */
	readonly weight: Float32Array;
	/** What the limit left out, so that nobody takes absence for a finding. */
	readonly cut: Cut;
}

export interface Cut {
	/** Fingerprints that stand in more texts than `commonest` and were not looked at. */
	readonly fingerprints: number;
	/** Pairs of texts they would have named, each as often as it shares one. */
	readonly pairs: number;
}

/** The texts nearest to one, heaviest first. */
export interface Neighbours {
	readonly near: readonly Near[];
	/** Further ones, lighter than all of these, that the limit left out. */
	readonly cut: number;
}

/** A text near another, and the weight of what they share. */
export interface Near {
	readonly text: number;
	readonly weight: number;
}

/**
 * Weight from which two texts are a pair: one fingerprint that one in eight of the texts holds is enough, or several that are more common.
 * What says nothing else, such as an enacting clause, stays below.
 */
const LEAST_WEIGHT = 2;
/**
 * Weight from which aligning a pair is worth the time: below, what is shared is one clause of the trade, and none of half a million
 * such pairs of a city's bills had a span.
 */
export const WORTH_ALIGNING = 4;
/** Texts that one more is aligned with, heaviest first: of a city's bills one in a thousand with a span is beyond. */
const MOST_NEIGHBOURS = 1_000;
/**
 * A fingerprint in more texts than this names no pairs when all texts are compared with all, because their number grows with its
 * square; a single text is still compared by it.
 */
const COMMONEST = 1_024;
/** Texts of the trade that nobody has seen: on a shelf of ten, what two share is not common yet. */
export const UNSEEN = 1_000;

/** Weight of a fingerprint that stands in `holders` of `texts` texts, in nats. */
function weightOf(holders: number, texts: number): number {
	return Math.log((texts + UNSEEN) / (holders + UNSEEN * 1e-3));
}

/**
 * All pairs of texts whose shared fingerprints weigh enough. Time is the number of fingerprints plus that of pairs they name, memory
 * linear in texts and pairs found.
 */
export function allCandidates(
	postings: Postings,
	{ commonest = COMMONEST, least = LEAST_WEIGHT }: { readonly commonest?: number; readonly least?: number } = {},
): Candidates {
	const { texts, starts, of } = postings;
	const { begins, groups } = byText(postings);
	const filled = starts.slice();
	const weight = new Float32Array(texts);
	const touched = new Uint32Array(texts);
	const found = new Found();
	for (let text = 0; text < texts; text++) {
		let count = 0;
		const end = begins[text + 1] as number;
		for (let n = begins[text] as number; n < end; n++) {
			const group = groups[n] as number;
			const from = starts[group] as number;
			const size = (starts[group + 1] as number) - from;
			if (size > commonest || size < 2) continue;
			const to = filled[group] as number;
			const own = weightOf(size, texts);
			for (let at = from; at < to; at++) {
				const other = of[at] as number;
				const before = weight[other] as number;
				if (before === 0) touched[count++] = other;
				weight[other] = before + own;
			}
			filled[group] = to + 1;
		}
		for (let n = 0; n < count; n++) {
			const other = touched[n] as number;
			if ((weight[other] as number) >= least) found.push(other, text, weight[other] as number);
			weight[other] = 0;
		}
	}
	return found.made(cutBy(starts, commonest));
}

/** The texts nearest to one text that is not among them, heaviest first, at most `most`; every fingerprint counts. */
export function candidatesOf(
	{ hashes }: Fingerprints,
	postings: Postings,
	{ least = LEAST_WEIGHT, most = MOST_NEIGHBOURS }: { readonly least?: number; readonly most?: number } = {},
): Neighbours {
	const weight = new Float32Array(postings.texts);
	for (const hash of new Set(hashes)) {
		const group = find(postings, hash);
		if (group < 0) continue;
		const [from, to] = [postings.starts[group] as number, postings.starts[group + 1] as number];
		const own = weightOf(to - from + 1, postings.texts + 1);
		for (let at = from; at < to; at++) {
			const text = postings.of[at] as number;
			weight[text] = (weight[text] as number) + own;
		}
	}
	const near: Near[] = [];
	weight.forEach((sum, text) => {
		if (sum >= least) near.push({ text, weight: sum });
	});
	near.sort((one, other) => other.weight - one.weight || one.text - other.text);
	return { near: near.slice(0, most), cut: Math.max(0, near.length - most) };
}

/** The postings turned round: the fingerprints of each text. */
function byText({ texts, starts, of }: Postings): { begins: Uint32Array; groups: Uint32Array } {
	const begins = new Uint32Array(texts + 2);
	for (let at = 0; at < of.length; at++)
		begins[(of[at] as number) + 2] = (begins[(of[at] as number) + 2] as number) + 1;
	for (let text = 2; text < begins.length; text++)
		begins[text] = (begins[text] as number) + (begins[text - 1] as number);
	const groups = new Uint32Array(of.length);
	for (let group = 0; group + 1 < starts.length; group++) {
		const end = starts[group + 1] as number;
		for (let at = starts[group] as number; at < end; at++) {
			const text = (of[at] as number) + 1;
			groups[begins[text] as number] = group;
			begins[text] = (begins[text] as number) + 1;
		}
	}
	return { begins, groups };
}

function cutBy(starts: Uint32Array, commonest: number): Cut {
	let [fingerprints, pairs] = [0, 0];
	for (let group = 0; group + 1 < starts.length; group++) {
		const size = (starts[group + 1] as number) - (starts[group] as number);
		if (size <= commonest) continue;
		fingerprints++;
		pairs += (size * (size - 1)) / 2;
	}
	return { fingerprints, pairs };
}

/** Pairs while they are found; grows by doubling. */
class Found {
	#count = 0;
	#left = new Uint32Array(1024);
	#right = new Uint32Array(1024);
	#weight = new Float32Array(1024);

	push(left: number, right: number, weight: number): void {
		if (this.#count === this.#left.length) {
			const room = this.#count * 2;
			const wider = <T extends Uint32Array | Float32Array>(to: T, from: T): T => {
				to.set(from);
				return to;
			};
			this.#left = wider(new Uint32Array(room), this.#left);
			this.#right = wider(new Uint32Array(room), this.#right);
			this.#weight = wider(new Float32Array(room), this.#weight);
		}
		this.#left[this.#count] = left;
		this.#right[this.#count] = right;
		this.#weight[this.#count++] = weight;
	}

	made(cut: Cut): Candidates {
		return {
			left: this.#left.slice(0, this.#count),
			right: this.#right.slice(0, this.#count),
			weight: this.#weight.slice(0, this.#count),
			cut,
		};
	}
}
