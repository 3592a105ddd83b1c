import type { Strength } from '#library/protection.ts';
import { TAXONOMY } from '#library/taxonomy/taxonomy.ts';
import { type Place, placePath } from '#places/place.ts';

/**
 * What the shelf says of a place and a protection on a day. That something is not given is never said: `not_on_shelf` is
 * that no policy in force of a place whose texts were read gives it here, `not_assessed` that nobody read them.
 */
export const CELL_KINDS = ['law', 'law_with_exception', 'not_on_shelf', 'not_assessed'] as const;
export type CellKind = (typeof CELL_KINDS)[number];

/** A place with policies on the shelf. */
export interface CoveredPlace extends Pick<Place, 'id' | 'kind' | 'name' | 'stateCode' | 'slug' | 'sample'> {
	/** Name of its state. */
	readonly state: string;
	readonly policies: number;
	/** Those of them with a confirmed code in the version that is their latest on the day. */
	readonly coded: number;
}

/** Words of a policy in force, confirmed to give a protection. */
export interface Passage {
	readonly placeId: string;
	readonly code: string;
	readonly strength: Strength;
	/** Path below /library of the provision. */
	readonly address: string;
}

/** What the shelf holds on a day. */
export interface Coverage {
	/** In alphabetical order, states behind all others. */
	readonly places: readonly CoveredPlace[];
	readonly passages: readonly Passage[];
}

export interface Cell {
	readonly kind: CellKind;
	/** Paths below /library of the passages that give it; those without exception first. */
	readonly passages: readonly string[];
}

/** One protection, with a cell for each place that was chosen. */
export interface Row {
	readonly code: string;
	readonly cells: readonly Cell[];
	/** In how many of these places a policy in force gives it. */
	readonly inForce: number;
}

/** As many columns as stand beside each other on a desk. */
export const USUAL_PLACES = 12;
const CODES: readonly string[] = TAXONOMY.areas.flatMap(({ protections }) => protections.map(({ code }) => code));

/** A row for every protection of today's vocabulary, in its order. */
export function rowsOf(places: readonly CoveredPlace[], passages: readonly Passage[]): Row[] {
	const giving = new Map<string, Passage[]>();
	for (const passage of passages) {
		const key = `${passage.placeId} ${passage.code}`;
		giving.set(key, [...(giving.get(key) ?? []), passage]);
	}
	return CODES.map((code) => {
		const cells = places.map((place) => cellOf(place, giving.get(`${place.id} ${code}`) ?? []));
		return { code, cells, inForce: cells.filter(gives).length };
	});
}

/** Whether a policy in force gives it. */
export function gives({ kind }: Cell): boolean {
	return kind === 'law' || kind === 'law_with_exception';
}

/**
 * The places that were asked for, by path (`tx/place/huntsville`) or id. Where none was: at most twelve, those that somebody
 * read before those that nobody did. `own`, the id of the reader's city, comes first. `unknown` is what no place on the shelf
 * is called.
 */
export function choose(
	places: readonly CoveredPlace[],
	asked: readonly string[],
	own: string | null,
): { readonly places: readonly CoveredPlace[] } | { readonly unknown: string } {
	const ownFirst = (some: readonly CoveredPlace[]) =>
		some.toSorted((a, b) => Number(b.id === own) - Number(a.id === own));
	if (asked.length === 0) {
		const first = ownFirst(places.toSorted((a, b) => Number(b.coded > 0) - Number(a.coded > 0))).slice(0, USUAL_PLACES);
		return { places: ownFirst(places.filter((place) => first.includes(place))) };
	}
	const named = (name: string) => (place: CoveredPlace) => place.id === name || placePath(place) === name.toLowerCase();
	const unknown = asked.find((name) => !places.some(named(name)));
	if (unknown !== undefined) return { unknown };
	return { places: ownFirst(places.filter((place) => asked.some((name) => named(name)(place)))) };
}

function cellOf(place: CoveredPlace, passages: readonly Passage[]): Cell {
	if (passages.length === 0) return { kind: place.coded > 0 ? 'not_on_shelf' : 'not_assessed', passages: [] };
	const whole = (passage: Passage) => passage.strength === 'absolute';
	return {
		kind: passages.some(whole) ? 'law' : 'law_with_exception',
		passages: passages.toSorted((a, b) => Number(whole(b)) - Number(whole(a))).map(({ address }) => address),
	};
}
