import { fail, redirect } from '@sveltejs/kit';
import { can, demand, ownCity } from '#access/can.ts';
import { beginAmendment } from '#adoption/amend.server.ts';
import { asRead, conditionOf } from '#adoption/blank-words.ts';
import { isOpen, type State } from '#adoption/draft.ts';
import { type Decision, decide, newerOf, takeAll } from '#adoption/newer.server.ts';
import type { Offer } from '#adoption/newer.ts';
import { stateOf } from '#adoption/state.server.ts';
import { worded } from '#concordance/redline.ts';
import { addressIn, type Language } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import type { Provision } from '#library/provision.ts';
import { text } from '../../../sign-in/entry.server.ts';
import { comeIn } from '../../notes.server.ts';
import { nameOf } from '../../shown.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { world, actor, language } = locals;
	const own = ownCity(actor);
	demand(actor, ..._permission, own);
	const { state, newer } = await world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const state = await stateOf(params.draft, actor, tx);
		return { state, newer: await newerOf(state, tx) };
	});
	const { draft, provisions } = state;
	return {
		draft,
		outline: provisions.map(({ id, number, kind, parent }) => ({ id, number, kind, parent })),
		newer: newer.map(({ source, version, theirs, offers, decided }) => ({
			...{ source, decided, offers: offers.map((offer) => shownOffer(offer, theirs, state, language)) },
			version: { id: version.id, day: version.day, address: version.address },
		})),
		editing: url.searchParams.get('edit'),
		may: isOpen(draft) && can(actor, 'change', 'draft', own),
		/** Whether what was adopted can be amended by a new draft. */
		mayAmend: draft.became !== null && can(actor, 'change', 'draft', own),
	};
};

/** An offer as it is read: model and city against what was copied, and both together. */
function shownOffer(offer: Offer, theirs: readonly Provision[], state: State, language: Language) {
	type Words = Pick<Provision, 'heading' | 'text'>;
	const whole = ({ heading, text }: Words) => ({
		heading: asRead(heading ?? '', state),
		words: asRead(conditionOf(text).words, state),
	});
	const against = (was: Words, is: Words) => {
		const [before, after] = [whole(was), whole(is)];
		return { heading: worded(before.heading, after.heading), words: worded(before.words, after.words) };
	};
	if (offer.kind === 'added') {
		const name = nameOf(theirs, theirs.indexOf(offer.theirs), speech(language));
		const lines = theirs.flatMap((one) => {
			if (!offer.along.has(one.eId) || one.state === 'removed') return [];
			const { heading, words } = whole(one);
			// The number stands before whatever comes first.
			const [title, text] = heading === '' ? ['', numbered(one.number, words)] : [numbered(one.number, heading), words];
			return [{ heading: worded('', title), words: worded('', text) }];
		});
		return { kind: offer.kind, change: offer.change, name, lines };
	}
	const { change, provision } = offer;
	if (offer.kind === 'renumbered') return offer;
	if (offer.kind === 'moved') {
		const { place, both } = offer;
		const [after, first] = [
			place !== 'end' && 'after' in place ? place.after : null,
			place !== 'end' && 'first' in place ? place.first : null,
		];
		return { kind: offer.kind, change, provision, both, stands: { after, first } };
	}
	if (offer.kind === 'removed') return { kind: offer.kind, change, provision, ours: against(offer.base, offer.ours) };
	return {
		...{ kind: offer.kind, change, provision },
		theirs: against(offer.base, offer.theirs),
		ours: against(offer.base, offer.ours),
		unnamed: offer.unnamed,
		together: offer.merged && against(offer.base, offer.merged),
		form: whole(offer.merged ?? offer.ours),
	};
}

function numbered(number: string | null, words: string): string {
	return [number ?? '', words].filter((part) => part !== '').join(' ');
}

export const actions: Actions = {
	amend: async ({ locals, params }) => {
		const { world, actor, language } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const id = await world.db.as(actor, (tx) => beginAmendment(params.draft, actor, world, tx));
		redirect(303, addressIn(language, `/adoption/${id}/newer`));
	},
	all: async ({ locals, params, request }) => {
		const { world, actor } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await request.formData();
		const of = { source: Number(text(form, 'source')), expressionId: text(form, 'version') };
		await world.db.as(actor, (tx) => takeAll(params.draft, of, actor, world, tx));
		return { done: 'all' as const };
	},
	decide: async ({ locals, params, request }) => {
		const { world, actor } = locals;
		demand(actor, 'change', 'draft', ownCity(actor));
		const form = await request.formData();
		const said = (name: string) => text(form, name);
		const of = { source: Number(said('source')), expressionId: said('version'), change: said('change') };
		const what = decisionOf(said);
		if (!what) return fail(400, { fault: 'gone' as const, ...of, typed: null });
		try {
			await world.db.as(actor, (tx) => decide(params.draft, of, what, actor, world, tx));
		} catch (cause) {
			if (cause instanceof Invalid) return fail(409, { fault: 'clash' as const, ...of, typed: null });
			if (cause instanceof Conflict && what.decision === 'edit')
				return fail(409, { fault: 'meanwhile' as const, ...of, typed: { heading: what.heading, words: what.words } });
			if (cause instanceof NotFound) return fail(404, { fault: 'gone' as const, ...of, typed: null });
			throw cause;
		}
		return { done: what.decision };
	},
};

function decisionOf(said: (name: string) => string): Decision | null {
	const decision = said('decision');
	if (decision === 'take' || decision === 'keep') return { decision };
	const since = Number(said('since'));
	if (decision !== 'edit' || !Number.isInteger(since)) return null;
	return { decision, heading: said('heading'), words: said('words'), since };
}
