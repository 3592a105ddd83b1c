import { fail } from '@sveltejs/kit';
import type { Act } from '#access/act.ts';
import type { Actor } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { can, demand } from '#access/can.ts';
import { memberOf, publishMembership, takeBack } from '#coalition/members.server.ts';
import { endSeat, openCounsel, seatsOn } from '#coalition/seats.server.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { placeDetails } from '#places/list.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'city'] as const;

/** Longest name and office of who approved. */
const LONGEST = 120;

/** The room of the actor's own city. */
function own(actor: Actor) {
	return { room: 'city', owner: actor.city } as const;
}

export const load: PageServerLoad = async ({ locals }) => {
	demand(locals.actor, ..._permission, own(locals.actor));
	const { world, actor, language } = locals;
	const day = dayAt(world.clock.now());
	const city = actor.city ?? '';
	const [member, seats, [place]] = await world.db.as(
		actor,
		async (tx) =>
			[await memberOf(city, day, tx), await seatsOn(day, city, tx), await placeDetails({ ids: [city] }, tx)] as const,
	);
	if (!member || !place) throw new NotFound(speech(language).say('coalition.desk.none'));
	return {
		member,
		seats,
		place,
		seat: actor.seat ?? null,
		may: {
			publish: can(actor, 'publish', 'member', own(actor)),
			seats: can(actor, 'change', 'seat', own(actor)),
			counsel: actor.role === 'counsel',
		},
	};
};

export const actions: Actions = {
	publish: async ({ locals, request }) => {
		demand(locals.actor, 'publish', 'member', own(locals.actor));
		return approved(locals, request, publishMembership, 'membership_published');
	},
	take_back: async ({ locals, request }) => {
		demand(locals.actor, 'publish', 'member', own(locals.actor));
		return approved(locals, request, takeBack, 'membership_taken_back');
	},
	end: async ({ locals, request }) => {
		demand(locals.actor, 'change', 'seat', own(locals.actor));
		const { world, actor } = locals;
		const seat = String((await request.formData()).get('seat') ?? '');
		if (seat === actor.seat) return fail(409, { fault: 'own' as const });
		await world.db.as(actor, async (tx) => {
			await demandOwn(seat, locals, tx);
			await endSeat(seat, actor.person ?? '', world, tx);
			await record({ actor, action: 'seat_ended', subject: `seat:${seat}`, owner: actor.city }, world, tx);
		});
		return { done: true };
	},
	counsel: async ({ locals, request }) => {
		demand(locals.actor, 'change', 'city', { room: 'counsel', owner: locals.actor.city });
		const { world, actor } = locals;
		const form = await request.formData();
		const seat = String(form.get('seat') ?? '');
		const open = form.get('open') === 'yes';
		await world.db.as(actor, async (tx) => {
			await demandOwn(seat, locals, tx);
			await openCounsel(seat, open, tx);
			const action = open ? 'counsel_opened' : 'counsel_closed';
			await record({ actor, action, subject: `seat:${seat}`, owner: actor.city }, world, tx);
		});
		return { done: true };
	},
};

type Tx = Parameters<Parameters<App.Locals['world']['db']['as']>[1]>[0];

/** A seat of another city, and one that never was, are the same. */
async function demandOwn(seat: string, { world, actor, language }: App.Locals, tx: Tx): Promise<void> {
	const seats = await seatsOn(dayAt(world.clock.now()), actor.city ?? '', tx);
	if (!seats.some(({ id }) => id === seat)) throw new NotFound(speech(language).say('coalition.desk.none'));
}

async function approved({ world, actor }: App.Locals, request: Request, verb: typeof publishMembership, action: Act) {
	const form = await request.formData();
	const text = (name: string) =>
		String(form.get(name) ?? '')
			.trim()
			.slice(0, LONGEST);
	const [approver, office] = [text('approver'), text('office')];
	if (approver === '' || office === '' || form.get('sure') !== 'yes')
		return fail(400, { fault: 'missing' as const, approver, office });
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
