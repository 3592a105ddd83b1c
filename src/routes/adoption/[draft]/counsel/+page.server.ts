import { fail, redirect } from '@sveltejs/kit';
import { can, demand, ownCity } from '#access/can.ts';
import type { Unkept } from '#adoption/answer.ts';
import { answerForm } from '#adoption/answers.server.ts';
import { isOpenBlank } from '#adoption/blanks-in.ts';
import { counselSeats, giveBack, sendToCounsel, turnsOf } from '#adoption/counsel/counsel.server.ts';
import { placedBlanksOf, since } from '#adoption/counsel/question.ts';
import { questionsOn } from '#adoption/counsel/questions.server.ts';
import { isOpen } from '#adoption/draft.ts';
import { noticeOf } from '#adoption/name/names.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { addressIn } from '#i18n/language.ts';
import { lawFor } from '#law/records.server.ts';
import { placeDetails } from '#places/list.server.ts';
import { text } from '../../../sign-in/entry.server.ts';
import { blankForm } from '../../blank-form.server.ts';
import { comeIn, notesIn } from '../../notes.server.ts';
import { blankShown } from '../../shown.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const _permission = ['read', 'draft'] as const;

/** What a form of this page did before it led back to it. */
const DONE = ['sent', 'unchanged', 'returned', 'answered'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const found = await world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const state = await stateOf(params.draft, actor, tx);
		const turns = await turnsOf(params.draft, tx);
		const before = turns.find(({ act }) => act === 'sent') ?? null;
		const [place] = await placeDetails({ ids: [state.draft.city] }, tx);
		return {
			...{ state, turns, place, seats: await counselSeats(actor, world, tx) },
			asked: await questionsOn(params.draft, tx),
			notes: await notesIn(state, locals, tx),
			named: await noticeOf(state, tx),
			since: before && since(await stateOf(params.draft, actor, tx, before.seq), state),
		};
	});
	const { state, turns, place, seats, asked, notes } = found;
	const { draft, provisions } = state;
	const fields = placedBlanksOf(state).map((placed) => ({
		blank: blankShown(placed),
		open: isOpenBlank(placed),
		at: placed.provisions,
		note: notes.find(({ id }) => id === asked.get(placed.blank.id)) ?? null,
	}));
	return {
		draft,
		outline: provisions.map(({ id, number, kind, parent }) => ({ id, number, kind, parent })),
		fields,
		open: fields.filter(({ open }) => open).length,
		turns,
		since: found.since,
		named: found.named,
		seats: seats.map(({ id, name, office, held }) => ({ seat: id, name, office, held, own: id === actor.seat })),
		law: await lawFor(place?.path.slice(0, 2).toUpperCase() ?? null, world),
		may: isOpen(draft) && can(actor, 'change', 'draft', ownCity(actor)),
		/** Whether whoever reads this is counsel. */
		counsel: can(actor, 'approve', 'draft', ownCity(actor)),
		done: DONE.find((one) => one === url.searchParams.get('done')) ?? null,
	};
};

export const actions: Actions = {
	send: async (event) => {
		const { locals, params, request } = event;
		const { world, actor, language } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await request.formData();
		const wrong = await answered(form, event);
		if (wrong.length > 0) return fail(400, { refused: null, wrong });
		const to = text(form, 'to') || null;
		const made = await world.db.as(actor, async (tx) => {
			await comeIn(params.draft, locals, tx);
			return sendToCounsel(params.draft, to, actor, world, tx);
		});
		if (made.kind === 'refused') return fail(409, { refused: made, wrong: null });
		redirect(303, addressIn(language, `/adoption/${params.draft}/counsel?done=${made.kind}`));
	},
	answer: async (event) => {
		const { locals, params, request } = event;
		demand(locals.actor, 'change', 'draft', ownCity(locals.actor));
		const wrong = await answered(await request.formData(), event);
		if (wrong.length > 0) return fail(400, { refused: null, wrong });
		redirect(303, addressIn(locals.language, `/adoption/${params.draft}/counsel?done=answered`));
	},
	back: async (event) => {
		const { locals, params, request } = event;
		const { world, actor, language } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const wrong = await answered(await request.formData(), event);
		if (wrong.length > 0) return fail(400, { refused: null, wrong });
		await world.db.as(actor, async (tx) => {
			await comeIn(params.draft, locals, tx);
			await giveBack(params.draft, actor, world, tx);
		});
		redirect(303, addressIn(language, `/adoption/${params.draft}/counsel?done=returned`));
	},
};

/** Keeps what was typed into the blanks of the page, whichever of its buttons was pressed; gives back what is not kept. */
async function answered(form: FormData, { locals, params }: RequestEvent): Promise<readonly Unkept[]> {
	const { world, actor } = locals;
	const sent = blankForm(form);
	if (Object.keys(sent.typed).length === 0) return [];
	const { wrong } = await world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		return answerForm(params.draft, sent, actor, world, tx);
	});
	return wrong;
}
