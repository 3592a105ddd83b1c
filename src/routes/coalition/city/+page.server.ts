import { fail, redirect } from '@sveltejs/kit';
import type { Act } from '#access/act.ts';
import { record } from '#access/audit.server.ts';
import { can, demand, ownCity } from '#access/can.ts';
import { handOvers, ownSeat, withdrawHandOver } from '#coalition/handover.server.ts';
import { leaveCoalition, memberOf, publishMembership, takeBack } from '#coalition/members.server.ts';
import { endSeat, openCounsel, seatsOn } from '#coalition/seats.server.ts';
import { secondContact } from '#coalition/second-contact.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { placeDetails } from '#places/list.server.ts';
import { text } from '../../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'city'] as const;

/** Longest name and office of who approved. */
const LONGEST = 120;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission, ownCity(locals.actor));
	const { world, actor, language } = locals;
	const day = dayAt(world.clock.now());
	const city = actor.city ?? '';
	const [member, seats, [place], contact] = await world.db.as(
		actor,
		async (tx) =>
			[
				await memberOf(city, day, tx),
				await seatsOn(day, city, tx),
				await placeDetails({ ids: [city] }, tx),
				await secondContact(city, tx),
			] as const,
	);
	if (!member || !place) throw new NotFound(speech(language).say('coalition.desk.none'));
	const named = new Map(
		(await handOvers(seats, world)).map(({ askedAt, ...one }) => [one.seat, { ...one, day: dayAt(askedAt) }]),
	);
	return {
		member,
		seats: seats.map((seat) => ({ ...seat, next: named.get(seat.id) ?? null })),
		place,
		contact,
		named: (['contact', 'named'] as const).find((name) => url.searchParams.has(name)) ?? null,
		seat: actor.seat ?? null,
		joined: member.membership === 'member' || member.membership === 'observer',
		may: {
			publish: can(actor, 'publish', 'member', ownCity(actor)),
			seats: can(actor, 'change', 'seat', ownCity(actor)),
			counsel: actor.role === 'counsel',
		},
	};
};

export const actions: Actions = {
	publish: async ({ locals, request }) => {
		demand(locals.actor, 'publish', 'member', ownCity(locals.actor));
		return approved('publish', locals, request, publishMembership, 'membership_published');
	},
	take_back: async ({ locals, request }) => {
		demand(locals.actor, 'publish', 'member', ownCity(locals.actor));
		return approved('publish', locals, request, takeBack, 'membership_taken_back');
	},
	leave: async ({ locals, request }) => {
		demand(locals.actor, 'publish', 'member', ownCity(locals.actor));
		return approved('leave', locals, request, leaveCoalition, 'coalition_left');
	},
	end: async ({ locals, request }) => {
		demand(locals.actor, 'change', 'seat', ownCity(locals.actor));
		const { world, actor, language } = locals;
		const form = await request.formData();
		const seat = text(form, 'seat');
		const leaves = seat === actor.seat;
		if (leaves && form.get('sure') !== 'yes') return fail(409, { seat, fault: 'own' as const });
		await world.db.as(actor, async (tx) => {
			await ownSeat(seat, actor, world, tx);
			await endSeat(seat, actor.person ?? '', world, tx);
			await record({ actor, action: 'seat_ended', subject: `seat:${seat}`, owner: actor.city }, world, tx);
		});
		if (leaves) redirect(303, addressIn(language, '/account'));
		return { done: true };
	},
	hand_over_back: async ({ locals, request }) => {
		demand(locals.actor, 'change', 'seat', ownCity(locals.actor));
		await withdrawHandOver(text(await request.formData(), 'seat'), locals.actor, locals.world);
		return { done: true };
	},
	counsel: async ({ locals, request }) => {
		demand(locals.actor, 'change', 'city', { room: 'counsel', owner: locals.actor.city });
		const { world, actor } = locals;
		const form = await request.formData();
		const seat = text(form, 'seat');
		const open = form.get('open') === 'yes';
		await world.db.as(actor, async (tx) => {
			await ownSeat(seat, actor, world, tx);
			await openCounsel(seat, open, tx);
			const action = open ? 'counsel_opened' : 'counsel_closed';
			await record({ actor, action, subject: `seat:${seat}`, owner: actor.city }, world, tx);
		});
		return { done: true };
	},
};

/** What the city says of itself, with the name of who approved it. */
async function approved(
	part: 'publish' | 'leave',
	{ world, actor }: App.Locals,
	request: Request,
	verb: typeof publishMembership,
	action: Act,
) {
	const form = await request.formData();
	const said = (name: string) => text(form, name).trim().slice(0, LONGEST);
	const [approver, office] = [said('approver'), said('office')];
	if (approver === '' || office === '' || form.get('sure') !== 'yes')
		return fail(400, { part, fault: 'missing' as const, approver, office });
	const day = dayAt(world.clock.now());
	await world.db.as(actor, async (tx) => {
		const member = await memberOf(actor.city ?? '', day, tx);
		if (!member) throw new NotFound();
		await verb(member.id, { day, approver, office }, actor.person ?? '', world, tx);
		const done = { actor, action, subject: `member:${member.id}`, owner: actor.city, personal: { approver } };
		await record(done, world, tx);
	});
	return { done: true };
}
