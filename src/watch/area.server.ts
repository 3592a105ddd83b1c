import { type RawBuilder, sql } from 'kysely';

/**
 * Condition on `agency` (an SQL expression): its area includes the place, or lies inside it where the place is a county or
 * a state. A city lies in every county that `place_county` names, a legacy county among them.
 */
export function concerns(agency: RawBuilder<unknown>, placeId: string): RawBuilder<unknown> {
	return sql`${agency} in (
		select r.id from watch_area r, place p
		where p.id = ${placeId} and r.state_code = p.state_code and (
			p.kind = 'state' or r.level = 'state' or r.place_id = p.id
			or (p.kind = 'county' and p.id = any(r.county_ids))
			or (r.level = 'county' and r.county_ids && array(select county_id from place_county where place_id = p.id))))`;
}
