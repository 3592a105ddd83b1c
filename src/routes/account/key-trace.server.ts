import type { RequestEvent } from '@sveltejs/kit';
import { record } from '#access/audit.server.ts';
import { endKeys } from '#access/key.server.ts';
import type { Opens } from '#access/key.ts';
import { notify } from '#access/notice.server.ts';
import type { Tx } from '#platform/world.ts';

type By = Pick<RequestEvent, 'locals'>;

/** A trace with the city of a new key, of what it opens too, and a mail to its owner, in the transaction that makes it. */
export async function traceMade(
	{ locals: { actor, world, session } }: By,
	{ id, opens, counsel }: { readonly id: string; readonly opens: Opens; readonly counsel: boolean },
	tx: Tx,
): Promise<void> {
	const subject = `key:${id}:${opens}${counsel ? ':counsel' : ''}`;
	await record({ actor, action: 'key_made', subject, owner: actor.city }, world, tx);
	if (session) await notify(session.person, 'key_made', world, tx);
}

/** The same of keys that are revoked, each with the city of its seat: one mail for all. */
export async function traceRevoked(
	{ locals: { actor, world, session, seats } }: By,
	keys: readonly { readonly id: string; readonly seat: string }[],
	tx: Tx,
): Promise<void> {
	const traces = keys.map(({ id, seat }) => ({ id, owner: seats.find((one) => one.id === seat)?.city ?? null }));
	// The chain of the coalition first, and the others in one order: two who revoke at once never wait for each other.
	for (const { id, owner } of traces.toSorted((one, other) => ((one.owner ?? '') < (other.owner ?? '') ? -1 : 1)))
		await record({ actor, action: 'key_revoked', subject: `key:${id}`, owner }, world, tx);
	if (session && keys.length > 0) await notify(session.person, 'key_revoked', world, tx);
}

/** Revokes every key of a person, with its traces. */
export async function revokeAll(person: string, by: By, tx: Tx): Promise<void> {
	await traceRevoked(by, await endKeys(person, tx), tx);
}
