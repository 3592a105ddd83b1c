import { fail } from '@sveltejs/kit';
import type { Actor } from '#access/actor.ts';
import { demand } from '#access/can.ts';
import { APPROVALS } from '#coalition/interest.ts';
import { stopLoss } from '#coalition/loss.server.ts';
import { approveLoss, lossLink, openLosses, recordLossCall } from '#coalition/renewal.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { Upstream } from '#kernel/error.ts';
import type { Tx } from '#platform/world.ts';
import { text } from '../../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

// Whoever may invite somebody to a seat may let its holder in again.
export const _permission = ['invite', 'seat'] as const;

const HERE = { room: 'city', owner: null } as const;

export const load: PageServerLoad = async ({ locals }) => {
	demand(locals.actor, ..._permission, HERE);
	const { world, actor } = locals;
	const losses = await world.db.as(acting(actor), (tx) => openLosses(world, tx));
	return {
		losses: losses.map(({ person, reportedAt, call, approvals, due, linkUntil, others, ...one }) => ({
			...one,
			own: person === actor.person,
			alone: others < APPROVALS && due === null,
			reported: reportedAt.toISOString(),
			call: call && { ...call, at: call.at.toISOString() },
			approvals: approvals.map(({ name }) => name),
			mine: approvals.some((given) => given.person === actor.person),
			due: due?.toISOString() ?? null,
			linkUntil: linkUntil?.toISOString() ?? null,
		})),
	};
};

export const actions: Actions = {
	call: async ({ locals, request }) => {
		demand(locals.actor, ..._permission, HERE);
		const form = await request.formData();
		const sent = { id: text(form, 'id'), number: text(form, 'number'), site: text(form, 'site') };
		return did('call', sent, locals, (tx) => recordLossCall(sent.id, sent, locals.actor, locals.world, tx));
	},
	approve: async ({ locals, request }) => {
		demand(locals.actor, ..._permission, HERE);
		const id = text(await request.formData(), 'id');
		return did('approve', { id }, locals, (tx) => approveLoss(id, locals.actor, locals.world, tx));
	},
	stop: async ({ locals, request }) => {
		demand(locals.actor, ..._permission, HERE);
		const id = text(await request.formData(), 'id');
		return did('stop', { id }, locals, (tx) => stopLoss(id, locals.actor, locals.world, tx));
	},
	send: async ({ locals, request, url }) => {
		demand(locals.actor, ..._permission, HERE);
		const { world, actor } = locals;
		const id = text(await request.formData(), 'id');
		const link = await world.db.as(acting(actor), (tx) => lossLink(id, actor, world, tx));
		if (typeof link === 'string') return fail(400, { id, fault: link });
		const { token, code, email, language } = link;
		const t = speech(language);
		const address = url.origin + addressIn(language, `/sign-in/lost/new/${token}`);
		try {
			await world.mail.send({
				to: email,
				subject: t.say('loss.mail.subject'),
				text: [t.say('loss.mail'), address, t.say('loss.mail.note')].join('\n\n'),
			});
		} catch (error) {
			if (!(error instanceof Upstream)) throw error;
			return fail(503, { id, fault: 'mail' as const });
		}
		return { id, code };
	},
};

/** A steward acts for the coalition; the walls read role and city. */
function acting(actor: Actor): Actor {
	return { ...actor, city: null };
}

/** What a form did, or what was sent with what was wrong. */
async function did<P extends string, S extends object, O extends string>(
	part: P,
	sent: S,
	{ world, actor }: App.Locals,
	work: (tx: Tx) => Promise<O>,
) {
	const outcome = await world.db.as(acting(actor), work);
	if (outcome === 'done') return { done: part };
	return fail(400, { ...sent, fault: outcome as Exclude<O, 'done'> });
}
