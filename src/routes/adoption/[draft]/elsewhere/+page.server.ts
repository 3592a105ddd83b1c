import { fail, redirect } from '@sveltejs/kit';
import { can, demand, ownCity } from '#access/can.ts';
import { asRead, conditionOf } from '#adoption/blank-words.ts';
import { borrow } from '#adoption/borrow.server.ts';
import { isOpen } from '#adoption/draft.ts';
import { elsewhere, wordsElsewhere } from '#adoption/elsewhere.server.ts';
import { byWording, sharedAddition } from '#adoption/elsewhere.ts';
import { stateOf } from '#adoption/state.server.ts';
import { worded } from '#concordance/redline.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { gathered } from '../../../library/leaf.ts';
import { text } from '../../../sign-in/entry.server.ts';
import { comeIn } from '../../notes.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

/** What other cities have where a section of the draft was copied from. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { world, actor, language } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const today = dayAt(world.clock.now());
	const at = url.searchParams.get('at') ?? '';
	return world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const state = await stateOf(params.draft, actor, tx);
		const { draft, provisions, seq } = state;
		const found = await elsewhere(state, tx);
		const { home } = gathered(provisions);
		const leaf = home[provisions.findIndex(({ id }) => id === at)];
		if (leaf === undefined) throw new NotFound(speech(language).say('elsewhere.fault.gone'));
		const points = [];
		for (const [n, one] of provisions.entries()) {
			const kin = found.get(one.id);
			const ours = asRead(conditionOf(one.text).words, state);
			if (!kin || ours.trim() === '' || home[n] !== leaf) continue;
			const theirs = await wordsElsewhere(kin, today, language, tx);
			const heading = asRead(one.heading ?? '', state);
			points.push({
				id: one.id,
				ours,
				shared: sharedAddition(ours, theirs),
				wordings: byWording(theirs).map((alike) => ({
					clauses: alike.map(({ clause: { words: _, ...clause } }) => clause),
					heading: alike[0].heading === null ? [] : worded(heading, alike[0].heading),
					words: worded(ours, alike[0].text),
				})),
			});
		}
		return {
			draft,
			seq,
			at,
			outline: provisions.map(({ id, number, kind, parent }) => ({ id, number, kind, parent })),
			points,
			may: isOpen(draft) && can(actor, 'change', 'draft', ownCity(actor)),
		};
	});
};

export const actions: Actions = {
	use: async ({ locals, params, request }) => {
		const { world, actor, language } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await request.formData();
		const [provision, since] = [text(form, 'id'), Number(text(form, 'since'))];
		const clause = { workId: text(form, 'work'), expressionId: text(form, 'version'), eId: text(form, 'clause') };
		try {
			const wish = { provision, clause, since: Number.isInteger(since) ? since : 0 };
			await world.db.as(actor, (tx) => borrow(params.draft, wish, actor, world, tx));
		} catch (cause) {
			if (cause instanceof Conflict) return fail(409, { fault: 'meanwhile' as const });
			if (cause instanceof Invalid) return fail(400, { fault: 'blanks' as const });
			if (cause instanceof NotFound) return fail(404, { fault: 'gone' as const });
			throw cause;
		}
		redirect(303, addressIn(language, `/adoption/${params.draft}#${provision}`));
	},
};
