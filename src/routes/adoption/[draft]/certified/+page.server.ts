import { fail, redirect } from '@sveltejs/kit';
import { can, demand, ownCity } from '#access/can.ts';
import { attach, certifiedOf, publishCertified, withdrawCertified } from '#adoption/certified.server.ts';
import { draftOf } from '#adoption/state.server.ts';
import { namesSeated } from '#coalition/signed.server.ts';
import { addressIn } from '#i18n/language.ts';
import { Invalid } from '#kernel/error.ts';
import { shown } from '#watch/read/archive.server.ts';
import { text } from '../../../sign-in/entry.server.ts';
import { chosenFiles, sentForm, TOO_LARGE } from '../../../upload.server.ts';
import { comeIn } from '../../notes.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const _permission = ['read', 'draft'] as const;

/** The certified copies of what the draft became. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	return world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const draft = await draftOf(params.draft, actor, tx);
		const people = await namesSeated(tx);
		const copies = (await certifiedOf(draft.id, actor, tx)).map(({ person, ...copy }) => ({
			...copy,
			by: person === null ? null : (people.get(person) ?? null),
		}));
		return { draft, copies, may: draft.became !== null && can(actor, 'change', 'draft', ownCity(actor)) };
	});
};

export const actions: Actions = {
	attach: async (event) => {
		const { locals, params, request } = event;
		const { world, actor } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await sentForm(request);
		if ('fault' in form) return fail(form.fault === 'large' ? TOO_LARGE : 400, { fault: form.fault });
		const [file, another] = chosenFiles(form, 'file');
		if (!file || another) return fail(400, { fault: 'none' as const });
		const name = shown(file.name.replace(/^.*[\\/]/, '')) || 'copy';
		const bytes = new Uint8Array(await file.arrayBuffer());
		try {
			const made = await world.db.as(actor, (tx) => attach(params.draft, { name, bytes }, actor, world, tx));
			if (made.kind === 'unreadable') return fail(400, { fault: 'kind' as const });
			return back(event, made.nth);
		} catch (cause) {
			if (cause instanceof Invalid) return fail(TOO_LARGE, { fault: 'large' as const });
			throw cause;
		}
	},
	publish: async (event) => {
		const { locals, params, request } = event;
		demand(locals.actor, 'change', 'draft', ownCity(locals.actor));
		const nth = numberIn(await request.formData());
		await publishCertified(params.draft, nth, locals.actor, locals.world);
		return back(event, nth);
	},
	withdraw: async (event) => {
		const { locals, params, request } = event;
		demand(locals.actor, 'change', 'draft', ownCity(locals.actor));
		const form = await request.formData();
		const nth = numberIn(form);
		try {
			await withdrawCertified(params.draft, nth, text(form, 'reason'), locals.actor, locals.world);
		} catch (cause) {
			if (cause instanceof Invalid) return fail(400, { fault: 'reason' as const, nth });
			throw cause;
		}
		return back(event, nth);
	},
};

function numberIn(form: FormData): number {
	const typed = text(form, 'nth');
	return /^[1-9]\d{0,5}$/.test(typed) ? Number(typed) : 0;
}

function back({ locals, params }: RequestEvent, nth: number): never {
	redirect(303, addressIn(locals.language, `/adoption/${params.draft}/certified#copy-${nth}`));
}
