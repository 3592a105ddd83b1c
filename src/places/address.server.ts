import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import { slugOf } from './name.ts';
import type { Place } from './place.ts';

/** A place as `PLACE_COLUMNS` give it. */
export interface StoredPlace extends Omit<Place, 'at'> {
	readonly latitude: number | null;
	readonly longitude: number | null;
}

export const PLACE_COLUMNS = sql`id, kind, name, state_code as "stateCode", geoid, slug, legacy, latitude, longitude, sample`;

/**
 * The place with this OCD id, or at this end of an address: `tx`, `tx/walker-county`, `tx/place/huntsville`, in any case,
 * with accents or without; null where there is none.
 */
export async function placeAt(text: string, tx: Tx): Promise<Place | null> {
	const wanted = condition(text);
	if (!wanted) return null;
	const found = await sql<StoredPlace>`
		select ${PLACE_COLUMNS}
		from place where ${wanted}`.execute(tx);
	const row = found.rows[0];
	return row ? located(row) : null;
}

const ADDRESS = /^([a-z]{2})(?:\/(place\/)?([a-z0-9-]{1,100}))?$/;
const OCD_ID = /^ocd-division\/[\p{L}\p{N}:/_.~-]{1,200}$/u;

function condition(text: string): RawBuilder<unknown> | null {
	if (OCD_ID.test(text)) return sql`id = ${text}`;
	const [whole, state, city, slug] = ADDRESS.exec(text.split('/').map(slugOf).join('/')) ?? [];
	if (!whole || !state) return null;
	const of = sql`state_code = ${state.toUpperCase()}`;
	if (!slug) return sql`${of} and kind = 'state'`;
	const kinds = city ? sql`kind in ('city', 'subdivision')` : sql`kind = 'county'`;
	return sql`${of} and ${kinds} and slug = ${slug}`;
}

/**
 * Cities and subdivisions that an address may mean which names its place without the county that is part of it
 * (`fl/place/miami-gardens`): those with a government where there are any, else every one of that name.
 */
export async function placesMeant(text: string, tx: Tx): Promise<Place[]> {
	const [whole, state, city, slug] = ADDRESS.exec(text.split('/').map(slugOf).join('/')) ?? [];
	if (!whole || !state || !city || !slug) return [];
	const found = await sql<StoredPlace>`
		select ${PLACE_COLUMNS}
		from place where state_code = ${state.toUpperCase()} and kind in ('city', 'subdivision')
			and slug like ${`${slug}-%`} order by slug, id`.execute(tx);
	const called = found.rows.filter((row) => slugOf(row.name) === slug);
	const governed = called.filter((row) => row.geoid !== null);
	return (governed.length > 0 ? governed : called).map(located);
}

export function located({ latitude, longitude, ...place }: StoredPlace): Place {
	return { ...place, at: latitude === null || longitude === null ? null : { latitude, longitude } };
}
