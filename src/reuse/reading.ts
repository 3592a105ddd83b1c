import { weightsOf } from '#concordance/background.ts';
import { type Fingerprints, fingerprints } from '#concordance/fingerprint.ts';
import { type Prepared, prepared } from '#concordance/span.ts';
import { type Terms, termsOf } from '#concordance/term.ts';
import type { Provision } from '#library/provision.ts';
import type { Yardstick } from './yardstick.ts';

/** The terms of a version made ready to be compared, with the fingerprints that were chosen of them. */
export interface Measured {
	readonly prints: Fingerprints;
	readonly prepared: Prepared;
}

/** A version made ready to be told of: its terms, and in which provision each stands. */
export interface Reading {
	readonly terms: Terms;
	/** The whole text first, with an empty eId; then its provisions in order. */
	readonly places: readonly Place[];
	/** Index in `places` of the innermost provision that a term stands in. */
	readonly innermost: Int32Array;
}

/** A provision with all that lies in it, or the whole text. */
export interface Place {
	/** Empty: the whole text. */
	readonly eId: string;
	/** Index in `places` of what it lies in; null for the whole text. */
	readonly parent: number | null;
	/** Its terms, with those of what lies in it and without its own number: [from, to). */
	readonly from: number;
	readonly to: number;
}

type Placed = Pick<Provision, 'eId' | 'parent' | 'start' | 'end' | 'number'>;

/** The terms of a version as they are aligned. */
export type Weighed = Pick<Prepared, 'keys' | 'weights'>;

/** Makes terms ready. @param keys of the terms of a text */
export function measured(keys: Uint32Array, { choosing, scoring }: Yardstick): Measured {
	const prints = fingerprints({ keys }, weightsOf(keys, choosing));
	return { prints, prepared: prepared(keys, weightsOf(keys, scoring), prints) };
}

/** Weighs terms of which the fingerprints are known. */
export function weighed(keys: Uint32Array, { scoring }: Yardstick): Weighed {
	return prepared(keys, weightsOf(keys, scoring), NONE);
}

const NONE: Fingerprints = { hashes: new Uint32Array(0), at: new Uint32Array(0) };

/** Cuts a version. @param provisions of the text, in order */
export function readingOf(text: string, provisions: readonly Placed[]): Reading {
	const terms = termsOf(text);
	const innermost = new Int32Array(terms.keys.length);
	const ends = endsOf(provisions);
	let next = 0;
	const places: Place[] = [{ eId: '', parent: null, from: 0, to: terms.keys.length }];
	provisions.forEach(({ eId, parent, start, end, number }, n) => {
		while (next < terms.starts.length && (terms.starts[next] as number) < start) next++;
		const first = next;
		while (next < terms.starts.length && (terms.starts[next] as number) < end) innermost[next++] = n + 1;
		let from = first;
		const words = start + (number?.length ?? 0);
		while (from < next && (terms.starts[from] as number) < words) from++;
		places.push({ eId, parent: parent === null ? 0 : parent + 1, from, to: termsBefore(terms, ends[n] as number) });
	});
	return { terms, places, innermost };
}

/** For each provision where the last of what lies in it ends. */
function endsOf(provisions: readonly Placed[]): number[] {
	const ends = provisions.map(({ end }) => end);
	for (let n = provisions.length - 1; n >= 0; n--) {
		const parent = provisions[n]?.parent ?? null;
		if (parent !== null) ends[parent] = Math.max(ends[parent] as number, ends[n] as number);
	}
	return ends;
}

/** How many terms begin before a place in the text. */
function termsBefore({ starts }: Terms, place: number): number {
	let [low, high] = [0, starts.length];
	while (low < high) {
		const half = (low + high) >> 1;
		if ((starts[half] as number) < place) low = half + 1;
		else high = half;
	}
	return low;
}
