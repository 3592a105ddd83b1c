import { type RawBuilder, sql } from 'kysely';
import { readPlaces } from '#places/match.server.ts';
import type { Tx } from '#platform/world.ts';
import type { Agency } from './agency.ts';
import { areasOf } from './area.ts';
import type { Overrule } from './overrule.ts';
import { replace } from './replace.server.ts';

/** Makes the table of areas hold those of these agencies, by the places that are known now: invented places for sample data, real ones else. */
export async function placeAgencies(
	agencies: readonly Agency[],
	overrules: readonly Overrule[],
	sample: boolean,
	tx: Tx,
): Promise<void> {
	const states = [...new Set(agencies.map((agency) => agency.stateCode))];
	const areas = areasOf(agencies, await readPlaces(states, sample, tx), overrules);
	const rows = areas.map((area) => ({
		id: area.agencyId,
		state_code: area.stateCode,
		level: area.level,
		place_id: area.placeId,
		county_ids: area.countyIds,
		body: area.body,
		basis: area.basis,
		near: area.near,
	}));
	const { vanished } = await replace('watch_area', rows, tx);
	if (vanished.length > 0) await sql`delete from watch_area where id = any(${vanished})`.execute(tx);
}

/**
 * Condition on an area `r` and a place `p`: the area includes the place, or lies inside it where the place is a county or
 * a state. A city lies in every county that `place_county` names, a legacy county among them. A campus or an airport that
 * the list puts in a state and nowhere closer concerns the state alone.
 */
export const AROUND = sql`(r.state_code = p.state_code and (
	p.kind = 'state' or (r.level = 'state' and r.body <> 'special') or r.place_id = p.id
	or (p.kind = 'county' and p.id = any(r.county_ids))
	or (r.level = 'county' and r.county_ids && array(select county_id from place_county where place_id = p.id))))`;

/** Condition on `agency` (an SQL expression): it concerns the place. */
export function concerns(agency: RawBuilder<unknown>, placeId: string): RawBuilder<unknown> {
	return sql`${agency} in (select r.id from watch_area r, place p where p.id = ${placeId} and ${AROUND})`;
}

/** Condition on `agency` (an SQL expression): it serves a whole state; or, with false, it does not. */
export function servesState(agency: RawBuilder<unknown>, wanted: boolean): RawBuilder<unknown> {
	return sql`${agency} in (select r.id from watch_area r where (r.level = 'state' and r.body <> 'special') = ${wanted})`;
}
