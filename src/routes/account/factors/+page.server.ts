import { error, fail, redirect } from '@sveltejs/kit';
import { factorsOf } from '#access/account.server.ts';
import type { Act } from '#access/act.ts';
import { ACCESS } from '#access/actor.ts';
import { dropApp, newCodes } from '#access/app.server.ts';
import { record } from '#access/audit.server.ts';
import { demand } from '#access/can.ts';
import { notify } from '#access/notice.server.ts';
import type { Notice } from '#access/notice.ts';
import { addPasskey, dropPasskey } from '#access/passkey.server.ts';
import { setPassword } from '#access/password.server.ts';
import { endSessions } from '#access/session.server.ts';
import { requireFresh } from '#access/session.ts';
import { addressIn } from '#i18n/language.ts';
import type { Tx } from '#platform/world.ts';
import { signedIn, text } from '../../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'sign_in'] as const;

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	demand(locals.actor, ..._permission);
	const { person, email } = signedIn(event);
	const { world } = locals;
	requireFresh(locals.session, world.clock.now());
	const { passkeys, ...factors } = await world.db.as(ACCESS, (tx) => factorsOf(person, tx));
	return {
		...factors,
		changed: url.searchParams.has('done'),
		email,
		passkeys: passkeys.map(({ id, name, added, used }) => ({
			id,
			name,
			added: added.toISOString(),
			used: used?.toISOString() ?? null,
		})),
	};
};

export const actions: Actions = {
	passkey: async (event) => {
		const { locals, request, url } = event;
		demand(locals.actor, ..._permission);
		const { person } = fresh(event);
		const form = await request.formData();
		const outcome = await locals.world.db.as(ACCESS, async (tx) => {
			const added = await addPasskey(person, text(form, 'answer'), text(form, 'name'), url.origin, locals.world, tx);
			if (added === 'added') await told(event, 'factor_added', 'passkey_added', tx);
			return added;
		});
		return outcome === 'added' ? done(locals) : fail(400, { fault: outcome, part: 'passkey' as const });
	},
	drop: async (event) => {
		const { locals, request } = event;
		demand(locals.actor, ..._permission);
		const { person } = fresh(event);
		const id = text(await request.formData(), 'passkey');
		const outcome = await locals.world.db.as(ACCESS, async (tx) => {
			const { passkeys, password, app } = await factorsOf(person, tx);
			if (passkeys.length === 1 && !(password && app)) return 'last';
			if (!(await dropPasskey(person, id, tx))) return 'none';
			await told(event, 'factor_removed', 'passkey_removed', tx);
			return 'done';
		});
		if (outcome === 'none') error(400);
		return outcome === 'done' ? done(locals) : fail(400, { fault: outcome, part: 'passkey' as const });
	},
	password: async (event) => {
		const { locals, request } = event;
		demand(locals.actor, ..._permission);
		const session = fresh(event);
		const form = await request.formData();
		const wanted = text(form, 'password');
		if (wanted !== text(form, 'again')) return fail(400, { fault: 'different' as const, part: 'password' as const });
		const outcome = await locals.world.db.as(ACCESS, async (tx) => {
			const set = await setPassword(session.person, wanted, locals.world, tx);
			if (set !== 'set') return set;
			await endSessions(session.person, session.id, tx);
			await told(event, 'password_changed', 'password_changed', tx);
			return 'done';
		});
		return outcome === 'done' ? done(locals) : fail(400, { fault: outcome, part: 'password' as const });
	},
	app: async (event) => {
		const { locals } = event;
		demand(locals.actor, ..._permission);
		const { person } = fresh(event);
		const outcome = await locals.world.db.as(ACCESS, async (tx) => {
			const { passkeys, app } = await factorsOf(person, tx);
			if (passkeys.length === 0) return 'last';
			await dropApp(person, tx);
			if (app) await told(event, 'factor_removed', 'app_removed', tx);
			return 'done';
		});
		return outcome === 'done' ? done(locals) : fail(400, { fault: outcome, part: 'app' as const });
	},
	codes: async (event) => {
		const { locals } = event;
		demand(locals.actor, ..._permission);
		const { person } = fresh(event);
		const codes = await locals.world.db.as(ACCESS, async (tx) => {
			if (!(await factorsOf(person, tx)).app) return null;
			await told(event, 'recovery_codes_made', 'codes_made', tx);
			return newCodes(person, locals.world, tx);
		});
		if (codes === null) error(400);
		return { codes };
	},
};

type Event = Parameters<typeof signedIn>[0];

function fresh(event: Event) {
	const session = signedIn(event);
	requireFresh(session, event.locals.world.clock.now());
	return session;
}

/** Leaves a trace and a mail of a change, in the transaction that makes it. */
async function told({ locals }: Event, action: Act, notice: Notice, tx: Tx): Promise<void> {
	const { actor, world, session } = locals;
	if (!session) return;
	const owner = actor.city;
	await record({ actor, action, subject: `session:${session.id}`, owner }, world, tx);
	await notify(session.person, notice, world, tx);
}

function done({ language }: App.Locals): never {
	redirect(303, addressIn(language, '/account/factors?done=yes'));
}
