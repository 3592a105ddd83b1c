import { fail, redirect } from '@sveltejs/kit';
import { byline } from '#access/byline.server.ts';
import { demand } from '#access/can.ts';
import { namesSigned } from '#coalition/signed.server.ts';
import { addressIn } from '#i18n/language.ts';
import { dayAt } from '#kernel/day.ts';
import { readDraft } from '#library/draft.ts';
import { beginDraft, DRAFT_DAYS, drafts } from '#library/drafts.server.ts';
import { shown } from '#watch/read/archive.server.ts';
import { text } from '../../sign-in/entry.server.ts';
import { chosenFiles, sentForm, TOO_LARGE } from '../../upload.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['import', 'library'] as const;

export const load: PageServerLoad = async ({ locals }) => {
	demand(locals.actor, ..._permission);
	const { world, actor } = locals;
	const names = await world.db.as(actor, (tx) => namesSigned(world, tx));
	const aside = await drafts(actor, world);
	return {
		days: DRAFT_DAYS,
		aside: aside.map(({ id, name, said, by, at }) => ({
			...{ id, name: said.title.trim() || name, by: names.get(by) ?? by, day: dayAt(at) },
		})),
	};
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		demand(locals.actor, ..._permission);
		const { actor, world, language } = locals;
		const form = await sentForm(request);
		if ('fault' in form)
			return fail(form.fault === 'large' ? TOO_LARGE : 400, { said: null, fault: form.fault, refused: null });
		const said = readDraft(
			(name) => text(form, name),
			() => [],
		);
		const [file, another] = chosenFiles(form, 'file');
		if (!file || another) return fail(400, { said, fault: 'none' as const, refused: null });
		const name = shown(file.name.replace(/^.*[\\/]/, '')) || 'text';
		const bytes = new Uint8Array(await file.arrayBuffer());
		const begun = await beginDraft({ name, bytes, said }, byline(actor.person ?? '', world), actor, world);
		if ('refused' in begun) return fail(400, { said, fault: null, refused: begun.refused });
		redirect(303, addressIn(language, `/library/import/${begun.id}`));
	},
};
