import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import { Conflict, NotFound } from '#kernel/error.ts';
import type { Tx, World } from '#platform/world.ts';
import { takeUp } from '../hold.server.ts';
import { uploadsOf } from './suggestions.server.ts';

type Acting = Pick<World, 'clock'>;

/**
 * Refuses all that is open of a file that came back, because it is the wrong one; what was decided stays so. Returns how many.
 * Throws as `decide` does, `NotFound` for no such file, and `Conflict` where nothing of it is open.
 */
export async function setAside(draftId: string, upload: string, actor: Actor, world: Acting, tx: Tx): Promise<number> {
	demand(actor, 'change', 'draft', ownCity(actor));
	await takeUp(draftId, actor, world, tx);
	await fileOf(draftId, upload, actor, tx);
	const { rows } = await sql`
		update adoption_suggestion set state = 'refused', aside = true, decided_by = ${actor.person ?? null}, decided_at = ${world.clock.now()}
		where upload_id = ${upload} and state = 'open' returning nth`.execute(tx);
	if (rows.length === 0) throw new Conflict('Everything in this file is decided already. Look at the list again.');
	return rows.length;
}

/**
 * Opens again what was refused when a file was set aside. Returns how many. Throws as `setAside` does, and `Conflict` where the
 * file was not.
 */
export async function takeUpAgain(
	draftId: string,
	upload: string,
	actor: Actor,
	world: Acting,
	tx: Tx,
): Promise<number> {
	demand(actor, 'change', 'draft', ownCity(actor));
	await takeUp(draftId, actor, world, tx);
	const { aside } = await fileOf(draftId, upload, actor, tx);
	if (!aside) throw new Conflict('This file was not set aside, or is open again. Look at the list again.');
	await sql`
		update adoption_suggestion set state = 'open', aside = false, decided_by = null, decided_at = null
		where upload_id = ${upload} and aside`.execute(tx);
	return aside.n;
}

async function fileOf(draftId: string, upload: string, actor: Actor, tx: Tx) {
	const file = (await uploadsOf(draftId, actor, tx)).find(({ id }) => id === upload);
	if (!file) throw new NotFound('There is no such file.');
	return file;
}
