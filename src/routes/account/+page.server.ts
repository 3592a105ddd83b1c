import { error, redirect } from '@sveltejs/kit';
import { ACCESS } from '#access/actor.ts';
import { can, demand, ownCity } from '#access/can.ts';
import { keysOf } from '#access/key.server.ts';
import { endSession, endSessions, sessionsOf, useSeat } from '#access/session.server.ts';
import { ownLoss, stopOwnLoss } from '#coalition/loss.server.ts';
import { addressIn } from '#i18n/language.ts';
import { leave, signedIn, text } from '../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { revokeAll } from './key-trace.server.ts';

// A person whose seat ended is a visitor and still ends their sessions here.
export const _permission = ['change', 'sign_in'] as const;

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	demand(locals.actor, ..._permission);
	const session = signedIn(event);
	const { world, seats } = locals;
	const now = world.clock.now();
	const { sessions, keys } = await world.db.as(ACCESS, async (tx) => ({
		sessions: await sessionsOf(session.person, world, tx),
		keys: (await keysOf(session.person, tx)).filter(({ expires }) => expires > now).length,
	}));
	return {
		name: session.name,
		email: session.email,
		seat: session.seat,
		seats,
		loss: (await ownLoss(session.person, world))?.toISOString() ?? null,
		done: (['address', 'loss'] as const).find((name) => url.searchParams.has(name)) ?? null,
		/** How many keys for programs there are; null for who can have none and has none. */
		keys: keys > 0 || seats.some(({ city }) => city !== null) ? keys : null,
		audit: can(locals.actor, 'read', 'audit', ownCity(locals.actor)),
		sessions: sessions.map(({ id, began, used }) => ({
			id,
			began: began.toISOString(),
			used: used.toISOString(),
			own: id === session.id,
		})),
	};
};

export const actions: Actions = {
	seat: async (event) => {
		const { locals, request } = event;
		demand(locals.actor, ..._permission);
		const session = signedIn(event);
		const chosen = text(await request.formData(), 'seat');
		if (!locals.seats.some(({ id }) => id === chosen)) error(400);
		await locals.world.db.as(ACCESS, (tx) => useSeat(session.id, chosen, tx));
		redirect(303, addressIn(locals.language, '/account'));
	},
	stop_loss: async (event) => {
		const { locals } = event;
		demand(locals.actor, ..._permission);
		const session = signedIn(event);
		await stopOwnLoss(session.person, locals.actor, locals.world);
		redirect(303, `${addressIn(locals.language, '/account')}?loss=stopped`);
	},
	end: async (event) => {
		const { locals, request } = event;
		demand(locals.actor, ..._permission);
		const session = signedIn(event);
		const ended = text(await request.formData(), 'session');
		await locals.world.db.as(ACCESS, (tx) => endSession(session.person, ended, tx));
		redirect(303, `${addressIn(locals.language, '/account')}#sessions`);
	},
	everywhere: async (event) => {
		const { locals, request } = event;
		demand(locals.actor, ..._permission);
		const session = signedIn(event);
		const keysToo = (await request.formData()).get('keys') === 'yes';
		await locals.world.db.as(ACCESS, async (tx) => {
			if (keysToo) await revokeAll(session.person, event, tx);
			await endSessions(session.person, null, tx);
		});
		leave(event);
		redirect(303, addressIn(locals.language, '/sign-in'));
	},
	out: async (event) => {
		const { locals } = event;
		demand(locals.actor, ..._permission);
		const session = signedIn(event);
		await locals.world.db.as(ACCESS, (tx) => endSession(session.person, session.id, tx));
		leave(event);
		redirect(303, addressIn(locals.language, '/sign-in'));
	},
};
