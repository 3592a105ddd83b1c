import { fail, redirect } from '@sveltejs/kit';
import { demand, ownCity } from '#access/can.ts';
import { beginDraft, copyInto } from '#adoption/begin.server.ts';
import { conditionOf, shown, textOf } from '#adoption/blank-words.ts';
import { isOpen } from '#adoption/draft.ts';
import { noticeOfWork } from '#adoption/name/names.server.ts';
import { draftLines } from '#adoption/state.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import { lawFor } from '#law/records.server.ts';
import { workAt } from '#library/at.server.ts';
import { subtree } from '#library/export/tree.ts';
import type { Blank } from '#library/view.ts';
import { placeDetails } from '#places/list.server.ts';
import type { Tx } from '#platform/world.ts';
import { text } from '../../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'draft'] as const;

/** Letters by which a recital is told from others. */
const BEGINNING = 80;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const path = url.searchParams.get('from') ?? '';
	const { found, drafts, place, named } = await world.db.as(actor, async (tx) => {
		const [place] = await placeDetails({ ids: [actor.city ?? ''] }, tx);
		const found = await source(path, locals, tx);
		const { work, version, only } = found;
		const copied = only === null ? version.provisions : subtree(version.provisions, only);
		const named = await noticeOfWork(work, copied, actor.city ?? '', tx);
		return { found, drafts: await draftLines(actor, tx), place, named };
	});
	const { work, version, only } = found;
	return {
		from: only === null ? version.address : `${version.address}/${only}`,
		work: {
			title: work.title,
			number: work.number,
			address: work.address,
			sample: work.sample,
			askCounsel: work.askCounsel,
		},
		day: version.day,
		language: locals.language,
		only,
		pieces: version.provisions.map(({ eId, kind, number, heading, parent, text }) => ({
			...{ eId, kind, number, heading, parent },
			begins: readable(text, work.blanks, locals.language).slice(0, BEGINNING),
		})),
		named,
		drafts: drafts.filter(isOpen).map(({ id, title }) => ({ id, title })),
		law: await lawFor(place?.path.slice(0, 2).toUpperCase() ?? null, world),
	};
};

/** Words with the names of their blanks. */
function readable(text: string, blanks: readonly Blank[], language: App.Locals['language']): string {
	return textOf(shown(conditionOf(text).words, blanks, {}, language));
}

/** The version at a path below /library, the latest where it names none, and the provision where it names one. Throws `NotFound`. */
async function source(path: string, { world, language }: App.Locals, tx: Tx) {
	const found = await workAt(path, dayAt(world.clock.now()), tx);
	if (found.kind === 'moved')
		redirect(302, addressIn(language, `/adoption/new?from=${encodeURIComponent(found.path)}`));
	if (found.kind === 'version') return { ...found, only: null };
	if (found.kind === 'provision') return { ...found, only: found.provision.eId };
	const latest = found.kind === 'work' ? found.work.versions.find(({ official }) => official) : undefined;
	if (latest) redirect(302, addressIn(language, `/adoption/new?from=${encodeURIComponent(latest.address)}`));
	throw new NotFound(speech(language).say('library.unknown'));
}

export const actions: Actions = {
	copy: async ({ locals, request, url }) => {
		const { world, actor, language } = locals;
		demand(actor, ..._permission, ownCity(actor));
		const form = await request.formData();
		const [title, into, what] = [text(form, 'title'), text(form, 'into'), text(form, 'what')];
		const chosen = form.getAll('only').filter((one) => typeof one === 'string');
		const said = { title, into, what, chosen };
		if (what === 'some' && chosen.length === 0) return fail(400, { ...said, fault: 'nothing' as const });
		let id: string;
		try {
			id = await world.db.as(actor, async (tx) => {
				const { work, version } = await source(url.searchParams.get('from') ?? '', locals, tx);
				const copied = { workId: work.id, expressionId: version.id, only: what === 'some' ? chosen : null };
				if (into === '') return beginDraft({ title, copied }, actor, world, tx);
				await copyInto(into, { copied, after: null }, actor, world, tx);
				return into;
			});
		} catch (cause) {
			if (cause instanceof Invalid) return fail(400, { ...said, fault: 'title' as const });
			if (cause instanceof NotFound) return fail(404, { ...said, fault: 'into' as const });
			throw cause;
		}
		redirect(303, addressIn(language, `/adoption/${id}`));
	},
};
