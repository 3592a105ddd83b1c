import { fail, redirect } from '@sveltejs/kit';
import { can, demand, ownCity } from '#access/can.ts';
import { closeDraft, rename, reopenDraft } from '#adoption/life.server.ts';
import { draftOf } from '#adoption/state.server.ts';
import { addressIn } from '#i18n/language.ts';
import { Invalid } from '#kernel/error.ts';
import { text } from '../../../sign-in/entry.server.ts';
import { comeIn } from '../../notes.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

/** What the draft is called, and whether it is open. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	return world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const draft = await draftOf(params.draft, actor, tx);
		return { draft, may: draft.became === null && can(actor, 'change', 'draft', ownCity(actor)) };
	});
};

export const actions: Actions = {
	rename: async ({ locals, params, request }) => {
		const { world, actor, language } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const title = text(await request.formData(), 'title');
		try {
			await world.db.as(actor, (tx) => rename(params.draft, title, actor, world, tx));
		} catch (cause) {
			if (cause instanceof Invalid) return fail(400, { title });
			throw cause;
		}
		redirect(303, addressIn(language, `/adoption/${params.draft}`));
	},
	close: async ({ locals, params }) => {
		const { world, actor, language } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		await world.db.as(actor, (tx) => closeDraft(params.draft, actor, world, tx));
		redirect(303, addressIn(language, '/adoption'));
	},
	reopen: async ({ locals, params }) => {
		const { world, actor, language } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		await world.db.as(actor, (tx) => reopenDraft(params.draft, actor, world, tx));
		redirect(303, addressIn(language, `/adoption/${params.draft}`));
	},
};
