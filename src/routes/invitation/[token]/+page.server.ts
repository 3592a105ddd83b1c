import { fail, redirect } from '@sveltejs/kit';
import { ACCESS } from '#access/actor.ts';
import { demand } from '#access/can.ts';
import { beginSession } from '#access/session.server.ts';
import { answerInvitation, invitationAt } from '#coalition/invitation.server.ts';
import { addressIn } from '#i18n/language.ts';
import { keep, text } from '../../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'sign_in'] as const;

/** Opening a link uses nothing up: programs that look into mail open every one. */
export const load: PageServerLoad = async ({ locals, params }) => {
	demand(locals.actor, ..._permission);
	return { invitation: await invitationAt(params.token, locals.world) };
};

export const actions: Actions = {
	default: async (event) => {
		const { locals, params, request } = event;
		demand(locals.actor, ..._permission);
		const { world, session, language } = locals;
		const mine = session?.second ? session.person : null;
		const code = text(await request.formData(), 'code');
		const answer = await answerInvitation(params.token, code, mine, world);
		if (answer === 'sign_in') {
			const next = addressIn(language, `/invitation/${params.token}`);
			redirect(303, `${addressIn(language, '/sign-in')}?${new URLSearchParams({ next })}`);
		}
		if (typeof answer === 'string') return fail(400, { fault: answer });
		if (answer.person !== mine)
			keep(await world.db.as(ACCESS, (tx) => beginSession(answer.person, true, world, tx)), event);
		redirect(303, addressIn(language, '/invitation'));
	},
};
