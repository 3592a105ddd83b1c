import { can, demand, ownCity } from '#access/can.ts';
import type { State } from '#adoption/draft.ts';
import { isOpen } from '#adoption/draft.ts';
import { namesOf, putNames } from '#adoption/name/names.server.ts';
import { type Naming, nameOfPlace } from '#adoption/name/naming.ts';
import { noticed } from '#adoption/name/notice.ts';
import { wordsAround } from '#adoption/name/reading.ts';
import { stateOf } from '#adoption/state.server.ts';
import { text } from '../../../sign-in/entry.server.ts';
import { comeIn } from '../../notes.server.ts';
import { aroundOf } from '../suggestions/around.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

/** Places on the page: whoever decided on these sees the next. */
const MOST_SHOWN = 500;

export const load: PageServerLoad = async ({ locals, params }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const { state, names } = await world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const state = await stateOf(params.draft, actor, tx);
		return { state, names: await namesOf(state, tx) };
	});
	const { draft, provisions, seq } = state;
	const all = names?.places ?? [];
	const [open, kept] = [all.filter((place) => !place.kept), all.filter((place) => place.kept)];
	return {
		draft,
		seq,
		outline: provisions.map(({ id, number, kind, parent }) => ({ id, number, kind, parent })),
		own: names?.own.name ?? '',
		open: open.slice(0, MOST_SHOWN).map((place) => shown(place, state)),
		more: Math.max(0, open.length - MOST_SHOWN),
		kept: kept.slice(0, MOST_SHOWN).map((place) => shown(place, state)),
		title: names && (noticed([], draft.title, names.others, names.own)?.title ?? null),
		may: isOpen(draft) && can(actor, 'change', 'draft', ownCity(actor)),
	};
};

/** A place as the page shows it, with the words around it as they read. */
function shown(place: Naming, state: State) {
	const { provision, was, now, doubt } = place;
	const { before, after } = wordsAround(place, state);
	const basis = before + was + after;
	return {
		...{ id: nameOfPlace(place), provision, doubt },
		words: aroundOf({ kind: 'words', at: before.length, basis, before: was, after: now }, ''),
	};
}

export const actions: Actions = {
	put: async ({ locals, params, request }) => {
		const { world, actor } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await request.formData();
		const chosen = (name: string) => new Set(form.getAll(name).filter((one) => typeof one === 'string'));
		const [ticked, listed, since] = [chosen('put'), chosen('shown'), Number(text(form, 'since'))];
		const keep = new Set([...listed].filter((one) => !ticked.has(one)));
		const decided = { put: ticked, keep, since: Number.isInteger(since) ? since : 0 };
		const { seq, was, ...made } = await world.db.as(actor, async (tx) => {
			await comeIn(params.draft, locals, tx);
			return putNames(params.draft, decided, actor, world, tx);
		});
		return { ...made, undo: seq > was ? { to: was, from: seq } : null };
	},
};
