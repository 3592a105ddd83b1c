import { error, fail, redirect } from '@sveltejs/kit';
import { ACCESS } from '#access/actor.ts';
import { can, demand, ownCity } from '#access/can.ts';
import { endKey, keysOf, makeKey } from '#access/key.server.ts';
import { KEY_DAYS, KEY_OPENS } from '#access/key.ts';
import { requireFresh } from '#access/session.ts';
import { addressIn } from '#i18n/language.ts';
import { signedIn, text } from '../../sign-in/entry.server.ts';
import { traceMade, traceRevoked } from '../key-trace.server.ts';
import type { Actions, PageServerLoad } from './$types';

// Who acts under another seat, or under none, revokes their keys here all the same.
export const _permission = ['change', 'sign_in'] as const;

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	demand(locals.actor, ..._permission);
	const { person } = fresh(event);
	const { world, seats } = locals;
	const now = world.clock.now();
	const keys = await world.db.as(ACCESS, (tx) => keysOf(person, tx));
	return {
		keys: keys.map(({ seat, expires, ...key }) => {
			const { office = null, cityName = null } = seats.find(({ id }) => id === seat) ?? {};
			return { ...key, office, cityName, expires: expires.toISOString(), expired: expires <= now };
		}),
		making: making(locals),
		days: KEY_DAYS,
		done: url.searchParams.has('done'),
	};
};

export const actions: Actions = {
	make: async (event) => {
		const { locals, request } = event;
		demand(locals.actor, ..._permission);
		const { person } = fresh(event);
		const { world, actor } = locals;
		demand(actor, 'read', 'draft', ownCity(actor));
		const form = await request.formData();
		const typed = { name: text(form, 'name').slice(0, 200), opens: text(form, 'opens'), days: text(form, 'days') };
		const counsel = form.get('counsel') === 'yes';
		const opens = KEY_OPENS.find((one) => one === typed.opens);
		const allowed = making(locals);
		const { seat } = actor;
		if (!opens || !allowed?.opens.includes(opens) || !seat)
			return fail(400, { ...typed, counsel, fault: 'opens' as const });
		const wanted = { name: typed.name, seat, opens, counsel: counsel && allowed.counsel, days: Number(typed.days) };
		const made = await world.db.as(ACCESS, async (tx) => {
			const made = await makeKey(person, wanted, world, tx);
			if (typeof made === 'object') await traceMade(event, { ...wanted, id: made.id }, tx);
			return made;
		});
		if (typeof made === 'string') return fail(400, { ...typed, counsel, fault: made });
		return { made: made.key };
	},
	revoke: async (event) => {
		const { locals, request } = event;
		demand(locals.actor, ..._permission);
		const { person } = fresh(event);
		const key = text(await request.formData(), 'key');
		const ended = await locals.world.db.as(ACCESS, async (tx) => {
			const seat = await endKey(person, key, tx);
			if (seat !== null) await traceRevoked(event, [{ id: key, seat }], tx);
			return seat;
		});
		if (ended === null) error(400);
		redirect(303, addressIn(locals.language, '/account/keys?done=yes'));
	},
};

type Event = Parameters<typeof signedIn>[0];

function fresh(event: Event) {
	const session = signedIn(event);
	requireFresh(session, event.locals.world.clock.now());
	return session;
}

/** What a key may be made for under the seat in use; null where it is of no city. */
function making({ actor, seats }: App.Locals) {
	const seat = seats.find(({ id }) => id === actor.seat);
	const own = ownCity(actor);
	if (!seat || !can(actor, 'read', 'draft', own)) return null;
	return {
		seat: `${seat.office}, ${seat.cityName ?? ''}`,
		opens: KEY_OPENS.filter((opens) => opens === 'read' || can(actor, 'change', 'draft', own)),
		counsel: can(actor, 'read', 'draft', { ...own, room: 'counsel' }),
	};
}
