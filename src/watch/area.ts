import {
	type Designation,
	type Found,
	isGoverned,
	type PlaceIndex,
	type PlaceRow,
	type Wanted,
} from '#places/match.ts';
import type { Agency } from './agency.ts';
import { type AreaName, areaName } from './area-name.ts';
import { foldName } from './identity/name.ts';
import { stateOf } from './identity/state.ts';
import type { Overrule } from './overrule.ts';

/** Version of the rules: areas that older rules made are made again. */
export const AREA_RULES = 2;

/** What kind of area it is. */
export type Level = 'state' | 'county' | 'city';
/**
 * Serves its whole area; works only inside its jail; serves a state or a special purpose, so that its limits are not assessed.
 * A special body at level `state` is a campus or an airport somewhere in it: the list does not say where.
 */
export type AreaBody = 'general' | 'jail' | 'statewide' | 'special';
/** The rule that decided. */
export type Basis = 'overrule' | 'state_agency' | 'county_cell' | 'agency_name' | 'place_name' | 'subdivision' | 'none';

/** The area an agency serves, as far as its own rows say. */
export interface Area {
	readonly agencyId: string;
	readonly stateCode: string;
	/** Null where the rows do not say. */
	readonly level: Level | null;
	/** The place of that level; null where none could be assigned. */
	readonly placeId: string | null;
	/** Counties that the place lies in (itself, for a county), or those its row names where no place was found. */
	readonly countyIds: readonly string[];
	readonly body: AreaBody;
	readonly basis: Basis;
	/** The spelling was a letter off. */
	readonly near: boolean;
}

type Located = Pick<Area, 'level' | 'placeId' | 'countyIds' | 'basis' | 'near'>;

/** An agency with what its row says about where it is. */
interface Case {
	readonly agency: Agency;
	readonly name: AreaName;
	/** Counties that its COUNTY cell names; none where the cell is empty or names anything else. */
	readonly cell: readonly Found[];
	readonly places: PlaceIndex;
}

/**
 * The area of every agency. A county agency has a county: the one its name says, borne out by its COUNTY cell or outvoting
 * it, else that of the cell, else that of the town it is called after. Police of a town have that town. An agency of a
 * state has its state whatever its cell says. Never a place of another state; what no rule settles has no place.
 */
export function areasOf(
	agencies: readonly Agency[],
	places: PlaceIndex,
	overrules: readonly Overrule[] = [],
): readonly Area[] {
	const ruled = new Set<string>();
	for (const rule of overrules)
		if (rule.kind === 'county') ruled.add(`${stateOf(rule.state).name}|${foldName(rule.agency)}`);
	return agencies.map((agency) => {
		const one: Case = { agency, name: areaName(agency), cell: cellOf(agency, places), places };
		const overruled = agency.names.some((name) => ruled.has(`${agency.state}|${foldName(name)}`));
		const located = overruled && one.cell.length > 0 ? byOverrule(one) : locate(one);
		return { agencyId: agency.id, stateCode: agency.stateCode, ...located, body: bodyOf(one, located.level) };
	});
}

function cellOf({ county, stateCode }: Agency, places: PlaceIndex): readonly Found[] {
	if (county === null) return [];
	const whole = places.county(stateCode, county);
	if (whole) return [whole];
	const parts = county.split(/[,;/&]|\band\b/).map((part) => places.county(stateCode, part));
	const sound = parts.filter((part) => part !== null && !part.near);
	// One part that is no county of the state spoils the cell.
	return sound.length === parts.length ? (sound as Found[]) : [];
}

/** A person's word for the county; the town of that name in it, where the agency is a town's. */
function byOverrule(one: Case): Located {
	const town = classOf(one) === 'town' ? townOf(one) : null;
	return { ...(town ? inTown(town) : inCounties(one.cell, 'overrule')), basis: 'overrule' };
}

function locate(one: Case): Located {
	switch (classOf(one)) {
		case 'state':
			return ofState(one);
		case 'county':
			return ofCounty(one);
		case 'town':
			return ofTown(one);
		case 'purpose':
			return ofPurpose(one);
		case 'region':
			return { ...inCounties(one.cell, 'county_cell'), level: null, placeId: null };
	}
}

/** What has a home, but not the limits of a place. */
const HOMELY: ReadonlySet<string> = new Set(['campus', 'airport_port']);
const OF_A_STATE: ReadonlySet<string> = new Set(['state_police', 'military', 'wildlife_environment']);

