import { fail, redirect } from '@sveltejs/kit';
import { ACCESS } from '#access/actor.ts';
import { demand } from '#access/can.ts';
import { beginSession } from '#access/session.server.ts';
import { lossAt, renew } from '#coalition/renewal.server.ts';
import { addressIn } from '#i18n/language.ts';
import { keep, text } from '../../../entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'sign_in'] as const;

/** Opening a link uses nothing up: programs that look into mail open every one. */
export const load: PageServerLoad = async ({ locals, params }) => {
	demand(locals.actor, ..._permission);
	return { loss: await lossAt(params.token, locals.world), token: params.token };
};

export const actions: Actions = {
	default: async (event) => {
		const { locals, params, request } = event;
		demand(locals.actor, ..._permission);
		const { world, language } = locals;
		const answer = await renew(params.token, text(await request.formData(), 'code').slice(0, 100), world);
		if (typeof answer === 'string') return fail(400, { fault: answer });
		keep(await world.db.as(ACCESS, (tx) => beginSession(answer.person, true, world, tx)), event);
		redirect(303, addressIn(language, '/account/factors'));
	},
};
