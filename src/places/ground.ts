import type { Ground } from './address.ts';
import { countyId } from './county-name.ts';
import type { Given } from './given.ts';
import type { PlaceKind } from './place.ts';

interface Stands {
	readonly id: string;
	readonly kind: PlaceKind;
	readonly name: string;
	readonly state_code: string;
	readonly geoid: string | null;
	readonly slug: string;
}

/** What is taken, and what counties are called, from the places that stand and the counties that come with the new ones. */
export function groundOf(standing: readonly Stands[], given: readonly Given[]): Ground {
	const counties = new Map<string, { readonly id: string; readonly name: string }>();
	for (const { kind, geoid, bare, name } of given) {
		if (kind === 'county' && geoid) counties.set(geoid, { id: countyId(geoid, bare), name });
	}
	for (const { kind, geoid, id, name } of standing) {
		if (kind === 'county' && geoid) counties.set(geoid, { id, name });
	}
	const local = standing.filter(({ kind }) => kind === 'city' || kind === 'subdivision');
	return {
		ids: new Set(standing.map(({ id }) => id)),
		slugs: new Set(local.map((place) => `${place.state_code} ${place.slug}`)),
		countyName: (geoid) => counties.get(geoid)?.name,
		countyId: (geoid) => counties.get(geoid)?.id,
	};
}
