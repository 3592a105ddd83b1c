import { fail, redirect } from '@sveltejs/kit';
import { addressAsked, proveAddress } from '#access/address.server.ts';
import { demand } from '#access/can.ts';
import { stopOwnLoss } from '#coalition/loss.server.ts';
import { addressIn } from '#i18n/language.ts';
import { signedIn } from '../../../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'sign_in'] as const;

/** Opening a link changes nothing: programs that look into mail open every one. */
export const load: PageServerLoad = async (event) => {
	const { locals, params } = event;
	demand(locals.actor, ..._permission);
	const { person } = signedIn(event);
	return { email: await addressAsked(params.token, person, locals.world), token: params.token };
};

export const actions: Actions = {
	default: async (event) => {
		const { locals, params } = event;
		demand(locals.actor, ..._permission);
		const { person, id } = signedIn(event);
		const { world, actor } = locals;
		const proved = await proveAddress(params.token, person, { actor, session: id }, world);
		if (proved !== 'done') return fail(400, { fault: proved });
		// Whoever shows both steps has lost nothing, and a link to the former address must open nothing.
		await stopOwnLoss(person, actor, world);
		redirect(303, `${addressIn(locals.language, '/account')}?address=changed`);
	},
};
