import type { Sought } from './plan.ts';
import { AFTER_HEADING, BEFORE_FORMS, sign } from './shorthand.ts';

/** A provision that matches, with its words in shorthand. */
export interface Candidate {
	readonly slot: number;
	readonly position: number;
	readonly length: number;
	readonly signs: string;
}

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
 * Candidates, best first: BM25 over the words asked for, those of headings weighted, and more for words that stand side by
 * side as in the question. Equal ones in the order of the library.
 * @param provisions how many there are in all
 */
export function rank<T extends Candidate>(candidates: readonly T[], words: readonly Sought[], provisions: number): T[] {
	const asked = words.map(({ lexemes, provisions: having }) => ({
		signs: [...new Set(lexemes.map(sign))],
		weight: Math.log(1 + (Math.max(provisions, having) - having + 0.5) / (having + 0.5)),
	}));
	const distinct = new Map(asked.flatMap((one) => (one.signs[0] === undefined ? [] : [[one.signs[0], one] as const])));
	const scored = candidates.map((candidate) => {
		const heading = candidate.signs.indexOf(AFTER_HEADING);
		const end = candidate.signs.indexOf(BEFORE_FORMS);
		let score = 0;
		const norm = K1 * (1 - B + (B * candidate.length) / USUAL_LENGTH);
		for (const { signs, weight } of distinct.values()) {
			let count = 0;
			for (const one of signs)
				for (let at = candidate.signs.indexOf(one); at >= 0; at = candidate.signs.indexOf(one, at + 1))
					count += at < heading ? HEADING_WEIGHT : 1;
			if (count > 0) score += (weight * count * (K1 + 1)) / (count + norm);
		}
		for (let i = 1; i < asked.length; i++) {
			const before = asked[i - 1];
			const after = asked[i];
			if (before && after && adjacent(candidate.signs.slice(0, end), before.signs, after.signs))
				score += TOGETHER * Math.min(before.weight || after.weight, after.weight || before.weight);
		}
		return { candidate, score };
	});
	scored.sort(
		(a, b) => b.score - a.score || a.candidate.slot - b.candidate.slot || a.candidate.position - b.candidate.position,
	);
	return scored.map(({ candidate }) => candidate);
}

function adjacent(signs: string, before: readonly string[], after: readonly string[]): boolean {
	return before.some((one) => after.some((other) => signs.includes(one + other)));
}
