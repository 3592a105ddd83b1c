import { fail, redirect } from '@sveltejs/kit';
import { can, demand, ownCity } from '#access/can.ts';
import { isOpen } from '#adoption/draft.ts';
import { allowMember, meetingIn, setNumber } from '#adoption/remark/quorum.server.ts';
import { type Deal, deal, reply } from '#adoption/remark/remarks.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { seatsOn } from '#coalition/seats.server.ts';
import { addressIn } from '#i18n/language.ts';
import { dayAt } from '#kernel/day.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import type { Tx } from '#platform/world.ts';
import { text } from '../../../sign-in/entry.server.ts';
import { looking, lookOf } from '../../look.ts';
import { comeIn, counselOf, notesIn } from '../../notes.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const _permission = ['read', 'draft'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	return world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		const state = await stateOf(params.draft, actor, tx);
		const { draft, provisions, seq } = state;
		const seats = await seatsOn(dayAt(world.clock.now()), draft.city, tx);
		return {
			draft,
			seq,
			/** How somebody reads the draft who comes from there. */
			look: lookOf(url.searchParams),
			outline: provisions.map(({ id, number, kind, parent }) => ({ id, number, kind, parent })),
			notes: await notesIn(state, locals, tx),
			asked: seats
				.filter(({ role }) => role === 'member' || role === 'counsel')
				.map(({ id, name, office, role, inCounsel }) => ({
					...{ seat: id, name, office, counsel: role === 'counsel' || inCounsel },
				})),
			meeting: await meetingIn(params.draft, actor, world, tx),
			may: isOpen(draft) && can(actor, 'change', 'draft', ownCity(actor)),
			mayAllow: can(actor, 'approve', 'draft', ownCity(actor)),
			counsel: counselOf(actor),
		};
	});
};

export const actions: Actions = {
	reply: async (event) => {
		demand(event.locals.actor, 'change', 'draft', ownCity(event.locals.actor));
		const form = await event.request.formData();
		const to = { comment: text(form, 'comment'), text: text(form, 'text') };
		const made = await tried(event, ({ params, locals: { actor, world } }, tx) =>
			reply(params.draft, to, actor, world, tx),
		);
		if (made === 'invalid') return fail(400, { about: to.comment, fault: 'text', text: to.text } as const);
		return backTo(event, text(form, 'back'), `c-${to.comment}`);
	},
	deal: async (event) => {
		demand(event.locals.actor, 'change', 'draft', ownCity(event.locals.actor));
		const form = await event.request.formData();
		const comment = text(form, 'comment');
		const made = await tried(event, ({ params, locals: { actor, world } }, tx) =>
			deal(params.draft, { comment, deal: dealOf(form) }, actor, world, tx),
		);
		if (made === 'invalid') return fail(400, { about: comment, fault: 'assigned', text: '' } as const);
		return backTo(event, text(form, 'back'), `c-${comment}`);
	},
	number: async (event) => {
		demand(event.locals.actor, 'approve', 'draft', ownCity(event.locals.actor));
		const typed = text(await event.request.formData(), 'number');
		const number = /^\s*\d{1,3}\s*$/.test(typed) ? Number(typed) : Number.NaN;
		const made = await tried(event, ({ locals: { actor, world } }, tx) => setNumber(number, actor, world, tx));
		if (made === 'invalid') return fail(400, { about: 'number', fault: 'number', text: typed } as const);
		return backTo(event, 'remarks', 'meetings');
	},
	allow: async (event) => {
		demand(event.locals.actor, 'approve', 'draft', ownCity(event.locals.actor));
		const form = await event.request.formData();
		const asked = { seat: text(form, 'seat'), reason: text(form, 'reason') };
		const made = await tried(event, ({ params, locals: { actor, world } }, tx) =>
			allowMember(params.draft, asked, actor, world, tx),
		);
		if (made === 'invalid')
			return fail(400, { about: 'allow', fault: 'reason', seat: asked.seat, text: asked.reason } as const);
		return backTo(event, 'remarks', 'meetings');
	},
};

/** What a verb makes of a form; `invalid` where something has to be typed otherwise. */
async function tried<T>(
	event: RequestEvent,
	verb: (event: RequestEvent, tx: Tx) => Promise<T>,
): Promise<T | 'invalid'> {
	const { world, actor } = event.locals;
	try {
		return await world.db.as(actor, async (tx) => {
			await comeIn(event.params.draft, event.locals, tx);
			return verb(event, tx);
		});
	} catch (cause) {
		if (cause instanceof Invalid) return 'invalid';
		throw cause;
	}
}

function dealOf(form: FormData): Deal {
	const act = text(form, 'act');
	if (act === 'assigned') return { act, seat: text(form, 'seat') || null };
	if (act === 'resolved' || act === 'refused' || act === 'reopened') return { act };
	throw new NotFound('A comment is resolved, refused, opened again or assigned.');
}

function backTo({ locals, params, url }: RequestEvent, page: string, anchor: string): never {
	const to = looking(addressIn(locals.language, `/adoption/${params.draft}`), lookOf(url.searchParams));
	redirect(303, to(page === 'draft' ? {} : { page: 'remarks' }, anchor));
}
