import { bits, distance, letters } from '#kernel/spelling.ts';
import { foldPlace } from './name.ts';
import type { Place } from './place.ts';

/** A place as far as matching needs it. */
export interface PlaceRow extends Pick<Place, 'id' | 'kind' | 'name' | 'stateCode' | 'geoid' | 'legacy'> {
	/** As it is searched; of a city or subdivision without what it calls itself. */
	readonly folded: string;
	/** Functional status by the Census Bureau; null where it is not known. */
	readonly status: string | null;
	/** Ids of the counties it lies in; of a county none. */
	readonly counties: readonly string[];
}

/** What a place may call itself, as far as it tells two places of one name apart. */
export const DESIGNATIONS = ['city', 'town', 'village', 'borough', 'township'] as const;
export type Designation = (typeof DESIGNATIONS)[number];

export interface Found {
	readonly place: PlaceRow;
	/** The spelling is one letter off. */
	readonly near: boolean;
}

/** What is known of a city or subdivision that is looked for. */
export interface Wanted {
	/** Its name without what it calls itself. */
	readonly name: string;
	readonly designation: Designation | null;
	/** Counties of which one should hold it; empty where nobody says. */
	readonly counties: readonly string[];
}

/** Places ready to be found by name, each only within its own state. */
export interface PlaceIndex {
	state(code: string): PlaceRow | null;
	/**
	 * The county that a text names, with or without the word County and its like. A county and an independent city of one
	 * name are told apart by the word; a bare name that both bear names neither. One letter off counts only where no
	 * place has the exact name and a single county comes near.
	 */
	county(code: string, text: string): Found | null;
	/** Counties whose name is at most two letters off: of use only beside a second witness. */
	countiesLike(code: string, text: string): PlaceRow[];
	/**
	 * The one city or subdivision that is meant; null where there is none or more than one. A township is never a city. Of
	 * several, the county decides, then the word, then the one with a government of its own.
	 */
	town(code: string, wanted: Wanted): Found | null;
}

interface Entry {
	readonly row: PlaceRow;
	readonly key: string;
	readonly designation: Designation | null;
	/** An independent city, for a county. */
	readonly independent: boolean;
}

interface Shelf {
	readonly state: PlaceRow | null;
	readonly counties: ReadonlyMap<string, readonly Entry[]>;
	readonly towns: ReadonlyMap<string, readonly Entry[]>;
	/** A gazetteer was imported, so a name that is found once stands there once. */
	readonly complete: boolean;
}

const EMPTY: Shelf = { state: null, counties: new Map(), towns: new Map(), complete: false };

/** Shorter names have too many neighbours: Lee, Bay, Clay, Lake. */
const LEAST_NEAR = 5;

/** An index over the rows of any number of states; each state is read when it is first asked for. */
export function placeIndex(rows: Iterable<PlaceRow>): PlaceIndex {
	const byState = new Map<string, PlaceRow[]>();
	for (const row of rows) {
		const known = byState.get(row.stateCode);
		if (known) known.push(row);
		else byState.set(row.stateCode, [row]);
	}
	const shelves = new Map<string, Shelf>();

	function shelf(code: string): Shelf {
		let made = shelves.get(code);
		if (!made) {
			const there = byState.get(code);
			made = there ? shelfOf(there) : EMPTY;
			shelves.set(code, made);
		}
		return made;
	}

	return {
		state: (code) => shelf(code).state,
		county: (code, text) => countyOn(shelf(code), text),
		countiesLike: (code, text) => likeOn(shelf(code), text),
		town: (code, wanted) => townOn(shelf(code), wanted),
	};
}

function shelfOf(rows: readonly PlaceRow[]): Shelf {
	const counties = new Map<string, Entry[]>();
	const towns = new Map<string, Entry[]>();
	let state: PlaceRow | null = null;
	let complete = false;
	for (const row of rows) {
		if (row.kind === 'state') state = row;
		else if (row.kind === 'county') for (const entry of countyEntries(row)) add(counties, entry);
		else add(towns, townEntry(row));
		complete ||= row.geoid !== null && (row.kind === 'city' || row.kind === 'subdivision');
	}
	addJoint(rows, counties, towns);
	return { state, counties, towns, complete };
}

