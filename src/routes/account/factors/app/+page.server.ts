import { fail, redirect } from '@sveltejs/kit';
import { encode } from 'uqr';
import { ACCESS } from '#access/actor.ts';
import { type AppSecret, beginApp, confirmApp } from '#access/app.server.ts';
import { record } from '#access/audit.server.ts';
import { demand } from '#access/can.ts';
import { notify } from '#access/notice.server.ts';
import { requireFresh } from '#access/session.ts';
import { addressIn } from '#i18n/language.ts';
import { signedIn, text } from '../../../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'sign_in'] as const;

export const load: PageServerLoad = async (event) => {
	const { locals } = event;
	demand(locals.actor, ..._permission);
	const session = signedIn(event);
	requireFresh(session, locals.world.clock.now());
	const begun = await locals.world.db.as(ACCESS, (tx) => beginApp(session.person, session.email, locals.world, tx));
	return { begun: begun === 'there' ? null : drawn(begun) };
};

export const actions: Actions = {
	default: async (event) => {
		const { locals, request } = event;
		demand(locals.actor, ..._permission);
		const session = signedIn(event);
		const { world, actor } = locals;
		requireFresh(session, world.clock.now());
		const code = text(await request.formData(), 'code').slice(0, 100);
		const outcome = await world.db.as(ACCESS, async (tx) => {
			if ((await beginApp(session.person, session.email, world, tx)) === 'there') return 'there';
			const codes = await confirmApp(session.person, code, world, tx);
			if (!codes) return 'no';
			const owner = actor.city;
			await record({ actor, action: 'factor_added', subject: `session:${session.id}`, owner }, world, tx);
			await notify(session.person, 'app_added', world, tx);
			return codes;
		});
		if (outcome === 'there') redirect(303, addressIn(locals.language, '/account/factors'));
		return outcome === 'no' ? fail(400, { fault: outcome }) : { codes: outcome };
	},
};

/** The picture as one path: a square for each dark cell. */
function drawn({ typed, uri }: AppSecret) {
	const { data, size } = encode(uri);
	const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
	return { typed: typed.replace(/.{4}(?=.)/g, '$& '), uri, size, path };
}
