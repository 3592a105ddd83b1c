import { sql } from 'kysely';
import { byline } from '#access/byline.server.ts';
import type { Tx, World } from '#platform/world.ts';

/** Names, by account, of people who hold or held a seat; each as their latest seat has it. `tx` acts for who may read seats. */
export async function namesSeated(tx: Tx): Promise<ReadonlyMap<string, string>> {
	const { rows } = await sql<{ person: string; name: string }>`
		select distinct on (person) person, name from coalition_seat
		where person is not null and name is not null order by person, added_at desc`.execute(tx);
	return new Map(rows.map(({ person, name }) => [person, name]));
}

/** The same by byline. */
export async function namesSigned(world: Pick<World, 'keys'>, tx: Tx): Promise<ReadonlyMap<string, string>> {
	return new Map([...(await namesSeated(tx))].map(([person, name]) => [byline(person, world), name]));
}
