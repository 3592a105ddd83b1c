import { fail, redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { nextPath } from '#access/next.ts';
import { withPasskey, withPassword } from '#access/sign-in.server.ts';
import { addressIn } from '#i18n/language.ts';
import { readMailbox } from '#kernel/mailbox.ts';
import type { Actions, PageServerLoad } from './$types';
import { enter, keep, onward, statusOf, text } from './entry.server.ts';
import { enterSample, sampleOffer } from './sample.server.ts';

export const _permission = ['change', 'sign_in'] as const;

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	demand(locals.actor, ..._permission);
	const next = nextPath(url.searchParams.get('next'));
	if (locals.session?.second) onward(next, event);
	return { next, over: url.searchParams.has('over'), offer: await sampleOffer(event) };
};

export const actions: Actions = {
	password: async (event) => {
		const { locals, request, getClientAddress } = event;
		demand(locals.actor, ..._permission);
		const form = await request.formData();
		const typed = text(form, 'email');
		// What is no address has no account, and is told the same.
		const email = readMailbox(typed) ?? '';
		const asked = { email, password: text(form, 'password'), address: getClientAddress() };
		const signed = await withPassword(asked, locals.world);
		if (typeof signed === 'string')
			return fail(statusOf(signed), { fault: signed, email: typed.slice(0, 254), way: 'password' });
		keep(signed.token, event);
		const next = nextPath(text(form, 'next'));
		redirect(303, addressIn(locals.language, '/sign-in/second') + (next ? `?${new URLSearchParams({ next })}` : ''));
	},
	sample: async (event) => {
		demand(event.locals.actor, ..._permission);
		return enterSample(event);
	},
	passkey: async (event) => {
		const { locals, request, url, getClientAddress } = event;
		demand(locals.actor, ..._permission);
		const form = await request.formData();
		const asked = { answer: text(form, 'answer'), origin: url.origin, address: getClientAddress() };
		const signed = await withPasskey(asked, null, locals.world);
		if (typeof signed === 'string') return fail(statusOf(signed), { fault: signed, email: '', way: 'passkey' });
		await enter(signed.token, form.get('next'), event);
	},
};
