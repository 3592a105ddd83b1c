import { redirect } from '@sveltejs/kit';
import { can, demand, ownCity } from '#access/can.ts';
import { isOpen } from '#adoption/draft.ts';
import { edits } from '#adoption/history.server.ts';
import { restore } from '#adoption/restore.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { runs } from '#adoption/write/run.ts';
import { namesSeated } from '#coalition/signed.server.ts';
import { addressIn } from '#i18n/language.ts';
import { text } from '../../../sign-in/entry.server.ts';
import { comeIn } from '../../notes.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

export const load: PageServerLoad = async ({ locals, params }) => {
	const { world, actor } = locals;
	const own = ownCity(actor);
	demand(actor, ..._permission, own);
	return world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const { draft, provisions } = await stateOf(params.draft, actor, tx);
		const people = await namesSeated(tx);
		return {
			draft,
			outline: provisions.map(({ id, number, kind, parent }) => ({ id, number, kind, parent })),
			edits: runs(await edits(draft.id, tx)).map(({ person, ...one }) => ({
				...one,
				by: person === null ? null : (people.get(person) ?? null),
			})),
			may: isOpen(draft) && can(actor, 'change', 'draft', own),
		};
	});
};

export const actions: Actions = {
	restore: async ({ locals, params, request }) => {
		const { world, actor, language } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await request.formData();
		const [to, from] = [Number(text(form, 'to')), Number(text(form, 'from'))];
		await world.db.as(actor, (tx) => restore(params.draft, { to, from }, actor, world, tx));
		redirect(303, addressIn(language, `/adoption/${params.draft}`));
	},
};
