import type { Sought } from './plan.ts';
import { behind, type Postings } from './postings.ts';
import type { Open, Words } from './words.ts';

/** BM25 as usual: how fast repetition stops to count, and how much length does. */
const K1 = 1.2;
const B = 0.6;
/** Words of a usual provision. */
const USUAL_LENGTH = 80;
/** A word of a number or heading counts as so many below it. */
const HEADING_WEIGHT = 3;
/** Words that stand together as they were typed are worth so much of their own weight again. */
const TOGETHER = 0.9;

/**
 * The likeliest of some provisions, best first: BM25 over the words asked for, those of headings weighted, and more for words
 * that stand side by side as in the question. Equal ones in the order they came.
 * @param docs numbers of provisions, ascending
 * @param limit how many are wanted
 */
export function rank(
	docs: Int32Array,
	words: readonly Sought[],
	limit: number,
	index: Pick<Words, 'provisions' | 'above' | 'length'>,
	open: Open,
): number[] {
	const asked = words
		.map(({ lexemes, provisions }, place) => ({
			place,
			key: lexemes.join(' '),
			postings: open(lexemes),
			weight: Math.log(1 + (Math.max(index.provisions, provisions) - provisions + 0.5) / (provisions + 0.5)),
		}))
		.filter(({ key }) => key !== '');
	const scores = new Float64Array(docs.length);
	for (const { postings, weight } of new Map(asked.map((one) => [one.key, one])).values())
		meet(docs, postings, (nth, at) => {
			const doc = docs[nth] ?? 0;
			const count = weightedCount(postings, at, index.above(doc));
			const norm = K1 * (1 - B + (B * index.length(doc)) / USUAL_LENGTH);
			scores[nth] = (scores[nth] ?? 0) + (weight * count * (K1 + 1)) / (count + norm);
		});
	for (const [i, after] of asked.entries()) {
		const before = asked[i - 1];
		if (!before) continue;
		const together = behind(before.postings, after.postings, after.place - before.place);
		const weight = TOGETHER * Math.min(before.weight, after.weight);
		meet(docs, together, (nth) => {
			scores[nth] = (scores[nth] ?? 0) + weight;
		});
	}
	return highest(scores, limit).map((nth) => docs[nth] ?? 0);
}

/** Calls for every one of `docs` that the postings have, with where it is in both. */
function meet(docs: Int32Array, { docs: others }: Postings, met: (nth: number, at: number) => void): void {
	for (let nth = 0, at = 0; nth < docs.length && at < others.length; ) {
		const one = docs[nth] ?? 0;
		const other = others[at] ?? 0;
		if (one === other) met(nth, at);
		if (one <= other) nth++;
		if (other <= one) at++;
	}
}

function weightedCount({ starts, places }: Postings, at: number, above: number): number {
	const end = starts[at + 1] ?? 0;
	let count = 0;
	for (let i = starts[at] ?? 0; i < end; i++) count += (places[i] ?? 0) < above ? HEADING_WEIGHT : 1;
	return count;
}

/** Where the highest scores stand, highest first, equal ones in order. Holds twice as many as wanted at most. */
function highest(scores: Float64Array, limit: number): number[] {
	const byScore = (a: number, b: number) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b;
	let best: number[] = [];
	let floor = Number.NEGATIVE_INFINITY;
	for (let nth = 0; nth < scores.length; nth++) {
		if ((scores[nth] ?? 0) <= floor) continue;
		best.push(nth);
		if (best.length < limit * 2) continue;
		best = best.sort(byScore).slice(0, limit);
		floor = scores[best.at(-1) ?? 0] ?? floor;
	}
	return best.sort(byScore).slice(0, limit);
}
