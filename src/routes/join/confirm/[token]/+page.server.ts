import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { confirmInterest, interestAt } from '#coalition/interest.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['add', 'interest'] as const;

export const load: PageServerLoad = async ({ locals, params }) => {
	demand(locals.actor, ..._permission);
	return { place: await interestAt(params.token, locals.world), token: params.token };
};

export const actions: Actions = {
	/** The mail alone sends nothing: programs open links. */
	default: async ({ locals, params }) => {
		demand(locals.actor, ..._permission);
		if ((await confirmInterest(params.token, locals.world)) === 'gone')
			throw new NotFound(speech(locals.language).say('join.confirm.gone'));
		redirect(303, addressIn(locals.language, '/join/confirmed'));
	},
};
