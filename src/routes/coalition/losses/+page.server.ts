import { fail } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { APPROVALS } from '#coalition/interest.ts';
import { stopLoss } from '#coalition/loss.server.ts';
import { approveLoss, lossLink, openLosses, recordLossCall } from '#coalition/renewal.server.ts';
import { text } from '../../sign-in/entry.server.ts';
import { did, HERE, mailLink } from '../steward.server.ts';
import type { Actions, PageServerLoad } from './$types';

// Whoever may invite somebody to a seat may let its holder in again.
export const _permission = ['invite', 'seat'] as const;

export const load: PageServerLoad = async ({ locals }) => {
	demand(locals.actor, ..._permission, HERE);
	const { world, actor } = locals;
	const losses = await world.db.as(actor, (tx) => openLosses(world, tx));
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
		const link = await world.db.as(actor, (tx) => lossLink(id, actor, world, tx));
		if (typeof link === 'string') return fail(400, { id, fault: link });
		const { token, code, email, language } = link;
		const words = { subject: 'loss.mail.subject', text: 'loss.mail', note: 'loss.mail.note' } as const;
		const sent = await mailLink({ email, language }, `/sign-in/lost/new/${token}`, words, {
			world,
			origin: url.origin,
		});
		if (!sent) return fail(503, { id, fault: 'mail' as const });
		return { id, code };
	},
};
