import type { Point } from './outline.ts';
import { stateByCode } from './states.ts';

/** An entry of GeoNames' list of populated places of 500 people and more (CC BY 4.0), as its dump names the columns. */
export interface City {
	readonly name: string;
	readonly latitude: number;
	readonly longitude: number;
	/** What it is: PPL a populated place, PPLX a quarter of one. */
	readonly feature: string;
	/** Territories have codes of their own here. */
	readonly country: string;
	readonly admin1: string;
	readonly admin2: string;
	readonly population: number;
}

interface Named {
	readonly kind: 'city' | 'subdivision';
	readonly name: string;
	readonly bare: string;
	readonly stateCode: string;
	/** As the entry says; null where it does not, or says it in codes of its own. */
	readonly county: string | null;
	readonly at: Point;
	readonly population: number;
}

const TERRITORIES: readonly string[] = ['PR', 'GU', 'VI', 'AS', 'MP'];
/** Places that are abandoned, destroyed or history. */
const NOT_NOW: readonly string[] = ['PPLQ', 'PPLW', 'PPLH'];
/** A quarter of a place, some cities among them by mistake: it stands, and never goes before a place of its name. */
const QUARTER = 'PPLX';
/** Places that are no more, and quarters and statistical areas that string several names together. */
const NO_PLACE = /\(historical\)|\/|, (?!CDP)| - /;

/** The entries of the United States and its territories in the text of the dump: a line each, columns parted by tabs. */
export function citiesIn(dump: string): City[] {
	const found: City[] = [];
	for (let from = 0; from < dump.length; ) {
		const end = dump.indexOf('\n', from);
		const line = dump.slice(from, end < 0 ? dump.length : end);
		from += line.length + 1;
		const cells = line.split('\t');
		const country = cells[8] ?? '';
		if (country !== 'US' && !TERRITORIES.includes(country)) continue;
		found.push({
			name: cells[1] ?? '',
			latitude: Number(cells[4]),
			longitude: Number(cells[5]),
			feature: cells[7] ?? '',
			country,
			admin1: cells[10] ?? '',
			admin2: cells[11] ?? '',
			population: Number(cells[14]) || 0,
		});
	}
	return found;
}

/** Reads an entry; null where it is not of the United States, or names no single place of today. */
export function cityOf({
	name,
	latitude,
	longitude,
	feature,
	country,
	admin1,
	admin2,
	population,
}: City): Named | null {
	const territory = TERRITORIES.includes(country);
	if (!(territory || country === 'US') || NOT_NOW.includes(feature) || NO_PLACE.test(name)) return null;
	const stateCode = territory ? country : admin1;
	const state = stateByCode(stateCode);
	if (!state) return null;
	return {
		...nameOf(name, stateCode),
		stateCode,
		county: countyOf(state.geoid, country, admin1, admin2),
		at: { latitude, longitude },
		population: feature === QUARTER ? 0 : population,
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
