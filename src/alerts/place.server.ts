import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import type { Chosen } from './letter.ts';

/** Places that a condition on `p` chooses, with their state, by name. One that is no place any more is left out. */
export async function placesWhere(where: RawBuilder<unknown>, tx: Tx): Promise<Chosen[]> {
	const { rows } = await sql<Chosen>`
		select p.id, p.kind, p.name, p.state_code as "stateCode", p.slug, s.name as state
		from place p join place s on s.kind = 'state' and s.state_code = p.state_code
		where ${where} order by p.name collate "und-x-icu", s.name, p.id`.execute(tx);
	return rows;
}
