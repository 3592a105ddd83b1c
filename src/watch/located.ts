import type { Place } from '#places/place.ts';
import type { Model } from './model.ts';
import type { CountyCount, ListedAgency, PlaceLink, PlaceRecord } from './views.ts';

/** A listed agency with the counties its area lies in. */
export interface Located extends ListedAgency {
	readonly countyIds: readonly string[];
}

/**
 * The listed agencies of a state as one of its places sees them: `serving` where the area includes the place or a part of
 * it, `inside` where the area is that of a place inside a county, `somewhere` where the list says no more than the state. Pure; keeps the order.
 * @param counties that the place lies in; none for a county or a state
 */
export function groupsOf(
	listed: readonly Located[],
	place: Pick<Place, 'id' | 'kind'>,
	counties: readonly PlaceLink[],
): Pick<PlaceRecord, 'serving' | 'inside' | 'somewhere'> {
	const around = place.kind === 'county' ? [place.id] : counties.map(({ id }) => id);
	const near = ({ countyIds }: Located) => countyIds.some((id) => around.includes(id));
	const somewhere = (one: Located) => one.level === 'state' && one.body === 'special';
	const serves = (one: Located) =>
		one.place !== null &&
		!somewhere(one) &&
		(one.place.id === place.id || one.level === 'state' || (one.level === 'county' && near(one)));
	return {
		serving: listed.filter(serves),
		somewhere: listed.filter(somewhere),
		inside: place.kind === 'county' ? listed.filter((one) => one.level === 'city' && near(one)) : [],
	};
}

/**
 * Listed agreements by county: those of agencies of the county and of places in it, by the county's name. A place in
 * several counties counts in each. Agencies of places whose county is not known stand last, without a county.
 */
export function countyCounts(listed: readonly Located[], counties: readonly PlaceLink[]): CountyCount[] {
	const local = listed.filter((one) => one.place !== null && (one.level === 'county' || one.level === 'city'));
	const known = counties.flatMap((county) =>
		count(
			county,
			local.filter((one) => one.countyIds.includes(county.id)),
		),
	);
	return [
		...known,
		...count(
			null,
			local.filter((one) => one.countyIds.length === 0),
		),
	];
}

function count(county: PlaceLink | null, agencies: readonly Located[]): CountyCount[] {
	if (agencies.length === 0) return [];
	const of = (model: Model) => agencies.flatMap((one) => one.held).filter((one) => one.model === model).length;
	return [{ county, agencies: agencies.length, byModel: { TFM: of('TFM'), JEM: of('JEM'), WSO: of('WSO') } }];
}
