import { termsOf } from '#concordance/term.ts';
import type { Clause } from './clause.ts';
import { numbered, numberedAll, sameTerms } from './link.ts';

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
	const texts = numberedAll(rising.map(({ words }) => ({ terms: termsOf(words) })));
	const size = (at: number) => texts[at]?.length ?? 0;
	const inCommon = commonTerms(texts);
	return rising.map((clause, n) => {
		// No more can be shared in order than is shared in any: most pairs need not be aligned.
		const earlier = rising
			.slice(0, n)
			.map(({ day, workId }, at) => ({ at, day, workId, most: alikeness(inCommon(at, n), size(at), size(n)) }))
			.filter(({ day, workId, most }) => day < clause.day && workId !== clause.workId && most >= LEAST_ALIKE)
			.sort((one, other) => other.most - one.most);
		let best: { at: number; same: number; alike: number } | null = null;
		for (const { at, most } of earlier) {
			if (best !== null && most < best.alike) break;
			const same = sameTerms(texts[at] as Int32Array, texts[n] as Int32Array);
			const alike = alikeness(same, size(at), size(n));
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
			series: parent.work.place !== null && parent.work.place.id === clause.work.place?.id,
		};
	});
}

/** Share of the words of an earlier clause that stand in a later one, in the same order, from 0 to 1. */
export function kept(earlier: string, later: string): number {
	const [one, other] = [{ terms: termsOf(earlier) }, { terms: termsOf(later) }];
	return one.terms.keys.length === 0 ? 0 : sameTerms(...numbered(one, other)) / one.terms.keys.length;
}

/** Twice what two texts share by all they have. */
function alikeness(same: number, one: number, other: number): number {
	return (2 * same) / Math.max(1, one + other);
}

/** Counts the terms that two of the texts have in common, in whatever order. */
function commonTerms(texts: readonly Int32Array[]): (one: number, other: number) => number {
	const bags = texts.map((text) => {
		const bag = new Map<number, number>();
		for (const term of text) bag.set(term, (bag.get(term) ?? 0) + 1);
		return bag;
	});
	return (one, other) => {
		const [left, right] = [bags[one], bags[other]];
		let common = 0;
		for (const [term, times] of left ?? []) common += Math.min(times, right?.get(term) ?? 0);
		return common;
	};
}

function compare(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
