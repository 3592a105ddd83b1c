import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { Conflict } from '#kernel/error.ts';
import { isUuid } from '#kernel/uuid.ts';
import type { Tx, World } from '#platform/world.ts';
import { demandNoQuorum } from './remark/quorum.server.ts';

/** Lets nobody else edit a draft, or count what is said of it, until the transaction ends. Returns whether it is closed. */
export async function lockDraft(id: string, tx: Tx): Promise<boolean> {
	if (!isUuid(id)) return false;
	const { rows } = await sql<{ closed: boolean }>`
		select closed_at is not null as closed from adoption_draft where id = ${id} for update`.execute(tx);
	return rows[0]?.closed === true;
}

/**
 * The same for somebody who is about to change it: first who takes part, then the draft, in this order everywhere, else two
 * could wait for each other. Throws `Conflict` where the rule of open meetings stands against it, or the draft is closed.
 */
export async function takeUp(id: string, actor: Actor, world: Pick<World, 'clock'>, tx: Tx): Promise<void> {
	await demandNoQuorum(id, actor, world, tx);
	if (await lockDraft(id, tx)) throw new Conflict('This draft is closed. Open it again to change it.');
}
