import { type Asked, FACETS, type Facet } from './asked.ts';
import type { FacetValue } from './found.ts';

/** Matches that share what they can be narrowed by. */
export interface Bundle extends Readonly<Record<Facet, readonly string[]>> {
	readonly count: number;
}

/** Values of one list that are shown; whatever is chosen is shown besides. */
const MOST_VALUES = 100;

/** Counts what every list would leave if the others stayed as they are. */
export function facetsOf(bundles: readonly Bundle[], asked: Asked): Record<Facet, FacetValue[]> {
	const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map<string, number>()])) as Record<
		Facet,
		Map<string, number>
	>;
	for (const bundle of bundles) {
		const failing = FACETS.filter((facet) => !passes(bundle, facet, asked));
		for (const facet of FACETS) {
			if (failing.some((one) => one !== facet)) continue;
			for (const value of bundle[facet]) counts[facet].set(value, (counts[facet].get(value) ?? 0) + bundle.count);
		}
	}
	return Object.fromEntries(FACETS.map((facet) => [facet, valuesOf(facet, counts[facet], asked)])) as Record<
		Facet,
		FacetValue[]
	>;
}

export function passesAll(one: Omit<Bundle, 'count'>, asked: Asked): boolean {
	return FACETS.every((facet) => passes(one, facet, asked));
}

function passes(bundle: Omit<Bundle, 'count'>, facet: Facet, asked: Asked): boolean {
	const chosen: readonly unknown[] = asked[facet];
	return chosen.length === 0 || chosen.some((value) => bundle[facet].includes(String(value)));
}

function valuesOf(facet: Facet, counts: ReadonlyMap<string, number>, asked: Asked): FacetValue[] {
	const chosen = new Set<string>(asked[facet].map(String));
	const values = [...new Set([...counts.keys(), ...chosen])].map((value) => ({
		value,
		label: null,
		count: counts.get(value) ?? 0,
		chosen: chosen.has(value),
	}));
	const byName = (a: FacetValue, b: FacetValue) => (a.value < b.value ? -1 : 1);
	values.sort(
		facet === 'year' ? (a, b) => Number(b.value) - Number(a.value) : (a, b) => b.count - a.count || byName(a, b),
	);
	return values.filter((one, i) => i < MOST_VALUES || one.chosen);
}
