import { json } from '@sveltejs/kit';
import { ACCESS } from '#access/actor.ts';
import { demand } from '#access/can.ts';
import { askToAddPasskey } from '#access/passkey.server.ts';
import { requireFresh } from '#access/session.ts';
import { signedIn } from '../../../sign-in/entry.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['change', 'sign_in'] as const;

/** What a browser needs to make a passkey for the person who is signed in. */
export const POST: RequestHandler = async (event) => {
	const { locals, url } = event;
	demand(locals.actor, ..._permission);
	const { person, email, name } = signedIn(event);
	const { world } = locals;
	requireFresh(locals.session, world.clock.now());
	const options = await world.db.as(ACCESS, (tx) =>
		askToAddPasskey({ id: person, email, name }, url.origin, world, tx),
	);
	return json(options, { headers: { 'cache-control': 'no-store' } });
};
