import { fail, redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { reportLoss } from '#coalition/loss.server.ts';
import { addressIn } from '#i18n/language.ts';
import { readMailbox } from '#kernel/mailbox.ts';
import { mails } from '../../alerts/site.server.ts';
import { text } from '../entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'sign_in'] as const;

const WAIT = 429;
const OFF = 503;

export const load: PageServerLoad = ({ locals }) => {
	demand(locals.actor, ..._permission);
	return { mails: mails() };
};

export const actions: Actions = {
	default: async ({ locals, request, getClientAddress }) => {
		demand(locals.actor, ..._permission);
		const typed = text(await request.formData().catch(() => new FormData()), 'email').slice(0, 300);
		if (!mails()) return fail(OFF, { typed, fault: null });
		const email = readMailbox(typed);
		if (email === null) return fail(400, { typed, fault: 'address' as const });
		if ((await reportLoss(email, getClientAddress(), locals.world)) === 'wait')
			return fail(WAIT, { typed, fault: 'wait' as const });
		redirect(303, addressIn(locals.language, '/sign-in/lost/sent'));
	},
};
