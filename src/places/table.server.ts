import { sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import type { Given } from './given.ts';
import { foldPlace } from './name.ts';
import type { PlaceKind } from './place.ts';

/** A row of the table `place`, and the counties it lies in. */
export interface Standing {
	readonly id: string;
	readonly kind: PlaceKind;
	readonly name: string;
	readonly folded: string;
	readonly state_code: string;
	readonly geoid: string | null;
	readonly slug: string;
	readonly legacy: boolean;
	readonly latitude: number | null;
	readonly longitude: number | null;
	readonly source: string;
	readonly status: string | null;
	readonly sample: boolean;
}

/** Rows of one statement: a few megabytes of JSON. */
const BATCH = 5_000;

/** Every real place with the GEOIDs of its counties. */
export async function standingPlaces(tx: Tx): Promise<(Standing & { readonly counties: readonly string[] })[]> {
	const { rows } = await sql<Standing & { counties: string[] }>`
		select p.id, p.kind, p.name, p.folded, p.state_code, p.geoid, p.slug, p.legacy, p.latitude, p.longitude, p.source, p.status, p.sample,
			coalesce(l.counties, '{}') as counties
		from place p left join (
			select c.place_id, array_agg(o.geoid order by o.geoid) as counties from place_county c join place o on o.id = c.county_id
			group by c.place_id) l on l.place_id = p.id
		where not p.sample order by p.id`.execute(tx);
	return rows;
}

/** The row of a given place at its address. Cities and subdivisions are folded without their kind word, so that a search finds either. */
export function rowOf(given: Given, { id, slug }: { readonly id: string; readonly slug: string }): Standing {
	const whole = given.kind === 'state' || given.kind === 'county';
	return {
		id,
		kind: given.kind,
		name: given.name,
		folded: foldPlace(whole ? given.name : given.bare),
		state_code: given.stateCode,
		geoid: given.geoid,
		slug,
		legacy: given.legacy,
		latitude: given.at?.latitude ?? null,
		longitude: given.at?.longitude ?? null,
		source: given.source,
		status: given.status,
		sample: false,
	};
}

/** Inserts rows, or replaces those that stand under the same id. */
export async function writePlaces(rows: readonly Standing[], tx: Tx): Promise<void> {
	for (let from = 0; from < rows.length; from += BATCH) {
		await sql`
			insert into place (id, kind, name, folded, state_code, geoid, slug, legacy, latitude, longitude, source, status, sample)
			select id, kind, name, folded, state_code, geoid, slug, legacy, latitude, longitude, source, status, sample
			from json_populate_recordset(null::place, ${JSON.stringify(rows.slice(from, from + BATCH))}::json)
			on conflict (id) do update set kind = excluded.kind, name = excluded.name, folded = excluded.folded, geoid = excluded.geoid,
				legacy = excluded.legacy, latitude = excluded.latitude, longitude = excluded.longitude, source = excluded.source,
				status = excluded.status`.execute(tx);
	}
}

/** Says in which counties places lie, by ids; what was said before stays. */
export async function linkCounties(pairs: readonly (readonly [string, string])[], tx: Tx): Promise<void> {
	await sql`
		insert into place_county (place_id, county_id)
		select pair ->> 0, pair ->> 1 from json_array_elements(${JSON.stringify(pairs)}::json) pair
		on conflict do nothing`.execute(tx);
}

/** Replaces what borders on what among places that are no sample. */
export async function linkNeighbours(pairs: readonly (readonly [string, string])[], tx: Tx): Promise<void> {
	await sql`delete from place_neighbour where place_id in (select id from place where not sample)`.execute(tx);
	await sql`
		insert into place_neighbour (place_id, neighbour_id)
		select distinct pair ->> 0, pair ->> 1 from json_array_elements(${JSON.stringify(pairs)}::json) pair`.execute(tx);
}

/** Notes what was read into the tables. */
export async function noteSource(
	source: {
		readonly name: string;
		readonly version: string;
		readonly vintage: string | null;
		readonly rows: number;
		readonly added_at: Date;
	},
	tx: Tx,
): Promise<void> {
	const { name, ...rest } = source;
	await tx
		.insertInto('place_source')
		.values(source)
		.onConflict((conflict) => conflict.column('name').doUpdateSet(rest))
		.execute();
}
