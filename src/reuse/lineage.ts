import { shared } from '#concordance/scan.ts';
import { termsOf } from '#concordance/term.ts';
import type { Clause } from './clause.ts';
import { likeness, ofOnePlace } from './kin.ts';
import { LEAST_ALIKE, numbered, sameTerms } from './link.ts';

/** A clause in its lineage: the earlier one that most of it stands in, where there is one. */
export interface Descent {
	readonly clause: Clause;
	/** Index in the lineage; null: the earliest on the shelf, or one that shares too little with all before it. */
	readonly parent: number | null;
	/** Share of the parent's words that stand in it, in order, from 0 to 1; 1 where it has no parent. */
	readonly kept: number;
	/** Words that it keeps, and words of the parent. */
	readonly same: number;
	readonly of: number;
	/** The parent is of the same city: one series of its own, and no borrowing. */
	readonly series: boolean;
}

/** Clauses of one lineage: all are compared with all. */
export const MOST_CLAUSES = 60;

/**
 * Which clause goes on in which, by rising day. Nobody knows who wrote from whom: the parent is, of all of an earlier
 * day, the one with most words in common, the earliest where several have the same words.
 */
export function lineage(clauses: readonly Clause[]): readonly Descent[] {
	const rising = clauses
		.toSorted((one, other) => compare(one.day, other.day) || compare(one.address, other.address))
		.slice(0, MOST_CLAUSES);
	const texts = numbered(rising.map(({ words }) => ({ terms: termsOf(words) })));
	const size = (at: number) => texts[at]?.length ?? 0;
	const times = new Int32Array(texts.reduce((sum, { length }) => sum + length, 0));
	const alikeness = (same: number, at: number, n: number) => likeness({ same, terms: size(at), otherTerms: size(n) });
	const inCommon = (at: number, n: number) => shared(texts[at] as Int32Array, texts[n] as Int32Array, times);
	return rising.map((clause, n) => {
		// No more can be shared in order than is shared in any: most pairs need not be aligned.
		const earlier = rising
			.slice(0, n)
			.map(({ day, workId }, at) => ({ at, day, workId, most: alikeness(inCommon(at, n), at, n) }))
			.filter(({ day, workId, most }) => day < clause.day && workId !== clause.workId && most >= LEAST_ALIKE)
			.sort((one, other) => other.most - one.most);
		let best: { at: number; same: number; alike: number } | null = null;
		for (const { at, most } of earlier) {
			if (best !== null && most < best.alike) break;
			const same = sameTerms(texts[at] as Int32Array, texts[n] as Int32Array);
			const alike = alikeness(same, at, n);
			if (alike < LEAST_ALIKE) continue;
			if (best === null || alike > best.alike || (alike === best.alike && at < best.at)) best = { at, same, alike };
		}
		if (best === null) return { clause, parent: null, kept: 1, same: 0, of: 0, series: false };
		const parent = rising[best.at] as Clause;
		const of = size(best.at);
		return {
			clause,
			parent: best.at,
			kept: best.same / of,
			same: best.same,
			of,
			series: ofOnePlace(parent.work.place?.id, clause.work.place?.id),
		};
	});
}

/** Share of the words of an earlier clause that stand in a later one, in the same order, from 0 to 1. */
export function kept(earlier: string, later: string): number {
	return keeping(earlier)(later);
}

/** The same for many later ones beside one. */
export function keeping(earlier: string): (later: string) => number {
	const one = { terms: termsOf(earlier) };
	const of = one.terms.keys.length;
	return (later) => {
		const [a, b] = numbered([one, { terms: termsOf(later) }]);
		return of === 0 ? 0 : sameTerms(a, b) / of;
	};
}

function compare(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
