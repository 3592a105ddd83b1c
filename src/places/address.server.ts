import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/world.ts';

/** The place with this OCD id, or at this end of an address: `tx`, `tx/walker-county`, `tx/place/huntsville`; null where there is none. */
export async function placeAt(text: string, tx: Tx): Promise<{ readonly id: string } | null> {
	const wanted = condition(text);
	if (!wanted) return null;
	const found = await sql<{ id: string }>`select id from place where ${wanted}`.execute(tx);
	return found.rows[0] ?? null;
}

const ADDRESS = /^([a-z]{2})(?:\/(place\/)?([a-z0-9-]{1,100}))?$/;
const OCD_ID = /^ocd-division\/[\p{L}\p{N}:/_.~-]{1,200}$/u;

function condition(text: string): RawBuilder<unknown> | null {
	if (OCD_ID.test(text)) return sql`id = ${text}`;
	const [whole, state, city, slug] = ADDRESS.exec(text.toLowerCase()) ?? [];
	if (!whole || !state) return null;
	const of = sql`state_code = ${state.toUpperCase()}`;
	if (!slug) return sql`${of} and kind = 'state'`;
	const kinds = city ? sql`kind in ('city', 'subdivision')` : sql`kind = 'county'`;
	return sql`${of} and ${kinds} and slug = ${slug}`;
}
