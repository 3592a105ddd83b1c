import { outwait } from '#platform/advisory.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { addresses } from './address.ts';
import { readCountyTeller } from './atlas.server.ts';
import { CENSUS_SOURCE, type GazetteerForm, type LineProblem, readGazetteer } from './gazetteer.ts';
import type { Given } from './given.ts';
import { groundOf } from './ground.ts';
import { type Joined, joinPlaces, joinSubdivisions } from './join.ts';
import { stateByCode } from './states.ts';
import { linkCounties, noteSource, rowOf, type Standing, standingPlaces, writePlaces } from './table.server.ts';

/** What an import did; or why the file was not read. */
export type Imported =
	| { readonly outcome: 'refused'; readonly detail: string }
	| {
			readonly outcome: 'imported';
			readonly form: GazetteerForm;
			readonly added: number;
			readonly changed: number;
			readonly unchanged: number;
			/** Cities without a GEOID that now have one. */
			readonly joined: number;
			/** Lines that say nothing for us: parts of counties without a government. */
			readonly left: number;
			readonly problems: readonly LineProblem[];
	  };

type Stands = Standing & { readonly counties: readonly string[] };

/**
 * Puts a Census gazetteer into the tables by difference. Names, points and GEOIDs of the gazetteer win; ids and addresses
 * of what stands stay, and so does a name that people use for a place joined with its county (Nashville). The same file
 * again changes nothing. Subdivisions are refused until places were imported: only then it is known which are one.
 */
export async function importGazetteer(
	text: string,
	sha256: string,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<Imported> {
	const read = readGazetteer(text);
	if ('refused' in read) return { outcome: 'refused', detail: read.refused };
	await outwait('places', tx);
	if (read.form === 'subdivisions' && !(await imported('places', tx))) {
		return {
			outcome: 'refused',
			detail:
				'Import the gazetteer of places first, or in the same command: which towns are one with a place of the same name can only be told then.',
		};
	}
	const standing = await standingPlaces(tx);
	const { form, problems } = read;
	const done =
		read.form === 'place_by_county'
			? await linkPairs(read.pairs, standing, tx)
			: await settle(await joined(read.form, read.places, standing), standing, tx);
	const rows = read.form === 'place_by_county' ? read.pairs.length : read.places.length;
	const note = { name: sourceName(form), version: sha256, vintage: null, rows, added_at: world.clock.now() };
	if (!(await imported(form, tx, sha256))) await noteSource(note, tx);
	const left = read.form === 'place_by_county' ? done.left : rows - done.added - done.changed - done.unchanged;
	return { outcome: 'imported', form, problems, ...done, left };
}

/** Places before subdivisions: the order in which files of one command are taken. */
export function importOrder(text: string): number {
	const read = readGazetteer(text);
	return 'refused' in read ? 0 : ['counties', 'places', 'place_by_county', 'subdivisions'].indexOf(read.form);
}

function sourceName(form: GazetteerForm): string {
	return `${CENSUS_SOURCE} ${form.replaceAll('_', ' ')}`;
}

async function imported(form: GazetteerForm, tx: Tx, version?: string): Promise<boolean> {
	const found = await tx
		.selectFrom('place_source')
		.select('version')
		.where('name', '=', sourceName(form))
		.executeTakeFirst();
	return found !== undefined && (version === undefined || found.version === version);
}

async function joined(
	form: 'counties' | 'places' | 'subdivisions',
	given: readonly Given[],
	standing: readonly Stands[],
): Promise<Joined<Stands>[]> {
	if (form === 'counties') {
		const byGeoid = new Map(standing.map((place) => [place.geoid, place]));
		return given.map((place) => ({ given: place, standing: byGeoid.get(place.geoid) ?? null, keep: false }));
	}
	const tell = await readCountyTeller();
	const placed = given.map((place) => {
		const state = stateByCode(place.stateCode)?.geoid ?? '';
		const around = place.at ? tell(state, place.at) : [];
		return { ...place, counties: [...new Set([...place.counties, ...around])] };
	});
	return form === 'places' ? joinPlaces(placed, standing) : joinSubdivisions(placed, standing);
}

async function settle(all: readonly Joined<Stands>[], standing: readonly Stands[], tx: Tx) {
	const fresh = all.flatMap(({ given, standing }) => (standing ? [] : [given]));
	const found = addresses(fresh, groundOf(standing, fresh));
	const countyIds = new Map(
		standing.flatMap(({ kind, geoid, id }) => (kind === 'county' && geoid ? [[geoid, id]] : [])),
	);
	const tally = { added: 0, changed: 0, unchanged: 0, joined: 0, left: 0 };
	const rows: Standing[] = [];
	const links: [string, string][] = [];
	for (const { given, standing: before, keep } of all) {
		const address = before ?? found.get(given);
		if (!address) continue;
		const row = before ? rowFor(given, before, keep) : rowOf(given, address);
		for (const county of given.counties) {
			const id = countyIds.get(county);
			if (id && !before?.counties.includes(county)) links.push([address.id, id]);
		}
		if (!before) tally.added++;
		else if (differs(before, row)) tally.changed++;
		else tally.unchanged++;
		if (before && !before.geoid && row.geoid) tally.joined++;
		if (!before || differs(before, row)) rows.push(row);
	}
	await writePlaces(rows, tx);
	await linkCounties(links, tx);
	return tally;
}

/** What becomes of a standing row. `keep`: it stays what people call it, and a place that is also a town stays the place. */
function rowFor(given: Given, before: Stands, keep: boolean): Standing {
	const { counties: _, ...own } = before;
	const row = { ...rowOf(given, before), legacy: own.legacy };
	if (!keep) return row;
	const town = given.kind === 'subdivision';
	const renamed = row.folded !== own.folded;
	return {
		...row,
		kind: own.kind,
		name: town || renamed ? own.name : row.name,
		folded: own.folded,
		geoid: town ? own.geoid : row.geoid,
		latitude: town ? own.latitude : row.latitude,
		longitude: town ? own.longitude : row.longitude,
		status: town ? own.status : row.status,
	};
}

function differs(before: Standing, row: Standing): boolean {
	return (Object.keys(row) as (keyof Standing)[]).some((key) => before[key] !== row[key]);
}

async function linkPairs(pairs: readonly (readonly [string, string])[], standing: readonly Stands[], tx: Tx) {
	const byGeoid = new Map(standing.map((place) => [place.geoid, place]));
	const links: [string, string][] = [];
	const tally = { added: 0, changed: 0, unchanged: 0, joined: 0, left: 0 };
	for (const [place, county] of pairs) {
		const [own, around] = [byGeoid.get(place), byGeoid.get(county)];
		if (!own || !around) tally.left++;
		else if (own.counties.includes(county)) tally.unchanged++;
		else {
			links.push([own.id, around.id]);
			tally.changed++;
		}
	}
	await linkCounties(links, tx);
	return tally;
}
