import type { Given } from './given.ts';
import { foldPlace } from './name.ts';
import type { PlaceKind } from './place.ts';

interface Stands {
	readonly kind: PlaceKind;
	readonly folded: string;
	readonly state_code: string;
	readonly geoid: string | null;
	readonly counties: readonly string[];
}

/**
 * Finds which standing place a given one is: by GEOID; a city or subdivision also by its name within a county, its own
 * kind first (a township may have taken the row of a city that nobody else knew).
 */
export function knownBy<T extends Stands>(standing: readonly T[]): (given: Given) => T | undefined {
	const byGeoid = new Map<string, T>();
	const byName = new Map<string, T>();
	for (const place of standing) {
		if (place.geoid) byGeoid.set(place.geoid, place);
		for (const county of countiesOf(place)) {
			const key = `${place.state_code}|${place.folded}|${county}`;
			byName.set(`${place.kind}|${key}`, place);
			byName.set(key, place);
		}
	}
	return (given) => {
		if (given.geoid) return byGeoid.get(given.geoid);
		for (const county of countiesOf(given)) {
			const key = `${given.stateCode}|${foldPlace(given.bare)}|${county}`;
			const found = byName.get(`${given.kind}|${key}`) ?? byName.get(key);
			if (found) return found;
		}
		return undefined;
	};
}

/** What lies in no known county is told by its name in the state. */
function countiesOf({ counties }: { readonly counties: readonly string[] }): readonly string[] {
	return counties.length > 0 ? counties : [''];
}
