import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { outwait } from '#platform/advisory.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { addresses } from './address.ts';
import { atlasPackages, type Package, readAtlas } from './atlas.server.ts';
import { ATLAS_SOURCE, CITIES_SOURCE, LEGACY_SOURCE } from './atlas.ts';
import type { Given } from './given.ts';
import { groundOf } from './ground.ts';
import { knownBy } from './known.ts';
import {
	linkCounties,
	linkNeighbours,
	noteSource,
	rowOf,
	type Standing,
	standingPlaces,
	writePlaces,
} from './table.server.ts';

/** Version of the reading of the packages. Raise it when the same packages give other places. */
const RULES = 1;
const OURS: readonly string[] = [ATLAS_SOURCE, LEGACY_SOURCE, CITIES_SOURCE];

/**
 * Puts the states, counties and cities that come along into the tables where they are not there yet in the installed
 * versions; returns whether it did. Safe at every start and from several processes. What a gazetteer said stays, and so
 * does every place: addresses are permanent.
 */
export async function furnish(world: Pick<World, 'clock'>, tx: Tx): Promise<boolean> {
	const packages = await atlasPackages();
	if (await furnished(packages, tx)) return false;
	await outwait('places', tx);
	if (await furnished(packages, tx)) return false;
	const { places, neighbours } = await readAtlas();
	const idOf = await settle(places, tx);
	await linkNeighbours(
		neighbours.flatMap(([one, other]) => pair(idOf.get(one), idOf.get(other))),
		tx,
	);
	for (const one of packages) {
		const rows = places.filter((place) => place.source === one.name).length;
		const { name, vintage } = one;
		await noteSource({ name, version: versionOf(one), vintage, rows, added_at: world.clock.now() }, tx);
	}
	return true;
}

/** A digest of what the tables were made from; areas are made again when it changes. */
export async function placesVersion(tx: Tx): Promise<string> {
	const sources = await tx.selectFrom('place_source').select(['name', 'version']).orderBy('name').execute();
	return createHash('sha256').update(JSON.stringify(sources)).digest('hex');
}

/** Empties tables that hold only what came along, so that a backup fits in; the next start furnishes them again if none came. */
export async function clearAtlas(tx: Tx): Promise<void> {
	const imported = await tx
		.selectFrom('place_source')
		.select('name')
		.where('name', 'not in', [...OURS, 'sample'])
		.limit(1)
		.executeTakeFirst();
	if (imported) return;
	for (const table of ['place_neighbour', 'place_county', 'place', 'place_source']) {
		await sql`delete from ${sql.table(table)}`.execute(tx);
	}
}

async function furnished(packages: readonly Package[], tx: Tx): Promise<boolean> {
	const { rows } = await sql<{ name: string; version: string }>`select name, version from place_source`.execute(tx);
	const found = new Map(rows.map(({ name, version }) => [name, version]));
	return packages.every((one) => found.get(one.name) === versionOf(one));
}

function versionOf({ version }: Package): string {
	return `${version}+${RULES}`;
}

/** Writes what is new or different, and tells the id of every GEOID. */
async function settle(places: readonly Given[], tx: Tx): Promise<Map<string, string>> {
	const standing = await standingPlaces(tx);
	const known = knownBy(standing);
	const fresh = places.filter((place) => !known(place));
	const found = addresses(fresh, groundOf(standing, places));
	const idOf = new Map(standing.flatMap(({ geoid, id }) => (geoid ? [[geoid, id]] : [])));
	for (const [{ geoid }, { id }] of found) if (geoid) idOf.set(geoid, id);

	const rows: Standing[] = [];
	const links: [string, string][] = [];
	const moved: string[] = [];
	for (const place of places) {
		const before = known(place);
		const address = before ?? found.get(place);
		if (!address) continue;
		// A gazetteer knows better; what it said stays.
		if (before && !OURS.includes(before.source)) continue;
		const row = rowOf(place, address);
		if (!before || differs(before, row)) rows.push(row);
		if (before) moved.push(before.id);
		for (const county of place.counties) links.push(...pair(address.id, idOf.get(county)));
	}
	await writePlaces(rows, tx);
	if (moved.length > 0) await sql`delete from place_county where place_id = any(${moved})`.execute(tx);
	await linkCounties(links, tx);
	return idOf;
}

function differs(before: Standing, row: Standing): boolean {
	return (Object.keys(row) as (keyof Standing)[]).some((key) => before[key] !== row[key]);
}

function pair(one: string | undefined, other: string | undefined): [string, string][] {
	return one && other ? [[one, other]] : [];
}
