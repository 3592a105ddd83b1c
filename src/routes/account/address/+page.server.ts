import { fail } from '@sveltejs/kit';
import { askAddress } from '#access/address.server.ts';
import { demand } from '#access/can.ts';
import { requireFresh } from '#access/session.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { Upstream } from '#kernel/error.ts';
import { readMailbox } from '#kernel/mailbox.ts';
import { signedIn, text } from '../../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'sign_in'] as const;

const WAIT = 429;

export const load: PageServerLoad = (event) => {
	const { locals } = event;
	demand(locals.actor, ..._permission);
	const session = signedIn(event);
	requireFresh(session, locals.world.clock.now());
	return { email: session.email };
};

export const actions: Actions = {
	default: async (event) => {
		const { locals, request, url } = event;
		demand(locals.actor, ..._permission);
		const session = signedIn(event);
		const { world, language } = locals;
		requireFresh(session, world.clock.now());
		const typed = text(await request.formData(), 'email').slice(0, 300);
		const address = readMailbox(typed);
		if (address === null) return fail(400, { typed, fault: 'address' as const });
		const asked = await askAddress(session.person, address, world);
		if (typeof asked === 'string') return fail(asked === 'wait' ? WAIT : 400, { typed, fault: asked });
		const t = speech(language);
		const link = url.origin + addressIn(language, `/account/address/${asked.token}`);
		try {
			await world.mail.send({
				to: address,
				subject: t.say('account.address.mail.subject'),
				text: [t.say('account.address.mail'), link, t.say('account.address.mail.note')].join('\n\n'),
			});
		} catch (error) {
			if (!(error instanceof Upstream)) throw error;
			return fail(503, { typed, fault: 'mail' as const });
		}
		return { sent: address };
	},
};
