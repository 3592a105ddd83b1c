import { fail } from '@sveltejs/kit';
import { factorsOf } from '#access/account.server.ts';
import { ACCESS } from '#access/actor.ts';
import { demand } from '#access/can.ts';
import { nextPath } from '#access/next.ts';
import { withBoth, withPasskey } from '#access/sign-in.server.ts';
import { enter, signedIn, statusOf, text } from '../entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'sign_in'] as const;

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	demand(locals.actor, ..._permission);
	const { person, email, sample } = signedIn(event);
	const { passkeys, password, app } = await locals.world.db.as(ACCESS, (tx) => factorsOf(person, tx));
	return {
		next: nextPath(url.searchParams.get('next')),
		email,
		passkey: passkeys.length > 0,
		both: password && app,
		door: sample,
	};
};

export const actions: Actions = {
	both: async (event) => {
		const { locals, request } = event;
		demand(locals.actor, ..._permission);
		const session = signedIn(event);
		const form = await request.formData();
		const signed = await withBoth(
			session,
			{ password: text(form, 'password'), code: text(form, 'code').slice(0, 100) },
			locals.world,
		);
		if (typeof signed === 'string') return fail(statusOf(signed), { fault: signed, way: 'password' });
		await enter(signed.token, form.get('next'), event);
	},
	passkey: async (event) => {
		const { locals, request, url, getClientAddress } = event;
		demand(locals.actor, ..._permission);
		const session = signedIn(event);
		const form = await request.formData();
		const asked = { answer: text(form, 'answer'), origin: url.origin, address: getClientAddress() };
		const signed = await withPasskey(asked, session, locals.world);
		if (typeof signed === 'string') return fail(statusOf(signed), { fault: signed, way: 'passkey' });
		await enter(signed.token, form.get('next'), event);
	},
};
