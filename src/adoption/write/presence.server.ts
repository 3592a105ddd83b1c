import { sql } from 'kysely';
import { type Actor, SYSTEM } from '#access/actor.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Colleague } from './exchange.ts';

/** Seconds after which somebody who was not heard of is not there: some askings may be lost on the way. */
const GONE = 15;
/** Seconds between two notes of somebody who stays where they are. */
const NOTED = 5;

/**
 * Notes that the actor has a draft open in a window, with the caret in a provision, and gives who else has. Who is gone is
 * forgotten. `tx` acts for the city of the draft.
 */
export async function meet(
	draft: string,
	{ desk, at }: { readonly desk: string; readonly at: string | null },
	actor: Actor,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<readonly Colleague[]> {
	const now = clock.now();
	const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);
	if (actor.seat)
		await sql`
			insert into adoption_presence as p (draft_id, desk, owner_city, seat, provision_id, at)
			values (${draft}, ${desk}, ${actor.city}, ${actor.seat}, ${at}, ${now})
			on conflict (draft_id, desk) do update set provision_id = excluded.provision_id, at = excluded.at
			where p.seat = excluded.seat and (p.at < ${before(NOTED)} or p.provision_id is distinct from excluded.provision_id)`.execute(
			tx,
		);
	await sql`delete from adoption_presence where at < ${before(GONE * 3)}`.execute(tx);
	const { rows } = await sql<Colleague>`
		select distinct on (p.seat) s.name, s.office, p.provision_id as at
		from adoption_presence p join coalition_seat s on s.id = p.seat
		where p.draft_id = ${draft} and p.seat is distinct from ${actor.seat ?? null}::uuid and p.at > ${before(GONE)}
		order by p.seat, p.at desc`.execute(tx);
	return rows;
}

/** Erases who was there, in every city; the wall lets the system take out what is older than a minute, unread. */
export async function forgetPresence({ db }: Pick<World, 'db'>): Promise<void> {
	await db.as(SYSTEM, (tx) => sql`delete from adoption_presence`.execute(tx));
}
