import { matches } from '#concordance/diff.ts';
import type { Span } from '#concordance/span.ts';
import { likeness } from './kin.ts';
import type { Place, Reading } from './reading.ts';

/** That most words of a provision stand in one of another version, in the same order. */
export interface Link {
	/** Empty: the whole text. */
	readonly eId: string;
	readonly otherEId: string;
	/** Terms that stand in both, in order; terms of each. */
	readonly same: number;
	readonly terms: number;
	readonly otherTerms: number;
}

/** What two versions have in common: for the provisions of each the nearest of the other. */
export interface Links {
	readonly there: readonly Link[];
	readonly back: readonly Link[];
}

/** A provision of fewer terms is a phrase, which proves nothing. */
const FEWEST_TERMS = 8;
/** Share of the terms of both from which two provisions are one clause. */
export const LEAST_ALIKE = 0.4;
/** Or the share of the shorter one, where it stands nearly whole inside a longer, */
const LEAST_INSIDE = 0.7;
/** of which it is at least this part: what every ordinance ends with stands inside every ordinance. */
const LEAST_PART = 0.25;

/** Which provisions of two versions the passages that they share lie in. @param spans of the terms of both, as the engine finds them */
export function linksBetween(one: Reading, other: Reading, spans: readonly Span[]): Links {
	const [a, b] = numbered([one, other]);
	const shared = sharedBy(spans, a, b, one, other);
	return {
		there: nearest(shared, a, b, one.places, other.places, false),
		back: nearest(shared, b, a, other.places, one.places, true),
	};
}

/** The same for the second alone, in half the time. */
export function linksBack(one: Reading, other: Reading, spans: readonly Span[]): readonly Link[] {
	const [a, b] = numbered([one, other]);
	return nearest(sharedBy(spans, a, b, one, other), b, a, other.places, one.places, true);
}

/** Terms of texts as small numbers, equal where the terms are. */
export function numbered<T extends readonly Pick<Reading, 'terms'>[]>(
	texts: readonly [...T],
): { [n in keyof T]: Int32Array } {
	const known = new Map<number, number>();
	const number = (key: number): number => {
		const had = known.get(key);
		if (had !== undefined) return had;
		known.set(key, known.size);
		return known.size - 1;
	};
	return texts.map(({ terms }) => Int32Array.from(terms.keys, number)) as { [n in keyof T]: Int32Array };
}

/** How many terms two stretches share, in order. */
export function sameTerms(a: Int32Array, b: Int32Array): number {
	return matches(a, b).reduce((sum, { length }) => sum + length, 0);
}

/** Terms that passages match, by the pair of provisions: `first * STRIDE + second`, counted for everything they lie in. */
function sharedBy(
	spans: readonly Span[],
	a: Int32Array,
	b: Int32Array,
	one: Reading,
	other: Reading,
): ReadonlyMap<number, number> {
	const leaves = new Map<number, number>();
	for (const { a0, a1, b0, b1 } of spans) {
		for (const match of matches(a.subarray(a0, a1), b.subarray(b0, b1))) {
			for (let n = 0; n < match.length; n++) {
				const [i, j] = [one.innermost[a0 + match.a + n] as number, other.innermost[b0 + match.b + n] as number];
				add(leaves, i * STRIDE + j, 1);
			}
		}
	}
	const shared = new Map<number, number>();
	for (const [pair, count] of leaves) {
		for (let i: number | null = Math.floor(pair / STRIDE); i !== null; i = one.places[i]?.parent ?? null)
			for (let j: number | null = pair % STRIDE; j !== null; j = other.places[j]?.parent ?? null)
				add(shared, i * STRIDE + j, count);
	}
	return shared;
}

/** More provisions than a text can have. */
const STRIDE = 2 ** 24;

function add(counts: Map<number, number>, key: number, count: number): void {
	counts.set(key, (counts.get(key) ?? 0) + count);
}

/** For each provision of the first the one of the second that it is most alike, where that is enough. */
function nearest(
	shared: ReadonlyMap<number, number>,
	a: Int32Array,
	b: Int32Array,
	places: readonly Place[],
	others: readonly Place[],
	turned: boolean,
): Link[] {
	const best = new Map<number, { readonly at: number; readonly alike: number }>();
	for (const [pair, count] of shared) {
		const [first, second] = [Math.floor(pair / STRIDE), pair % STRIDE];
		const [n, at] = turned ? [second, first] : [first, second];
		const [own, its] = [size(places[n]), size(others[at])];
		// A whole text goes with whole texts: nobody takes a clause for the ordinance that it stands in.
		if ((n === 0) !== (at === 0)) continue;
		const [shorter, longer] = own < its ? [own, its] : [its, own];
		if (shorter < FEWEST_TERMS) continue;
		const alike = likeness({ same: count, terms: own, otherTerms: its });
		const inside = count / shorter >= LEAST_INSIDE && shorter / longer >= LEAST_PART;
		if (alike < LEAST_ALIKE && !inside) continue;
		const had = best.get(n);
		if (!had || alike > had.alike || (alike === had.alike && at > had.at)) best.set(n, { at, alike });
	}
	return [...best]
		.sort(([one], [other]) => one - other)
		.flatMap(([n, { at }]) => {
			const [place, other] = [places[n], others[at]];
			if (!place || !other) return [];
			const same = sameTerms(a.subarray(place.from, place.to), b.subarray(other.from, other.to));
			if (same === 0) return [];
			return [{ eId: place.eId, otherEId: other.eId, same, terms: size(place), otherTerms: size(other) }];
		});
}

function size(place: Place | undefined): number {
	return place ? place.to - place.from : 0;
}