/** Whose agency it is, from its kind, its TYPE cell and the words of its name. */
function classOf(one: Case): 'state' | 'county' | 'town' | 'purpose' | 'region' {
	const { agency, name } = one;
	const { kind, stateCode } = agency;
	const type = agency.type ?? '';
	if (stateCode === 'DC') return 'state';
	if (HOMELY.has(kind) && !ofSuchTown(one)) return 'purpose';
	if (kind === 'sheriff' || kind === 'county_board') return 'county';
	// Derry Township, Westmoreland County: the township's.
	if (name.saysCounty && name.designation === null) return 'county';
	if (name.regional) return 'region';
	if (/state/i.test(type) || (type === '' && OF_A_STATE.has(kind))) return 'state';
	if (/municipal|city|town/i.test(type)) return 'town';
	if (kind === 'prosecutor' || kind === 'corrections') return 'county';
	if (kind === 'constable' && (stateCode === 'TX' || /precinct|pct/.test(name.text))) return 'county';
	return 'town';
}

/** University Park, State College, Bar Harbor: police of a town whose name has such a word. */
function ofSuchTown(one: Case): boolean {
	const { agency, name } = one;
	if (/state/i.test(agency.type ?? '') || !/\b(police|pd|public safety|marshal|constable)/.test(name.text))
		return false;
	const town = townOf(one);
	return (
		town?.near === false &&
		/\b(college|university|schools?|academy|campus|port|airport|harbor)\b/.test(town.place.folded)
	);
}

function ofState({ agency, places }: Case): Located {
	const state = places.state(agency.stateCode);
	return { level: 'state', placeId: state?.id ?? null, countyIds: [], basis: 'state_agency', near: false };
}

function ofCounty(one: Case): Located {
	const { agency, name, cell, places } = one;
	const texts = name.counties.length > 0 ? name.counties : name.runs;
	const readings = texts.flatMap((text) => countyNamed(one, text) ?? []);
	const named = readings.find((found) => !found.near) ?? readings[0] ?? null;
	const [first] = cell;
	if (named && cell.some((found) => found.place === named.place)) {
		// Cell and name say the same; whichever is spelled right vouches for the other.
		const spelled = cell.find((found) => found.place === named.place);
		const near = named.near && spelled?.near === true;
		return inCounty(named.place, spelled?.near && !named.near ? 'agency_name' : 'county_cell', near);
	}
	if (named && !named.near && (name.saysCounty || !first)) return inCounty(named.place, 'agency_name', false);
	if (first && !(first.near && named)) return inCounties(cell, 'county_cell');
	if (named && !first) return inCounty(named.place, 'agency_name', true);
	const both = texts.flatMap((text) => (agency.county === null ? [] : alike(one, text, agency.county)));
	if (both[0] && both.every((county) => county === both[0])) return inCounty(both[0], 'county_cell', true);
	if (/state/i.test(agency.type ?? '')) return ofState(one);
	// Roanoke's sheriff may be the city's or the county's: a town is asked only where no county comes near.
	const unlike = texts.every((text) => places.countiesLike(agency.stateCode, text).length === 0);
	const town = unlike && !name.regional && !first ? townOf(one) : null;
	const [home, ...more] = town && !town.near ? town.place.counties : [];
	return home !== undefined && more.length === 0
		? { level: 'county', placeId: home, countyIds: [home], basis: basisOf(town as Found), near: false }
		: { ...nowhere('county') };
}

/** The county of a name; of a joint one (Athens-Clarke County) the last part that is one. */
function countyNamed({ agency, places }: Case, text: string): Found | null {
	const whole = places.county(agency.stateCode, text);
	if (whole && !whole.near) return whole;
	const words = text.split(' ');
	for (let from = 1; from < words.length - 1 && words.at(-1) === 'county'; from++) {
		const part = /[-/]/.test(agency.name) ? places.county(agency.stateCode, words.slice(from).join(' ')) : null;
		if (part && !part.near) return part;
	}
	return whole;
}

/** Two spellings, each up to two letters off, that can only mean one county together. */
function alike({ agency, places }: Case, name: string, cell: string): PlaceRow[] {
	const said = new Set(places.countiesLike(agency.stateCode, cell));
	return places.countiesLike(agency.stateCode, name).filter((county) => said.has(county));
}

function ofTown(one: Case): Located {
	const { agency, name, cell, places } = one;
	const run = name.runs[0] ?? '';
	const metropolitan =
		/\b(metropolitan|metro|unified|consolidated)\b/.test(name.text) && /county/i.test(agency.type ?? '');
	if (metropolitan && cell.length === 1) return inCounties(cell, 'county_cell');
	// A municipio of Puerto Rico and a borough of Alaska are counties with a town's police.
	if (agency.stateCode === 'PR' || (agency.stateCode === 'AK' && name.designation === 'borough')) {
		for (const text of name.runs) {
			const county = places.county(agency.stateCode, text);
			if (county && !county.near) return inCounty(county.place, 'agency_name', false);
		}
	}
	const town = townOf(one);
	if (town) return inTown(town);
	const county = /county/i.test(agency.type ?? '') ? places.county(agency.stateCode, run) : null;
	if (county && !county.near) return ofCounty(one);
	if (name.designation === null && run.startsWith(agency.state.toLowerCase())) return ofState(one);
	return { ...inCounties(cell, 'county_cell'), level: 'city', placeId: null };
}

