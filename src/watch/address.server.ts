import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { slugOf } from '#places/name.ts';
import type { Place } from '#places/place.ts';
import { findPlaces as search } from '#places/search.server.ts';
import type { World } from '#platform/world.ts';

const MOST_FOUND = 50;

interface Stored extends Omit<Place, 'at'> {
	latitude: number | null;
	longitude: number | null;
}

export async function placeAt(path: string, world: Pick<World, 'db'>): Promise<Place | null> {
	const [state = '', ...rest] = path.split('/').map((piece) => slugOf(piece));
	const kind = rest.length === 0 ? 'state' : rest[0] === 'place' && rest.length > 1 ? 'city' : 'county';
	const found = await world.db.as(VISITOR, (tx) =>
		sql<Stored>`
			select id, kind, name, state_code as "stateCode", geoid, slug, legacy, latitude, longitude, sample from place
			where state_code = ${state.toUpperCase()} and (kind = 'state') = ${kind === 'state'}
				and (kind = 'county') = ${kind === 'county'} and (kind = 'state' or slug = ${rest.at(-1) ?? ''})`.execute(tx),
	);
	const row = found.rows[0];
	return row ? placeOf(row) : null;
}

/** Places by what somebody typed, best first; the invented ones while the ledger holds the sample. */
export async function findPlaces(q: string, sample: boolean, world: Pick<World, 'db'>): Promise<Place[]> {
	return world.db.as(VISITOR, (tx) => search(q, { sample, limit: MOST_FOUND }, tx));
}

function placeOf({ latitude, longitude, ...row }: Stored): Place {
	return { ...row, at: latitude === null || longitude === null ? null : { latitude, longitude } };
}
