import { fail, redirect } from '@sveltejs/kit';
import { ACCESS } from '#access/actor.ts';
import { demand } from '#access/can.ts';
import { nextPath } from '#access/next.ts';
import { endSession } from '#access/session.server.ts';
import { withSecond } from '#access/sign-in.server.ts';
import { addressIn } from '#i18n/language.ts';
import { enter, forget, leave, onward, statusOf, text } from '../entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'sign_in'] as const;

export const load: PageServerLoad = (event) => {
	const { locals, url } = event;
	demand(locals.actor, ..._permission);
	const next = nextPath(url.searchParams.get('next'));
	if (locals.session?.second) onward(next, event);
	if (!locals.session) redirect(303, addressIn(locals.language, '/sign-in'));
	return { next };
};

export const actions: Actions = {
	code: async (event) => {
		const { locals, request } = event;
		demand(locals.actor, ..._permission);
		const form = await request.formData();
		if (!locals.session) redirect(303, addressIn(locals.language, '/sign-in'));
		const signed = await withSecond(locals.session, text(form, 'code').slice(0, 100), locals.world);
		if (signed === 'over') {
			forget(event);
			redirect(303, `${addressIn(locals.language, '/sign-in')}?over=yes`);
		}
		if (typeof signed === 'string') return fail(statusOf(signed), { fault: signed });
		await enter(signed.token, form.get('next'), event);
	},
	out: async (event) => {
		const { locals } = event;
		demand(locals.actor, ..._permission);
		const { session, world } = locals;
		if (session) await world.db.as(ACCESS, (tx) => endSession(session.person, session.id, tx));
		leave(event);
		redirect(303, addressIn(locals.language, '/sign-in'));
	},
};
