/** What a place is. A subdivision is a township, a New England town or another part of a county with a government of its own. */
export const PLACE_KINDS = ['state', 'county', 'city', 'subdivision'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export interface Place {
	/** OCD id: `ocd-division/country:us/state:tx/county:walker`. */
	readonly id: string;
	readonly kind: PlaceKind;
	/** As people write it: Texas, Walker County, Huntsville, Abington township. */
	readonly name: string;
	/** USPS code, upper case. */
	readonly stateCode: string;
	/** Census: 2 digits of a state, 5 of a county, 7 of a place, 10 of a subdivision; null where it is not known. */
	readonly geoid: string | null;
	/** Last piece of its address. */
	readonly slug: string;
	/** A county that is none any more, for sources that still name it. */
	readonly legacy: boolean;
	/** Interior point in degrees; null where it is not known. */
	readonly at: { readonly latitude: number; readonly longitude: number } | null;
	/** An invented place of the sample data. */
	readonly sample: boolean;
}

/** The part of a place's address after `/watch/place/`: `tx`, `tx/walker-county`, `tx/place/huntsville`. */
export function placePath({ kind, stateCode, slug }: Pick<Place, 'kind' | 'stateCode' | 'slug'>): string {
	const state = stateCode.toLowerCase();
	if (kind === 'state') return state;
	return kind === 'county' ? `${state}/${slug}` : `${state}/place/${slug}`;
}
