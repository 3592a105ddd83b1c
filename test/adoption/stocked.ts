import { SYSTEM } from '#access/actor.ts';
import { stockShelf } from '#library/shelf.server.ts';
import { furnishSample } from '#places/sample.server.ts';
import { testDatabase } from '../database.ts';

/** A database of its own with the invented places and all texts that come along. */
export async function stocked() {
	const here = await testDatabase();
	const { world } = here;
	await world.db.as(SYSTEM, (tx) => furnishSample(world, tx));
	await stockShelf(world);
	const places = await world.db.as(SYSTEM, (tx) =>
		tx.selectFrom('place').select(['id', 'slug']).where('sample', '=', true).execute(),
	);
	return {
		here,
		world,
		/** OCD id of an invented place: `alder-falls`. */
		cityOf: (slug: string) => places.find((place) => place.slug === slug)?.id ?? '',
	};
}
