import { ocdName } from './name.ts';
import { stateId, stateOf } from './states.ts';

/** Codes from 510 on are independent cities in the states that have any (Census Bureau, ANSI codes); Texas has counties there. */
const INDEPENDENT = 510;
const WITH_INDEPENDENT_CITIES: readonly string[] = ['24', '29', '32', '51'];

/** Alaska has no counties. Kinds as the Census Bureau lists them for 2023 (Substantial Changes to Counties, AK). */
const ALASKA: Readonly<Record<string, readonly string[]>> = {
	Borough: ['013', '060', '068', '090', '100', '122', '130', '150', '164', '170', '185', '188', '195'],
	'City and Borough': ['110', '220', '275', '282'],
	Municipality: ['020', '230'],
	'Census Area': ['016', '050', '063', '066', '070', '105', '158', '180', '198', '240', '261', '290'],
};
const ALASKA_KIND = new Map(Object.entries(ALASKA).flatMap(([kind, codes]) => codes.map((code) => [code, kind])));

/** Names of a county without its word, where the atlas leaves it out: what kind of county the GEOID says it is. */
function kindOf(geoid: string, name: string): string {
	const state = geoid.slice(0, 2);
	const code = geoid.slice(2);
	if (WITH_INDEPENDENT_CITIES.includes(state) && Number(code) >= INDEPENDENT) return 'city';
	switch (state) {
		case '02':
			return ALASKA_KIND.get(code) ?? 'Census Area';
		case '09':
			return Number(code) >= 110 ? 'Planning Region' : 'County';
		case '11':
		case '66':
			return '';
		case '22':
			return 'Parish';
		case '60':
			return /Rose|Swains/.test(name) ? 'Island' : 'District';
		case '69':
			return 'Municipality';
		case '72':
			return 'Municipio';
		case '78':
			return 'Island';
		default:
			return 'County';
	}
}

/** A county's name with its word, as the Census Bureau prints it: Walker County, Orleans Parish, Richmond city, Capitol Planning Region. */
export function countyName(geoid: string, name: string): string {
	const kind = kindOf(geoid, name);
	return kind === '' || name.endsWith(` ${kind}`) || (kind === 'city' && name === 'Carson City')
		? name
		: `${name} ${kind}`;
}

/**
 * OCD id of a county from its GEOID and its name without the word: `…/state:tx/county:walker`, `…/state:la/parish:orleans`,
 * `…/state:ak/census_area:bethel`, `…/territory:pr/municipio:ponce`. An independent city is `county:richmond_city`:
 * the convention knows only `place:richmond`, which is its page as a city.
 */
export function countyId(geoid: string, name: string): string {
	const kind = kindOf(geoid, name);
	const state = stateId(stateOf(geoid)?.code ?? '');
	if (kind === 'city') return `${state}/county:${ocdName(countyName(geoid, name))}`;
	const type = kind === '' ? 'county' : kind === 'City and Borough' ? 'borough' : ocdName(kind);
	return `${state}/${type}:${ocdName(name)}`;
}
