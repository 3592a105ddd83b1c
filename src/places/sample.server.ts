import { sql } from 'kysely';
import type { Tx, World } from '#platform/world.ts';
import { foldPlace } from './name.ts';
import { sampleCounties, sampleNeighbours, samplePlaces } from './sample.ts';
import { linkCounties, noteSource, writePlaces } from './table.server.ts';

const SOURCE = 'sample';
/** Raise it when the invented places change. */
const VERSION = '1';

/** Puts the invented places of the sample data beside the real ones. */
export async function furnishSample(world: Pick<World, 'clock'>, tx: Tx): Promise<void> {
	const places = samplePlaces();
	const rows = places.map(({ stateCode, at: _, ...place }) => ({
		...place,
		folded: foldPlace(place.name),
		state_code: stateCode,
		latitude: null,
		longitude: null,
		source: SOURCE,
		status: null,
	}));
	await writePlaces(rows, tx);
	await linkCounties(sampleCounties(), tx);
	await sql`
		insert into place_neighbour (place_id, neighbour_id)
		select pair ->> 0, pair ->> 1 from json_array_elements(${JSON.stringify(sampleNeighbours())}::json) pair
		on conflict do nothing`.execute(tx);
	const added_at = world.clock.now();
	await noteSource({ name: SOURCE, version: VERSION, vintage: null, rows: rows.length, added_at }, tx);
}

/** Takes the invented places away: they were never facts. */
export async function dropSamplePlaces(tx: Tx): Promise<void> {
	await sql`delete from place where sample`.execute(tx);
	await sql`delete from place_source where name = ${SOURCE}`.execute(tx);
}
