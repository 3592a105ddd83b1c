import { sql } from 'kysely';
import { isoSecond } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { placeAt } from './address.server.ts';
import { type Place, placePath } from './place.ts';

/** What places were read from: packages and files, by name. */
export async function placeSources(tx: Tx) {
	const sources = await tx
		.selectFrom('place_source')
		.select(['name', 'version', 'vintage', 'rows', 'added_at'])
		.orderBy('name')
		.execute();
	return sources.map(({ added_at, ...source }) => ({ ...source, added_at: isoSecond(added_at) }));
}

/** Places by ids or at one address, with their path, state and counties in words; in the order of the ids. */
export async function placeDetails(wanted: { readonly ids: readonly string[] } | { readonly path: string }, tx: Tx) {
	const ids = 'ids' in wanted ? wanted.ids : [await placeAt(wanted.path, tx)].flatMap((place) => place?.id ?? []);
	const { rows } = await sql<
		Pick<Place, 'id' | 'kind' | 'name' | 'stateCode' | 'slug' | 'geoid'> & {
			state: string;
			counties: string;
			source: string;
		}
	>`
		select p.id, p.kind, p.name, p.state_code as "stateCode", p.slug, p.geoid, s.name as state, p.source,
			coalesce((select string_agg(c.name, '; ' order by c.legacy, c.name) from place_county l join place c on c.id = l.county_id
				where l.place_id = p.id), '') as counties
		from place p join place s on s.kind = 'state' and s.state_code = p.state_code
		where p.id = any(${ids}) order by array_position(${ids}::text[], p.id)`.execute(tx);
	return rows.map(({ stateCode, slug, ...row }) => ({ path: placePath({ kind: row.kind, stateCode, slug }), ...row }));
}
