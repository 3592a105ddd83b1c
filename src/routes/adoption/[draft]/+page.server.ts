import { fail } from '@sveltejs/kit';
import { can, demand, ownCity } from '#access/can.ts';
import { comparison } from '#adoption/against.server.ts';
import { correctedAt } from '#adoption/amend.server.ts';
import { answerForm } from '#adoption/answers.server.ts';
import { readAgainst, usualOf, writeAgainst } from '#adoption/beside.ts';
import { asRead, conditionOf } from '#adoption/blank-words.ts';
import { turnsOf } from '#adoption/counsel/counsel.server.ts';
import { placedBlanksOf } from '#adoption/counsel/question.ts';
import { danglingIn } from '#adoption/dangling.server.ts';
import { isOpen, type State } from '#adoption/draft.ts';
import { differing, elsewhere } from '#adoption/elsewhere.server.ts';
import { noticeOf } from '#adoption/name/names.server.ts';
import { newerOf } from '#adoption/newer.server.ts';
import { takenByHand } from '#adoption/remark/suggested.server.ts';
import { restore } from '#adoption/restore.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { joined, type Place, placesFor } from '#adoption/structure/outline.ts';
import { type Restructuring, restructure, splitParagraphs } from '#adoption/structure/restructure.server.ts';
import { wayTo } from '#adoption/way/stages.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import { namesSeated } from '#coalition/signed.server.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { oneLine } from '#kernel/one-line.ts';
import { lawFor } from '#law/records.server.ts';
import { placeDetails } from '#places/list.server.ts';
import { text } from '../../sign-in/entry.server.ts';
import { blankForm } from '../blank-form.server.ts';
import { lookOf } from '../look.ts';
import { comeIn, counselOf, notesIn } from '../notes.server.ts';
import { leavesOf, type Show } from '../reading.ts';
import { blankShown, namesOf } from '../shown.ts';
import { commentIn, suggestIn, takeFrom } from '../suggesting.server.ts';
import { toldOf } from '../told.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const asked = Number(url.searchParams.get('at'));
	const at = Number.isInteger(asked) && asked > 0 ? asked : undefined;
	const chosen = readAgainst(url.searchParams.get('against'));
	const today = dayAt(world.clock.now());
	const { state, compared, people, place, stages, newer, notes, turn, others, dangling, named, against, corrected } =
		await world.db.as(actor, async (tx) => {
			await comeIn(params.draft, locals, tx);
			const state = await stateOf(params.draft, actor, tx, at);
			const [place] = await placeDetails({ ids: [state.draft.city] }, tx);
			const stages = (await wayTo(params.draft, tx))?.stages ?? [];
			// Of what the draft was once nothing is said, and nothing is offered to it.
			const latest = state.seq === state.draft.seq;
			const notes = latest ? await notesIn(state, locals, tx) : [];
			const found = latest ? await newerOf(state, tx) : undefined;
			const newer = (found ?? []).flatMap(({ offers }) => offers);
			const against = chosen ?? usualOf(state.draft);
			const compared = await comparison(state, against, today, actor, tx, found);
			const others = latest ? await differing(state, await elsewhere(state, tx), tx) : new Map<string, never>();
			const [turn = null] = await turnsOf(params.draft, tx);
			const dangling = latest ? await danglingIn(state, tx) : [];
			const named = latest ? await noticeOf(state, tx) : null;
			return {
				state,
				compared,
				people: await namesSeated(tx),
				place,
				stages,
				newer,
				notes,
				turn,
				others,
				dangling,
				named,
				against,
				corrected: await correctedAt(state.draft, tx),
			};
		});
	const { draft, provisions, seq } = state;
	const show: Show = url.searchParams.get('show') === 'clean' ? 'clean' : 'redline';
	const latest = seq === draft.seq;
	const leaves = leavesOf(state, compared.beside, show);
	const may = latest && isOpen(draft) && can(actor, 'change', 'draft', ownCity(actor));
	const edited = may ? editing(state, url.searchParams.get('edit')) : null;
	return {
		draft: { ...draft, editedBy: draft.editedBy === null ? null : (people.get(draft.editedBy) ?? null) },
		city: place?.name ?? '',
		seq,
		latest,
		newer: newer.length > 0,
		/** The edit that brought a draft that amends to what the shelf had; null where nothing was corrected there. */
		corrected,
		/** References that mean what the draft has not. */
		dangling,
		named,
		/** Provisions that the newer version changed or dropped, as long as nobody decided on it. */
		changedThere: newer.flatMap((offer) => (offer.kind === 'added' ? [] : [offer.provision])),
		may,
		show,
		/** What the reader chose, to be kept in every address of the page. */
		look: lookOf(url.searchParams),
		sources: state.sources,
		stages,
		/** What was last between whoever works on the draft and counsel. */
		turn,
		today,
		against: { other: compared.other, query: writeAgainst(against) },
		ofModel: state.sources.every(({ model }) => model),
		leaves,
		told: toldOf(leaves, namesOf(provisions, speech(locals.language))),
		/** Places that have a provision on the shelf in other words, by its id. */
		elsewhere: Object.fromEntries(others),
		outline: provisions.map(({ id, number, kind, parent }) => ({ id, number, kind, parent })),
		editing: edited,
		/** What can become of the provision that is edited, as a whole. */
		structure: edited && {
			places: placesFor(provisions, edited.id),
			joins: !('refused' in joined(provisions, edited.id)),
		},
		taking: url.searchParams.get('taking'),
		blanks: placedBlanksOf(state).map(blankShown),
		notes,
		gives: compared.kept.map(({ coding, ...rest }) => ({ code: coding.code, ...rest })),
		commenting: may ? url.searchParams.get('comment') : null,
		counsel: counselOf(actor),
		law: await lawFor(place?.path.slice(0, 2).toUpperCase() ?? null, world),
	};
};

