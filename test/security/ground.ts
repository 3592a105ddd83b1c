import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { vi } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { everybody } from '../access/everybody.ts';
import { testDatabase } from '../database.ts';
import { plant } from '../pages/canaries.ts';

type Named = { readonly id: string; readonly path: string };

/** Two cities, a person of every kind, and a canary in each private column: what is asked for where the first wall is gone. */
export async function ground() {
	vi.stubEnv('COMPACT_SECRET', 'the secret of all tests, long enough');
	const database = await testDatabase();
	const { world } = database;
	database.now = new Date();
	const [here, there, asking] = await world.db.as(SYSTEM, async (tx) => {
		const { rows } = await sql<Named>`
			select id, lower(state_code) || '/place/' || slug as path from place
			where kind = 'city' and not sample order by id limit 3`.execute(tx);
		return rows as [Named, Named, Named];
	});
	const matter = `matter:${randomUUID()}`;
	const people = await everybody({ here: here.id, there: there.id, asking: asking.id }, matter, world);
	await database.owner((session) =>
		session.query(`insert into library_work (id, address, title, instrument, language, added_at, added_by)
			values (gen_random_uuid(), 'coalition/walls', 'Walls', 'ordinance', 'en', now(), 'test')`),
	);
	const canaries = await plant(
		{ here: here.id, there: there.id, member: people.M.actor, counsel: people.c.actor, matter },
		world as never,
	);
	/** Rows of tables, each as a hash; `of` is a condition on the city, $2. */
	const rowsOf = (tables: readonly string[], of: string, city: string): Promise<readonly string[]> =>
		database.owner(async (session) => {
			await session.query(`set compact.role = 'maintenance'`);
			const found: string[] = [];
			for (const table of tables) {
				const { rows } = await session.query(
					`select $1 || ' ' || md5(t::text) as row from ${table} t where owner_city ${of} $2`,
					[table, city],
				);
				found.push(...rows.map(({ row }) => row as string));
			}
			return found.sort();
		});
	return { database, world, here, there, people, canaries, rowsOf };
}
