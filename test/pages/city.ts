import { SYSTEM } from '#access/actor.ts';
import type { World } from '#platform/world.ts';

/** OCD id of an invented city, by its slug: `alder-falls`. Throws where there is none. */
export async function sampleCity(slug: string, { db }: Pick<World, 'db'>): Promise<string> {
	const found = await db.as(SYSTEM, (tx) =>
		tx.selectFrom('place').select('id').where('slug', '=', slug).where('sample', '=', true).executeTakeFirst(),
	);
	if (!found) throw new Error(`There is no invented city ${slug}.`);
	return found.id;
}