function add(shelf: Map<string, Entry[]>, entry: Entry): void {
	const there = shelf.get(entry.key);
	if (there) there.push(entry);
	else shelf.set(entry.key, [entry]);
}

/** Nashville-Davidson, Athens-Clarke County: a government of a city and its county is called by the city alone. */
function addJoint(
	rows: readonly PlaceRow[],
	counties: ReadonlyMap<string, unknown>,
	towns: Map<string, Entry[]>,
): void {
	for (const row of rows) {
		const [, city, county] = (row.kind === 'city' && JOINT.exec(row.name)) || [];
		if (!city || !county || !counties.has(placeKey(county))) continue;
		const entry = { ...townEntry(row), key: placeKey(city) };
		if (!towns.has(entry.key)) add(towns, entry);
	}
}

const JOINT = /^([^-/]+)[-/](.+?)(?: County)?(?: [a-z][a-z ]*)?(?: \(balance\))?$/;
export const COUNTY_WORD =
	/ (county|parish|borough|census area|city and borough|municipality|municipio|planning region)$/i;

function countyEntries(row: PlaceRow): Entry[] {
	const base = row.name.replace(COUNTY_WORD, '');
	// Richmond city, Carson City: independent cities.
	const independent = base === row.name && / city$/i.test(base);
	const names = independent ? [base.replace(/ city$/i, ''), base] : [base];
	return names.map((name) => ({ row, key: placeKey(name), designation: null, independent }));
}

/** What the gazetteers print behind a name; in lower case there, so that Kansas City keeps its own. */
const TOWN_WORD = / (?:charter )?(city|town|village|borough|township)$/;

function townEntry(row: PlaceRow): Entry {
	const designation = (TOWN_WORD.exec(row.name)?.[1] ?? null) as Designation | null;
	return { row, key: keyOf(row.folded), designation, independent: false };
}

const SMALL: ReadonlySet<string> = new Set(['of', 'the', 'and', 'for']);

/** What two printings of one name have in common, from its folded form: DeKalb and De Kalb, Isle of Wight and Isle Wight. */
function keyOf(folded: string): string {
	let key = '';
	for (const word of folded.split(' ')) if (!SMALL.has(word)) key += word;
	return key;
}

function placeKey(name: string): string {
	return keyOf(foldPlace(name));
}

function countyOn(shelf: Shelf, text: string): Found | null {
	const readings = readCounty(text);
	for (const { name, word } of readings) {
		const exact = shelf.counties.get(placeKey(name));
		if (exact) return found(oneCounty(exact, word), false);
	}
	const { name, word } = readings.at(-1) as CountyText;
	const key = placeKey(name);
	if (key.length < LEAST_NEAR || shelf.towns.has(key)) return null;
	const near = neighbours(shelf.counties, key, 1);
	return near.length === 1 ? found(oneCounty(near[0] ?? [], word), true) : null;
}

/** A name, and the word beside it that says which kind is meant. */
interface CountyText {
	readonly name: string;
	readonly word: 'county' | 'city' | null;
}

/** What a text may mean, the likelier first: Charles City and Carson City are names in full, Richmond City is not. */
function readCounty(text: string): CountyText[] {
	const trimmed = text.trim();
	const city = /^(?:the )?city of (.+)$/i.exec(trimmed)?.[1];
	if (city) return [{ name: city, word: 'city' }];
	const county = trimmed.replace(COUNTY_WORD, '').replace(/^(?:the )?(?:county|parish) of /i, '');
	if (county !== trimmed) return [{ name: county, word: 'county' }];
	const bare = trimmed.replace(/ city$/i, '');
	const whole: CountyText = { name: trimmed, word: null };
	return bare === trimmed ? [whole] : [whole, { name: bare, word: 'city' }];
}

