import { fail, redirect } from '@sveltejs/kit';
import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import { requireFresh } from '#access/session.ts';
import { secondContact, setSecondContact } from '#coalition/second-contact.server.ts';
import { addressIn } from '#i18n/language.ts';
import { readMailbox } from '#kernel/mailbox.ts';
import { text } from '../../../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'city'] as const;

const WAIT = 429;

export const load: PageServerLoad = async ({ locals }) => {
	demand(locals.actor, ..._permission, ownCity(locals.actor));
	const { world, session, actor } = locals;
	// It can stop what lets somebody into the city's seats: dear to undo.
	requireFresh(session, world.clock.now());
	return { contact: await world.db.as(actor, (tx) => secondContact(actor.city ?? '', tx)) };
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const own = city(locals.actor);
		demand(own, ..._permission, { room: 'city', owner: own.city });
		const { world, session, language } = locals;
		requireFresh(session, world.clock.now());
		const typed = text(await request.formData(), 'email').slice(0, 300);
		const address = readMailbox(typed);
		if (address === null) return fail(400, { typed, fault: 'address' as const });
		const set = await setSecondContact({ address, language }, own, world);
		if (set === 'wait') return fail(WAIT, { typed, fault: 'wait' as const });
		redirect(303, `${addressIn(language, '/coalition/city')}?contact=set`);
	},
};

/** A room of no city lets nobody in. */
function city(actor: Actor): Actor & { readonly city: string } {
	return { ...actor, city: actor.city ?? '' };
}
