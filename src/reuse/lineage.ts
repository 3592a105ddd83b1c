import { type Terms, termsOf } from '#concordance/term.ts';
import type { Clause } from './clause.ts';
import { numbered, sameTerms } from './link.ts';

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
/** Share of the words of both from which one clause goes on in another. */
const LEAST_ALIKE = 0.4;

/**
 * Which clause goes on in which, by rising day. Nobody knows who wrote from whom: the parent is, of all of an earlier
 * day, the one with most words in common, the earliest where several have the same words.
 */
export function lineage(clauses: readonly Clause[]): readonly Descent[] {
	const rising = clauses
		.toSorted((one, other) => compare(one.day, other.day) || compare(one.address, other.address))
		.slice(0, MOST_CLAUSES);
	const texts = rising.map(({ words }) => ({ terms: termsOf(words) }));
	return rising.map((clause, n) => {
		let best: { at: number; same: number; alike: number } | null = null;
		for (let at = 0; at < n; at++) {
			const earlier = rising[at] as Clause;
			if (earlier.day >= clause.day || earlier.workId === clause.workId) continue;
			const [one, other] = [texts[at], texts[n]];
			if (!one || !other) continue;
			const same = shared(one, other);
			const alike = (2 * same) / Math.max(1, one.terms.keys.length + other.terms.keys.length);
			if (alike >= LEAST_ALIKE && (best === null || alike > best.alike)) best = { at, same, alike };
		}
		if (best === null) return { clause, parent: null, kept: 1, same: 0, of: 0, series: false };
		const parent = rising[best.at] as Clause;
		const of = texts[best.at]?.terms.keys.length ?? 0;
		return {
			clause,
			parent: best.at,
			kept: best.same / of,
			same: best.same,
			of,
			series: parent.work.place !== null && parent.work.place.id === clause.work.place?.id,
		};
	});
}

/** Share of the words of an earlier clause that stand in a later one, in the same order, from 0 to 1. */
export function kept(earlier: string, later: string): number {
	const [one, other] = [{ terms: termsOf(earlier) }, { terms: termsOf(later) }];
	return one.terms.keys.length === 0 ? 0 : shared(one, other) / one.terms.keys.length;
}

function shared(one: { readonly terms: Terms }, other: { readonly terms: Terms }): number {
	return sameTerms(...numbered(one, other));
}

function compare(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
