import { sql } from 'kysely';
import { type Actor, SYSTEM } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import type { Tx, World } from '#platform/world.ts';
import { type Invited, inviteToSeat, openInvitations, withdrawInvitation } from './invitation.server.ts';
import { memberOf } from './members.server.ts';
import type { HandOver, Seat } from './seat.ts';
import { seatsOn } from './seats.server.ts';

type Writing = Pick<World, 'db' | 'clock' | 'random'>;

/**
 * Somebody of a city names who takes a seat of it over. Stewards see the invitation, call on a number from the city's public site and
 * send the link; whoever holds the seat keeps it until the other has taken it. `waiting`: somebody was named already.
 * @throws NotFound where it is no seat of the actor's city; Invalid where name or address is missing
 */
export async function askHandOver(
	seatId: string,
	to: Pick<Invited, 'email' | 'name' | 'language'>,
	actor: Actor,
	world: Writing,
): Promise<'asked' | 'waiting'> {
	const day = dayAt(world.clock.now());
	const [seat, member] = await world.db.as(
		actor,
		async (tx) => [await ownSeat(seatId, actor, world, tx), await memberOf(actor.city ?? '', day, tx)] as const,
	);
	if (!member) throw new NotFound('Your city has no entry on the list of the coalition.');
	const { role, office, governing } = seat;
	return world.db.as(SYSTEM, async (tx) => {
		// Two who ask at once name one.
		await sql`select from coalition_seat where id = ${seatId} for update`.execute(tx);
		if ((await openFor([seatId], world, tx)).length > 0) return 'waiting';
		const { email, name, language } = to;
		const invited = { email, name, language, memberId: member.id, role, office, governing, afterSeat: seatId };
		await inviteToSeat(invited, actor, world, tx);
		await record({ actor, action: 'seat_invited', subject: `seat:${seatId}`, owner: actor.city }, world, tx);
		return 'asked';
	});
}

/** Takes back who was named for a seat of the actor's city. @throws NotFound where nobody is, or it is another city's */
export async function withdrawHandOver(seatId: string, actor: Actor, world: Writing): Promise<void> {
	await world.db.as(actor, (tx) => ownSeat(seatId, actor, world, tx));
	await world.db.as(SYSTEM, async (tx) => {
		const [open] = await openFor([seatId], world, tx);
		if (!open) throw new NotFound('Nobody is named for this seat any more.');
		await withdrawInvitation(open.id, actor, world, tx);
		await record({ actor, action: 'invitation_withdrawn', subject: `seat:${seatId}`, owner: actor.city }, world, tx);
	});
}

/** Seats among these that wait for whoever takes them over. Of the address nothing is told. */
export async function handOvers(
	seats: readonly Seat[],
	world: Pick<World, 'db' | 'clock'>,
): Promise<readonly HandOver[]> {
	return world.db.as(SYSTEM, async (tx) => {
		const open = await openFor(
			seats.map(({ id }) => id),
			world,
			tx,
		);
		return open.map(({ afterSeat, name, invitedAt, calledAt, answered }) => ({
			seat: afterSeat ?? '',
			name,
			askedAt: invitedAt,
			called: calledAt !== null,
			answered,
		}));
	});
}

async function openFor(seats: readonly string[], world: Pick<World, 'clock'>, tx: Tx) {
	return (await openInvitations(world, tx)).filter(({ afterSeat }) => afterSeat && seats.includes(afterSeat));
}

/** A seat of another city, and one that never was, are the same. `tx` acts for the city. */
export async function ownSeat(id: string, actor: Actor, { clock }: Pick<World, 'clock'>, tx: Tx): Promise<Seat> {
	const seat = (await seatsOn(dayAt(clock.now()), actor.city ?? '', tx)).find((one) => one.id === id);
	if (!seat) throw new NotFound('Your city has no such seat, or it has ended.');
	return seat;
}
