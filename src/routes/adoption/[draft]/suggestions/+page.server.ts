import { fail, redirect } from '@sveltejs/kit';
import { can, demand, ownCity } from '#access/can.ts';
import { isOpen } from '#adoption/draft.ts';
import { openSuggestions } from '#adoption/remark/remarked.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { setAside, takeUpAgain } from '#adoption/word/set-aside.server.ts';
import { decide, reopen, takeIn, uploadsOf } from '#adoption/word/suggestions.server.ts';
import { namesSeated } from '#coalition/signed.server.ts';
import { addressIn } from '#i18n/language.ts';
import { shown } from '#watch/read/archive.server.ts';
import { text } from '../../../sign-in/entry.server.ts';
import { chosenFiles, sentForm, TOO_LARGE } from '../../../upload.server.ts';
import { comeIn } from '../../notes.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

/** Suggestions of one file on the page: whoever decided on these sees the next. */
const MOST_SHOWN = 200;

export const load: PageServerLoad = async ({ locals, params }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	return world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const { draft, provisions } = await stateOf(params.draft, actor, tx);
		const people = await namesSeated(tx);
		const nameOf = (person: string | null) => (person === null ? null : (people.get(person) ?? null));
		const uploads = await uploadsOf(draft.id, actor, tx);
		return {
			draft,
			outline: provisions.map(({ id, number, kind, parent }) => ({ id, number, kind, parent })),
			uploads: uploads.map(({ person, suggestions, aside, ...upload }) => {
				const open = suggestions.filter(({ state }) => state === 'open');
				const decided = suggestions.filter(({ state }) => state !== 'open');
				const shown = new Set([...open.slice(0, MOST_SHOWN), ...decided.slice(-MOST_SHOWN)]);
				return {
					...upload,
					by: nameOf(person),
					/** Where nothing else of it is open. */
					aside: aside && open.length === 0 ? { ...aside, by: nameOf(aside.by) } : null,
					open: open.length,
					all: suggestions.length,
					more: Math.max(0, open.length - MOST_SHOWN),
					suggestions: suggestions
						.filter((one) => shown.has(one))
						.map(({ decidedBy, ...one }) => ({ ...one, decidedBy: nameOf(decidedBy) })),
				};
			}),
			/** Suggestions of colleagues that nobody decided on. */
			colleagues: await openSuggestions(draft.id, actor, tx),
			may: isOpen(draft) && can(actor, 'change', 'draft', ownCity(actor)),
		};
	});
};

export const actions: Actions = {
	send: async ({ locals, params, request }) => {
		const { world, actor, language } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await sentForm(request);
		if ('fault' in form) return fail(form.fault === 'large' ? TOO_LARGE : 400, { fault: form.fault, refused: null });
		const [file, another] = chosenFiles(form, 'file');
		if (!file || another) return fail(400, { fault: 'none' as const, refused: null });
		const name = shown(file.name.replace(/^.*[\\/]/, '')) || 'file.docx';
		const bytes = new Uint8Array(await file.arrayBuffer());
		await world.db.as(actor, (tx) => comeIn(params.draft, locals, tx));
		const made = await takeIn(params.draft, { name, bytes }, actor, world);
		if ('refused' in made) return fail(400, { fault: null, refused: made.refused });
		redirect(303, addressIn(language, `/adoption/${params.draft}/suggestions#f${made.id}`));
	},
	decide: async ({ locals, params, request }) => {
		const { world, actor } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await request.formData();
		const [upload, id, take] = [text(form, 'upload'), text(form, 'id'), text(form, 'take') === 'yes'];
		const decided = await world.db.as(actor, (tx) => decide(params.draft, { upload, id, take }, actor, world, tx));
		const of = { upload, id };
		if (decided.kind === 'taken' || decided.kind === 'refused' || decided.kind === 'settled')
			return { of, done: decided.kind, seq: decided.kind === 'taken' ? decided.seq : 0 };
		return fail(409, { of, not: decided });
	},
	reopen: async ({ locals, params, request }) => {
		const { world, actor } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await request.formData();
		const of = { upload: text(form, 'upload'), id: text(form, 'id') };
		await world.db.as(actor, (tx) => reopen(params.draft, of, actor, world, tx));
		return { of, done: 'reopened' as const, seq: 0 };
	},
	aside: async ({ locals, params, request }) => {
		const { world, actor } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const upload = text(await request.formData(), 'upload');
		const n = await world.db.as(actor, (tx) => setAside(params.draft, upload, actor, world, tx));
		return { whole: { upload, done: 'aside' as const, n } };
	},
	again: async ({ locals, params, request }) => {
		const { world, actor } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const upload = text(await request.formData(), 'upload');
		const n = await world.db.as(actor, (tx) => takeUpAgain(params.draft, upload, actor, world, tx));
		return { whole: { upload, done: 'again' as const, n } };
	},
};
