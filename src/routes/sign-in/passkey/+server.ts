import { json } from '@sveltejs/kit';
import { ACCESS } from '#access/actor.ts';
import { demand } from '#access/can.ts';
import { within } from '#access/limit.server.ts';
import { askForPasskey } from '#access/passkey.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['change', 'sign_in'] as const;

/** Questions from one network address: a town hall in the morning, and mistakes. */
const LIMIT = { kind: 'passkey asked', most: 120, minutes: 60 };

/** What a browser asks a passkey; it names no account. */
export const POST: RequestHandler = async ({ locals, url, getClientAddress }) => {
	demand(locals.actor, ..._permission);
	const { world } = locals;
	return world.db.as(ACCESS, async (tx) => {
		if (!(await within(LIMIT, getClientAddress(), world, tx))) return json(null, { status: 429 });
		return json(await askForPasskey(url.origin, world, tx), { headers: { 'cache-control': 'no-store' } });
	});
};
