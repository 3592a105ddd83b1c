import { fail } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { type Operation, redlined } from '#concordance/redline.ts';
import { dayAt } from '#kernel/day.ts';
import { FEWEST_WORDS, LONGEST_PASSAGE, whoHas } from '#reuse/search.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'library'] as const;

/** Letters of a passage and a clause that are drawn beside each other; more is read on the page of the clause. */
const LONGEST_DRAWN = 12_000;
/** Clauses of an answer. */
const MOST_SHOWN = 40;

export const load: PageServerLoad = ({ locals }) => {
	demand(locals.actor, ..._permission);
	return { fewest: FEWEST_WORDS, longest: LONGEST_PASSAGE };
};

export const actions: Actions = {
	// What is asked comes as a form, so that it stands in no address and no log, and goes into nothing but the answer.
	default: async ({ locals, request }) => {
		demand(locals.actor, ..._permission);
		const sent = await request.formData().catch(() => null);
		const value = sent?.get('passage');
		const passage = typeof value === 'string' ? value.replaceAll('\r\n', '\n').slice(0, LONGEST_PASSAGE + 1) : '';
		if (sent === null) return fail(400, { passage, refused: 'too_long' as const });
		const { world, actor, language } = locals;
		const today = dayAt(world.clock.now());
		const found = await world.db.as(actor, (tx) => whoHas(passage, today, language, world, tx));
		if ('refused' in found) return fail(found.refused === 'busy' ? 503 : 400, { passage, refused: found.refused });
		return {
			passage,
			refused: null,
			found: found.having.slice(0, MOST_SHOWN).map((one) => ({ ...one, words: drawn(passage, one.clause.words) })),
			/** Versions, and clauses, that are not shown. */
			leftOut: found.leftOut,
			more: Math.max(0, found.having.length - MOST_SHOWN),
		};
	},
};

/** How the passage would become the clause; null where that is too long to be drawn. */
function drawn(passage: string, clause: string): readonly Operation[] | null {
	if (passage.length + clause.length > LONGEST_DRAWN) return null;
	return redlined(passage, clause)?.flatMap(({ operations }) => operations) ?? null;
}
