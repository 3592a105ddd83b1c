import { type RawBuilder, sql } from 'kysely';

/** The id under which a record stands now, of that id or one it had before. */
export function currentId(id: string | null): RawBuilder<unknown> {
	return sql`coalesce((select id from watch_alias where former_id = ${id}), ${id})`;
}