function townOf({ agency, name, cell, places }: Case): Found | null {
	const counties = cell.map((found) => found.place.id);
	if (counties.length === 0) {
		for (const text of name.counties) {
			const said = places.county(agency.stateCode, text);
			if (said) counties.push(said.place.id);
		}
	}
	let best: Found | null = null;
	for (const calling of name.runs.flatMap((run) => callings(run, name))) {
		const found = places.town(agency.stateCode, { ...calling, counties });
		if (found && (best === null || rank(found, counties) > rank(best, counties))) best = found;
	}
	return best;
}

/**
 * A name to the letter before one that is a letter off; then the county that the row says (Union City Police in the county
 * of Union city); then a government, and a city's before a township's: Arnold City Police are of the city of Arnold, not of
 * Arnold City, which has none.
 */
function rank({ near, place }: Found, counties: readonly string[]): number {
	if (near) return 0;
	const agrees = counties.length === 0 || place.counties.some((county) => counties.includes(county));
	const governs = place.status === null || isGoverned(place);
	return (agrees ? 4 : 1) + (governs ? (place.kind === 'city' ? 2 : 1) : 0);
}

/** Indian Creek Village may be called so in full, or be the village of Indian Creek. */
function callings(run: string, { designation, prefixed }: AreaName): Pick<Wanted, 'name' | 'designation'>[] {
	const callings = [{ name: run, designation }];
	const word = /^(.+?)(?: charter)? (city|town|village|borough|township)$/.exec(run);
	if (word?.[1]) callings.push({ name: word[1], designation: word[2] as Designation });
	if (prefixed) callings.push({ name: `${designation} ${run}`, designation: null });
	return callings;
}

/** A campus or an airport: the county is enough, and only where the name says a place beyond doubt. */
function ofPurpose(one: Case): Located {
	const { agency, name, cell } = one;
	if (name.saysCounty) return ofCounty(one);
	if (cell.length > 0) return inCounties(cell, 'county_cell');
	const town = homeOf(one);
	const [home, ...more] = town && !town.near ? town.place.counties : [];
	if (town && home !== undefined && more.length === 0) {
		return { level: 'county', placeId: home, countyIds: [home], basis: basisOf(town), near: false };
	}
	return /state/i.test(agency.type ?? '') ? ofState(one) : nowhere(null);
}

/** Lamar University is not in Lamar: only of schools, community colleges, universities "of" a town, and airports is it sure. */
const CALLED_AFTER_HOME = /\b(isd|cisd|schools?|community college|university of|airport|port of)\b/;

function homeOf(one: Case): Found | null {
	if (!CALLED_AFTER_HOME.test(one.name.text)) return null;
	const state = one.agency.state.toLowerCase();
	const runs = one.name.runs
		.map((run) => (run.startsWith(`${state} `) ? run.slice(state.length + 1) : run).replace(/^at /, ''))
		.filter((run) => run !== state);
	return townOf({ ...one, name: { ...one.name, runs } });
}

const PURPOSES: ReadonlySet<string> = new Set([
	'campus',
	'airport_port',
	'wildlife_environment',
	'prosecutor',
	'military',
]);
const PURPOSE =
	/\b(transit|transportation|railroad|tribal|tribe|nation|hospital|medical|housing authority|capitol|forest preserve|park district|water|probation|parole|community supervision)\b/;

function bodyOf({ agency, name }: Case, level: Level | null): AreaBody {
	if (level === 'state') return HOMELY.has(agency.kind) ? 'special' : 'statewide';
	// A school's or a port's police are never put in a city; where they are, the town only sounds like one.
	if (PURPOSES.has(agency.kind) && !(level === 'city' && HOMELY.has(agency.kind))) return 'special';
	if (level !== 'city' && PURPOSE.test(name.text)) return 'special';
	return agency.kind === 'corrections' ? 'jail' : 'general';
}

function basisOf({ place }: Found): Basis {
	return place.kind === 'subdivision' ? 'subdivision' : 'place_name';
}

function inTown(town: Found): Located {
	const { place, near } = town;
	return { level: 'city', placeId: place.id, countyIds: place.counties, basis: basisOf(town), near };
}

function inCounty({ id }: PlaceRow, basis: Basis, near: boolean): Located {
	return { level: 'county', placeId: id, countyIds: [id], basis, near };
}

/** One county is a place; several are said, and none of them is the place. */
function inCounties(cell: readonly Found[], basis: Basis): Located {
	const [first, ...more] = cell;
	if (!first) return nowhere('county');
	if (more.length === 0) return inCounty(first.place, basis, first.near);
	return { level: 'county', placeId: null, countyIds: cell.map(({ place }) => place.id), basis, near: false };
}

function nowhere(level: Level | null): Located {
	return { level, placeId: null, countyIds: [], basis: 'none', near: false };
}