/** The provision that is edited, as its words are shown in the form. */
function editing(state: State, id: string | null) {
	const one = state.provisions.find((provision) => provision.id === id);
	if (!one) return null;
	const [heading, { words }] = [one.heading ?? '', conditionOf(one.text)];
	return {
		id: one.id,
		heading: asRead(heading, state),
		words: asRead(words, state),
		blanks: (heading + words).includes('{{'),
	};
}

/** A change of the structure as a form says it; null where it says none. */
function wishOf(said: (name: string) => string): Exclude<Restructuring, { readonly act: 'split' }> | null {
	const [act, provision, to] = [said('act'), said('id'), said('to')];
	const place: Place = to.startsWith('in ') ? { first: to.slice(3) } : to === '' ? 'end' : { after: to };
	const words = oneLine(said('words'));
	if (act === 'added') return { act, place, heading: said('heading').trim() || null, words };
	if (act === 'moved') return { act, provision, place: to === 'top' ? { first: null } : place };
	return act === 'removed' || act === 'joined' ? { act, provision } : null;
}

/** From which edit to which a form brought the draft: what `Undo` takes back, as long as nobody edits after it. Null where nothing became other. */
function undoOf(to: number, from: number): { readonly to: number; readonly from: number } | null {
	return from > to ? { to, from } : null;
}

export const actions: Actions = {
	answer: async ({ locals, params, request }) => {
		const { world, actor } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const sent = blankForm(await request.formData());
		const { wrong, seq, was } = await world.db.as(actor, (tx) => answerForm(params.draft, sent, actor, world, tx));
		return wrong.length > 0 ? fail(400, { wrong }) : { done: 'answered' as const, id: null, undo: undoOf(was, seq) };
	},
	save: async ({ locals, params, request }) => {
		const { world, actor } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await request.formData();
		const [id, heading, words] = [text(form, 'id'), text(form, 'heading'), text(form, 'words')];
		const [since, taking] = [Number(text(form, 'since')), text(form, 'taking')];
		const typed = { typed: { heading, words }, since: Number.isInteger(since) && since > 0 ? since : 1 };
		const paragraphs = words
			.split(/\n\s*\n/)
			.map(oneLine)
			.filter((one) => one !== '');
		const { saved, split } = await world.db.as(actor, async (tx) => {
			const saved = await saveWords(params.draft, id, typed, actor, world, tx);
			// Where a colleague wrote in it too, it is not known which of the paragraphs theirs is.
			const splits = saved.kind === 'kept' && !saved.merged && paragraphs.length > 1;
			const split = splits ? await splitParagraphs(params.draft, id, paragraphs, actor, world, tx) : null;
			const done = { comment: taking, edit: split?.seq ?? saved.seq };
			if (saved.kind === 'kept' && taking !== '') await takenByHand(params.draft, done, actor, world, tx);
			return { saved, split };
		});
		if (saved.kind !== 'kept') return fail(409, { unsaved: { id, heading, words, taking, why: saved } });
		const undo = undoOf(saved.was, split?.seq ?? saved.seq);
		const refused = split?.refused ? { refused: split.refused } : {};
		return { done: saved.merged ? ('merged' as const) : ('saved' as const), id, undo, ...refused };
	},
	suggest: async (event) => {
		demand(event.locals.actor, 'change', 'draft', ownCity(event.locals.actor));
		return suggestIn(event);
	},
	comment: async (event) => {
		demand(event.locals.actor, 'change', 'draft', ownCity(event.locals.actor));
		return commentIn(event);
	},
	take: async (event) => {
		demand(event.locals.actor, 'change', 'draft', ownCity(event.locals.actor));
		const { provision, was, seq } = await takeFrom(event);
		return { done: 'taken' as const, id: provision, undo: undoOf(was, seq) };
	},
	structure: async ({ locals, params, request }) => {
		const { world, actor } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await request.formData();
		const wish = wishOf((name) => text(form, name));
		if (!wish) return fail(400, { refused: 'no_place' as const });
		const made = await world.db.as(actor, (tx) => restructure(params.draft, wish, actor, world, tx));
		if ('refused' in made) return fail(409, made);
		return { done: wish.act, id: made.provision, undo: undoOf(made.seq - 1, made.seq) };
	},
	undo: async ({ locals, params, request }) => {
		const { world, actor } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await request.formData();
		const [to, from] = [Number(text(form, 'to')), Number(text(form, 'from'))];
		await world.db.as(actor, (tx) => restore(params.draft, { to, from }, actor, world, tx));
		return { done: 'undone' as const, id: null, undo: null };
	},
};
