import { foldPlace } from './name.ts';

/** A state, the District of Columbia or a territory. */
export interface State {
	/** Two digits: the state part of every GEOID. */
	readonly geoid: string;
	/** USPS code. */
	readonly code: string;
	readonly name: string;
}

/** FIPS 5-2 (now INCITS 38): 50 states, the District of Columbia and the five territories that the Census Bureau covers. */
const TABLE =
	'01 AL Alabama|02 AK Alaska|04 AZ Arizona|05 AR Arkansas|06 CA California|08 CO Colorado|09 CT Connecticut|10 DE Delaware|11 DC District of Columbia|12 FL Florida|13 GA Georgia|15 HI Hawaii|16 ID Idaho|17 IL Illinois|18 IN Indiana|19 IA Iowa|20 KS Kansas|21 KY Kentucky|22 LA Louisiana|23 ME Maine|24 MD Maryland|25 MA Massachusetts|26 MI Michigan|27 MN Minnesota|28 MS Mississippi|29 MO Missouri|30 MT Montana|31 NE Nebraska|32 NV Nevada|33 NH New Hampshire|34 NJ New Jersey|35 NM New Mexico|36 NY New York|37 NC North Carolina|38 ND North Dakota|39 OH Ohio|40 OK Oklahoma|41 OR Oregon|42 PA Pennsylvania|44 RI Rhode Island|45 SC South Carolina|46 SD South Dakota|47 TN Tennessee|48 TX Texas|49 UT Utah|50 VT Vermont|51 VA Virginia|53 WA Washington|54 WV West Virginia|55 WI Wisconsin|56 WY Wyoming|60 AS American Samoa|66 GU Guam|69 MP Northern Mariana Islands|72 PR Puerto Rico|78 VI U.S. Virgin Islands';

/** By GEOID. */
export const STATES: readonly State[] = TABLE.split('|').map((row) => ({
	geoid: row.slice(0, 2),
	code: row.slice(3, 5),
	name: row.slice(6),
}));

const BY_GEOID = new Map(STATES.map((state) => [state.geoid, state]));
const BY_CODE = new Map(STATES.map((state) => [state.code, state]));
/** Territories, in the words of the OCD ids; the District has its own. */
const TERRITORIES: readonly string[] = ['AS', 'GU', 'MP', 'PR', 'VI'];

/** The state of a GEOID of any length; undefined where its first two digits are none. */
export function stateOf(geoid: string): State | undefined {
	return BY_GEOID.get(geoid.slice(0, 2));
}

export function stateByCode(code: string): State | undefined {
	return BY_CODE.get(code);
}

/** OCD id of a state: `ocd-division/country:us/state:tx`, `…/district:dc`, `…/territory:pr`. */
export function stateId(code: string): string {
	const type = code === 'DC' ? 'district' : TERRITORIES.includes(code) ? 'territory' : 'state';
	return `ocd-division/country:us/${type}:${code.toLowerCase()}`;
}

const BY_NAME = new Map(
	STATES.flatMap(({ code, name }) => [
		[code.toLowerCase(), code],
		[foldPlace(name), code],
	]),
);

/** Code of the state that a folded text names, by its postal code or whole name. */
export function stateNamed(folded: string): string | undefined {
	return BY_NAME.get(folded);
}
