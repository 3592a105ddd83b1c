import { fail, redirect } from '@sveltejs/kit';
import { demand, ownCity } from '#access/can.ts';
import { actOf, answeredNumber, calledBy } from '#adoption/act.ts';
import { adopt } from '#adoption/adopt.server.ts';
import { findingsIn } from '#adoption/check/findings.server.ts';
import { openBlanksOf } from '#adoption/counsel/question.ts';
import { noticeOf } from '#adoption/name/names.server.ts';
import { saidFor } from '#adoption/packet/packet.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { addressIn, type Language } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import type { Day } from '#kernel/day.ts';
import { oneLine } from '#kernel/one-line.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import { text } from '../../../sign-in/entry.server.ts';
import { comeIn } from '../../notes.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'draft'] as const;

/** Longest of what is typed. */
const LONGEST = 300;

export const load: PageServerLoad = async ({ locals, params }) => {
	const { world, actor, language } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const { state, packet, named, findings } = await world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const state = await stateOf(params.draft, actor, tx);
		return {
			state,
			packet: await saidFor(params.draft, actor, tx),
			named: await noticeOf(state, tx),
			findings: await findingsIn(state, actor, world, tx),
		};
	});
	const { draft, sources, provisions, answers } = state;
	const act = actOf(draft.instrument);
	const number = packet?.number || answeredNumber(act, answers);
	if (draft.became !== null) redirect(302, addressIn(language, `/library/${draft.became}`));
	return {
		draft,
		sources,
		outline: provisions.map(({ id, number, kind, parent }) => ({ id, number, kind, parent })),
		named,
		findings,
		/** As the packet has it, or the text itself. */
		number: calledBy(act, number, speech(draft.language)),
		open: openBlanksOf(state).length,
	};
};

export const actions: Actions = {
	record: async ({ locals, params, request }) => {
		const { world, actor, language } = locals;
		demand(actor, ..._permission, ownCity(actor));
		const form = await request.formData();
		const said = (name: string) => oneLine(text(form, name)).slice(0, LONGEST);
		const typed = { number: said('number'), adopted: said('adopted'), vote: said('vote'), in_force: said('in_force') };
		const tells = form.get('sources') === 'yes';
		const [adopted, inForce] = [dayOf(typed.adopted, language), dayOf(typed.in_force, language)];
		const again = (fault: Fault, n = 0) => fail(400, { fault, n, typed: { ...typed, tells } });
		if (typed.number === '') return again('number_wanted');
		if (adopted === null || adopted === 'wrong') return again('day_wanted');
		if (inForce === 'wrong') return again('day_wrong');
		if (form.get('sure') !== 'yes') return again('sure_wanted');
		const of = { number: typed.number, adopted, vote: typed.vote || null, inForce, tellsSources: tells };
		const made = await adopt(params.draft, of, actor, world);
		if ('refused' in made) return again(made.refused, made.refused === 'blanks_open' ? made.n : 0);
		redirect(303, addressIn(language, `/library/${made.address}`));
	},
};

type Fault =
	| 'number_wanted'
	| 'number_taken'
	| 'blanks_open'
	| 'before_adoption'
	| 'in_future'
	| 'adopted_before'
	| 'no_vote'
	| 'day_wanted'
	| 'day_wrong'
	| 'sure_wanted';

/** A day as it was typed; null for nothing. */
function dayOf(typed: string, language: Language): Day | null | 'wrong' {
	return typed === '' ? null : (readTypedDay(typed, language) ?? 'wrong');
}
