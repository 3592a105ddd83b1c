import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import type { Tx, World } from '#platform/world.ts';
import { edit, keepNothing } from './edit.server.ts';
import { lockDraft, takeUp } from './hold.server.ts';
import { demandNoQuorum } from './remark/quorum.server.ts';
import { draftOf } from './state.server.ts';
import { readTitle } from './title.ts';

type Writing = Pick<World, 'clock'>;

/** Gives a draft another title. Throws as `edit` does, and `Invalid` for a title of no letters or too many. */
export async function rename(id: string, typed: string, actor: Actor, world: Writing, tx: Tx): Promise<void> {
	const title = readTitle(typed);
	await takeUp(id, actor, world, tx);
	const draft = await draftOf(id, actor, tx);
	if (draft.title === title) return;
	await edit(id, { act: 'renamed', formerTitle: draft.title, always: true }, () => ({}), actor, world, tx);
	await sql`update adoption_draft set title = ${title} where id = ${id}`.execute(tx);
}

/** Closes a draft: it stays readable with every edit, and nothing in it changes until it is opened again. Throws as `edit` does. */
export async function closeDraft(id: string, actor: Actor, world: Writing, tx: Tx): Promise<void> {
	await edit(id, { act: 'closed', always: true }, () => ({}), actor, world, tx);
	await sql`update adoption_draft set closed_at = ${world.clock.now()} where id = ${id}`.execute(tx);
}

/** Opens a draft again that was closed; one that is open stays so. Throws as `edit` does. */
export async function reopenDraft(id: string, actor: Actor, world: Writing, tx: Tx): Promise<void> {
	demand(actor, 'change', 'draft', ownCity(actor));
	// In the order of `takeUp`, which refuses what is closed.
	await demandNoQuorum(id, actor, world, tx);
	await lockDraft(id, tx);
	const draft = await draftOf(id, actor, tx);
	if (draft.closed === null) return;
	await sql`update adoption_draft set closed_at = null where id = ${id}`.execute(tx);
	await keepNothing(id, draft.seq + 1, { act: 'reopened' }, actor, world, tx);
}
