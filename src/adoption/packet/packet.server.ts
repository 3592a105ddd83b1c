import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import { Conflict } from '#kernel/error.ts';
import type { Tx, World } from '#platform/world.ts';
import { takeUp } from '../hold.server.ts';
import { draftOf } from '../state.server.ts';
import { BLOCK_FIELDS, type BlockField } from './field.ts';
import type { Kept, PacketLook } from './packet.ts';

/** What was said last for the packet of a draft; null where nothing was yet. `tx` acts for its city. */
export async function saidFor(draft: string, actor: Actor, tx: Tx): Promise<Kept | null> {
	demand(actor, 'read', 'draft', ownCity(actor));
	const { rows } = await sql<Omit<Kept, 'parts'> & { parts: string }>`
		select nullif(title, '') as title, number, day::text as day, sponsor, summary, fiscal, look, parts from adoption_packet
		where draft_id::text = ${draft} order by nth desc limit 1`.execute(tx);
	const [row] = rows;
	return row ? { ...row, parts: partsIn(row.parts) } : null;
}

/** How the city had its last packet marked; null where it had none. `tx` acts for it. */
export async function lastLook(tx: Tx): Promise<PacketLook | null> {
	const { rows } = await sql<{ look: PacketLook }>`select look from adoption_packet order by at desc limit 1`.execute(
		tx,
	);
	return rows[0]?.look ?? null;
}

/**
 * Keeps what the clerk says for the packet of a draft. Throws `NotFound` where the actor's city has no such draft, `Forbidden`
 * where the actor may not change it, and `Conflict` where it was adopted or the rule of open meetings stands against it.
 */
export async function say(id: string, kept: Kept, actor: Actor, world: Pick<World, 'clock'>, tx: Tx): Promise<void> {
	demand(actor, 'change', 'draft', ownCity(actor));
	await takeUp(id, actor, world, tx);
	const { became } = await draftOf(id, actor, tx);
	if (became !== null) throw new Conflict('This draft was adopted. Its packet stays as it was.');
	const { title, number, day, sponsor, summary, fiscal, look, parts } = kept;
	await sql`
		insert into adoption_packet (draft_id, nth, owner_city, title, number, day, sponsor, summary, fiscal, look, parts, seat,
			person, at)
		select ${id}::uuid, coalesce(max(nth), 0) + 1, ${actor.city}, ${title ?? ''}, ${number}, ${day}::date, ${sponsor}, ${summary},
			${fiscal}, ${look}, ${parts.join(' ')}, ${actor.seat ?? null}::uuid, ${actor.person ?? null}::uuid,
			${world.clock.now()}::timestamptz
		from adoption_packet where draft_id = ${id}`.execute(tx);
}

function partsIn(kept: string): readonly BlockField[] {
	const names = kept.split(' ');
	return BLOCK_FIELDS.filter((field) => names.includes(field));
}
