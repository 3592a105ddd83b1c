import { fail } from '@sveltejs/kit';
import { SEAT_ROLES } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { demand } from '#access/can.ts';
import { directory } from '#coalition/directory.server.ts';
import { inviteToSeat, newCode, newLink, openInvitations, withdrawInvitation } from '#coalition/invitation.server.ts';
import { endSeat, memberOfSeat, seatsOn } from '#coalition/seats.server.ts';
import { dayAt } from '#kernel/day.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import type { Tx } from '#platform/world.ts';
import { text } from '../../sign-in/entry.server.ts';
import { HERE, mailLink } from '../steward.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['invite', 'seat'] as const;

export const load: PageServerLoad = async ({ locals }) => {
	demand(locals.actor, ..._permission, HERE);
	const { world, actor } = locals;
	const day = dayAt(world.clock.now());
	return world.db.as(actor, async (tx) => {
		const cities = await directory(day, tx);
		const held = cities.flatMap(({ name, seats }) =>
			seats.map(({ id, office, name: who }) => ({ id, office, who, city: name })),
		);
		const own = (await seatsOn(day, null, tx)).filter(({ city }) => city === null);
		return {
			invites: !actor.sample,
			own: own.map(({ id, role, office, name, from }) => ({ id, role, office, name, from })),
			held: [...own.map(({ id, office, name }) => ({ id, office, who: name, city: null })), ...held],
			cities: cities.map(({ id, name, state }) => ({ id, name, state })),
			invitations: (await openInvitations(world, tx)).map(({ invitedAt, calledAt, linkUntil, ...one }) => ({
				...one,
				invitedAt: invitedAt.toISOString(),
				calledAt: calledAt?.toISOString() ?? null,
				linkUntil: linkUntil?.toISOString() ?? null,
			})),
		};
	});
};

export const actions: Actions = {
	invite: async ({ locals, request }) => {
		demand(locals.actor, ..._permission, HERE);
		const form = await request.formData();
		const sent = {
			email: text(form, 'email'),
			name: text(form, 'name'),
			office: text(form, 'office'),
			role: text(form, 'role'),
			city: text(form, 'city'),
			after: text(form, 'after'),
		};
		const role = SEAT_ROLES.find((one) => one === sent.role);
		if (!role) return fail(400, { ...sent, fault: 'invite' as const });
		const { world, actor } = locals;
		return said('invite', sent, () =>
			world.db.as(actor, async (tx) => {
				if (!(await takesOver(sent.after, sent.city, tx))) throw new Invalid('Choose a seat of the same city.');
				await inviteToSeat(
					{
						...sent,
						role,
						memberId: sent.city || null,
						afterSeat: sent.after || null,
						governing: form.get('governing') === 'yes',
						language: form.get('language') === 'es' ? 'es' : 'en',
					},
					actor,
					world,
					tx,
				);
				return { done: 'invited' as const };
			}),
		);
	},
	call: async ({ locals, request }) => {
		demand(locals.actor, ..._permission, HERE);
		const form = await request.formData();
		const { world, actor } = locals;
		const id = text(form, 'id');
		const call = { number: text(form, 'number'), site: text(form, 'site') };
		return said('call', { id, ...call }, () =>
			world.db.as(actor, async (tx) => ({ id, code: await newCode(id, call, actor, world, tx) })),
		);
	},
	send: async ({ locals, request, url }) => {
		demand(locals.actor, ..._permission, HERE);
		const id = text(await request.formData(), 'id');
		const { world, actor } = locals;
		const { email, language, token } = await world.db.as(actor, async (tx) => {
			const one = (await openInvitations(world, tx)).find((open) => open.id === id);
			return { email: one?.email ?? '', language: one?.language ?? 'en', token: await newLink(id, world, tx) };
		});
		const words = {
			subject: 'invitation.mail.subject',
			text: 'invitation.mail',
			note: 'invitation.mail.note',
		} as const;
		const sent = await mailLink({ email, language }, `/invitation/${token}`, words, { world, origin: url.origin });
		if (!sent) return fail(503, { id, fault: 'mail' as const });
		return { done: 'sent' as const };
	},
	/** A seat of the coalition itself, or of somebody without a city. Cities end their own. */
	end: async ({ locals, request }) => {
		demand(locals.actor, ..._permission, HERE);
		const seat = text(await request.formData(), 'seat');
		const { world, actor } = locals;
		await world.db.as(actor, async (tx) => {
			const own = (await seatsOn(dayAt(world.clock.now()), null, tx)).filter(({ city }) => city === null);
			if (!own.some(({ id }) => id === seat)) throw new NotFound('There is no such seat, or it has ended.');
			await endSeat(seat, actor.person ?? actor.role, world, tx);
			await record({ actor, action: 'seat_ended', subject: `seat:${seat}`, owner: null }, world, tx);
		});
		return { done: 'ended' as const };
	},
	withdraw: async ({ locals, request }) => {
		demand(locals.actor, ..._permission, HERE);
		const id = text(await request.formData(), 'id');
		const { world, actor } = locals;
		await world.db.as(actor, (tx) => withdrawInvitation(id, actor, world, tx));
		return { done: 'withdrawn' as const };
	},
};

/** Whether a seat is none, or one that lasts and is of that city; of no city where that is empty. */
async function takesOver(seat: string, memberId: string, tx: Tx): Promise<boolean> {
	if (seat === '') return true;
	return (await memberOfSeat(seat, tx)) === (memberId || null);
}

/** What a form did, or what was sent with the part that was wrong. */
async function said<S extends object, T>(part: 'invite' | 'call', sent: S, work: () => Promise<T>) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof Invalid)) throw error;
		return fail(400, { ...sent, fault: part });
	}
}
