import { sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import { type PlaceIndex, type PlaceRow, placeIndex } from './match.ts';

/** The places of some states (USPS codes), ready to be found by name: the invented ones of the sample data, or all others. */
export async function readPlaces(states: readonly string[], sample: boolean, tx: Tx): Promise<PlaceIndex> {
	const { rows } = await sql<PlaceRow>`
		select p.id, p.kind, p.name, p.folded, p.state_code as "stateCode", p.geoid, p.legacy, p.status,
			array(select c.county_id from place_county c where c.place_id = p.id and p.kind in ('city', 'subdivision') order by 1) as counties
		from place p where p.state_code = any(${states}) and p.sample = ${sample} order by p.id`.execute(tx);
	return placeIndex(rows);
}