function oneCounty(entries: readonly Entry[], word: 'county' | 'city' | null): PlaceRow | null {
	const standing = entries.filter((entry) => !entry.row.legacy);
	const known = standing.length > 0 ? standing : entries;
	const counties = known.filter((entry) => !entry.independent);
	const cities = known.filter((entry) => entry.independent);
	// Nobody prints "City" behind the name of a county that has none; a city's county is often called County by mistake.
	const meant = word === 'city' ? cities : word === 'county' && counties.length > 0 ? counties : known;
	return meant.length === 1 ? (meant[0]?.row ?? null) : null;
}

function likeOn(shelf: Shelf, text: string): PlaceRow[] {
	const key = placeKey(readCounty(text).at(-1)?.name ?? '');
	return neighbours(shelf.counties, key, 2).flatMap((entries) => entries.map((entry) => entry.row));
}

function townOn(shelf: Shelf, wanted: Wanted): Found | null {
	const key = placeKey(wanted.name);
	const exact = shelf.towns.get(key);
	if (exact) return found(oneTown(exact, wanted, shelf.complete), false);
	// One letter off in a list that may lack the name itself is a guess, unless the county agrees.
	if (key.length < LEAST_NEAR || shelf.counties.has(key)) return null;
	const near = neighbours(shelf.towns, key, 1);
	if (near.length !== 1 || !near[0]) return null;
	const place = oneTown(near[0], wanted, shelf.complete);
	return place && (shelf.complete || liesIn(place, wanted.counties)) ? found(place, true) : null;
}

function oneTown(entries: readonly Entry[], wanted: Wanted, complete: boolean): PlaceRow | null {
	const called = entries.filter((entry) => mayBe(entry, wanted.designation));
	const there = called.filter((entry) => liesIn(entry.row, wanted.counties));
	// Where all names are known, a place of its name alone in its state is meant, even where the county is another.
	if (there.length === 0 && wanted.counties.length > 0 && !(complete && called.length === 1)) return null;
	const left = there.length > 0 ? there : called;
	// Manheim borough stands among the subdivisions too, without a government there.
	const same = left.filter(
		(entry) => wanted.designation !== null && entry.designation === wanted.designation && isGoverned(entry.row),
	);
	return governed(same.length > 0 ? same : left);
}

/** A township is called one, and nothing else is; City and Town are used for each other. */
function mayBe({ row, designation }: Entry, word: Designation | null): boolean {
	if (word === null) return true;
	const township = designation === 'township' || (designation === null && row.kind === 'subdivision');
	return word === 'township' ? township : designation !== 'township';
}

/** A and B, C: governments of their own, of which some are joined with another. G: under another government, police included. */
const GOVERNED: ReadonlySet<string> = new Set(['A', 'B', 'C', 'G']);

/** Whether it is known to have a government of its own. */
export function isGoverned({ status }: Pick<PlaceRow, 'status'>): boolean {
	return GOVERNED.has(status ?? '');
}

/** The only one of the first sort there is: a city, a part of a county with a government, one not known to have any, the rest. */
function governed(entries: readonly Entry[]): PlaceRow | null {
	const sorts: PlaceRow[][] = [[], [], [], []];
	for (const { row } of entries) {
		const sort = row.status === null ? 2 : !isGoverned(row) ? 3 : row.kind === 'city' ? 0 : 1;
		sorts[sort]?.push(row);
	}
	const first = sorts.find((sort) => sort.length > 0) ?? [];
	return first.length === 1 ? (first[0] ?? null) : null;
}

function liesIn(place: PlaceRow, counties: readonly string[]): boolean {
	return place.counties.some((county) => counties.includes(county));
}

/** The entries under every name that is other than the key by at least one letter and at most `most`. */
function neighbours(shelf: ReadonlyMap<string, readonly Entry[]>, key: string, most: number): (readonly Entry[])[] {
	const mask = letters(key);
	const near: (readonly Entry[])[] = [];
	for (const [other, entries] of shelf) {
		if (Math.abs(other.length - key.length) > most || bits(letters(other) ^ mask) > 2 * most) continue;
		if (distance(key, other, most) <= most) near.push(entries);
	}
	return near;
}

function found(place: PlaceRow | null, near: boolean): Found | null {
	return place && { place, near };
}
