import { type RawBuilder, sql } from 'kysely';
import { placeAt } from '#places/address.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Chosen } from './letter.ts';
import { MAILER } from './mailer.ts';

/** Places that a condition on `p` chooses, with their state, by name. One that is no place any more is left out. */
export async function placesWhere(where: RawBuilder<unknown>, tx: Tx): Promise<Chosen[]> {
	const { rows } = await sql<Chosen>`
		select p.id, p.kind, p.name, p.state_code as "stateCode", p.slug, s.name as state
		from place p join place s on s.kind = 'state' and s.state_code = p.state_code
		where ${where} order by p.name collate "und-x-icu", s.name, p.id`.execute(tx);
	return rows;
}

/** The place at the end of an address, such as `tx/walker-county`; null for none, and for an invented one: nothing is ever told of it. */
export async function chosenAt(text: string, world: Pick<World, 'db'>): Promise<Chosen | null> {
	return world.db.as(MAILER, async (tx) => {
		const place = await placeAt(text, tx);
		return place && !place.sample ? ((await placesWhere(sql`p.id = ${place.id}`, tx))[0] ?? null) : null;
	});
}
