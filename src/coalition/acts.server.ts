import { sql } from 'kysely';
import type { Act } from '#access/act.ts';
import type { Actor, Role } from '#access/actor.ts';
import { isoSecond } from '#kernel/day.ts';
import type { Room } from '#platform/room.ts';
import type { World } from '#platform/world.ts';

/** Something that was done, as those read it whose room keeps the trace. */
export interface PastAct {
	readonly id: string;
	/** Number in its chain, from 1. */
	readonly position: number;
	/** Instant, ISO UTC. */
	readonly at: string;
	readonly room: Room;
	readonly action: Act;
	/** Kind and id. */
	readonly subject: string;
	readonly role: Role;
	/** Office and name of the seat it was done under; null where there is none, or none that the reader may know. */
	readonly by: string | null;
	/** The same of the seat it was done to. */
	readonly to: string | null;
	/** Names and the like, without the account. */
	readonly personal: readonly string[];
	/** Day and schedule of the erasing; null where nothing was erased. */
	readonly erased: { readonly day: string; readonly under: string } | null;
}

export interface ActsPage {
	readonly rows: readonly PastAct[];
	/** From 1; a page past the last answers with the last. */
	readonly page: number;
	readonly pages: number;
	readonly total: number;
}

/** Acts of one page: about four screens of a phone. */
const PER_PAGE = 40;

/** What was done in the rooms that the actor is in, newest first. The walls decide which those are. */
export async function acts(page: number, actor: Actor, world: Pick<World, 'db'>): Promise<ActsPage> {
	return world.db.as(actor, async (tx) => {
		const counted = await sql<{ total: number }>`
			select coalesce(sum(entries), 0)::integer as total from audit_chain`.execute(tx);
		const total = counted.rows[0]?.total ?? 0;
		const pages = Math.max(1, Math.ceil(total / PER_PAGE));
		const shown = Math.min(page, pages);
		const { rows } = await sql<PastAct & { when: Date; erased_at: Date | null; erased_under: string | null }>`
			select e.chain_id || '-' || e.position as id, e.position, e.at as when, e.room, e.action, e.subject, e.role,
				by_seat.said as by, to_seat.said as to, p.personal, p.erased_at, p.erased_under
			from audit_entry e
			left join lateral (select concat_ws(', ', name, office) as said from coalition_seat s where s.id::text = e.seat) by_seat on true
			left join lateral (select concat_ws(', ', name, office) as said from coalition_seat s where 'seat:' || s.id = e.subject) to_seat on true
			left join lateral (
				select coalesce(jsonb_agg(value order by field) filter (where field <> 'person' and value is not null), '[]') as personal,
					max(erased_at) as erased_at, max(erased_under) as erased_under
				from audit_personal p where p.chain_id = e.chain_id and p.position = e.position) p on true
			order by e.at desc, e.chain_id, e.position desc
			limit ${PER_PAGE} offset ${(shown - 1) * PER_PAGE}`.execute(tx);
		return { rows: rows.map(told), page: shown, pages, total };
	});
}

function told({
	when,
	erased_at,
	erased_under,
	...row
}: PastAct & { when: Date; erased_at: Date | null; erased_under: string | null }): PastAct {
	return {
		...row,
		at: isoSecond(when),
		erased: erased_at ? { day: isoSecond(erased_at), under: erased_under ?? '' } : null,
	};
}
