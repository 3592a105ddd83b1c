import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { seatWaiting, takeSeat } from '#coalition/invitation.server.ts';
import { addressIn } from '#i18n/language.ts';
import { signedIn } from '../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'sign_in'] as const;

/** What is left to do between an accepted invitation and a seat. */
export const load: PageServerLoad = async (event) => {
	const { locals } = event;
	demand(locals.actor, ..._permission);
	const session = signedIn(event);
	return { waiting: await seatWaiting(session.person, locals.world) };
};

export const actions: Actions = {
	default: async (event) => {
		const { locals } = event;
		demand(locals.actor, ..._permission);
		const session = signedIn(event);
		await takeSeat(session.person, locals.world);
		redirect(303, addressIn(locals.language, '/account'));
	},
};
