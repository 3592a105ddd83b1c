import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { foldPlace, slugOf } from '#places/name.ts';
import type { Place } from '#places/place.ts';
import type { World } from '#platform/world.ts';

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

export async function findPlaces(q: string, world: Pick<World, 'db'>): Promise<Place[]> {
	const found = await world.db.as(VISITOR, (tx) =>
		sql<Stored>`
			select id, kind, name, state_code as "stateCode", geoid, slug, legacy, latitude, longitude, sample from place
			where folded like ${`${foldPlace(q)}%`} order by folded limit 50`.execute(tx),
	);
	return found.rows.map(placeOf);
}

function placeOf({ latitude, longitude, ...row }: Stored): Place {
	return { ...row, at: latitude === null || longitude === null ? null : { latitude, longitude } };
}
