import { sql } from 'kysely';
import { ACCESS, type Actor, type SeatRole, VISITOR } from '#access/actor.ts';
import { keyOf } from '#access/key.server.ts';
import { sessionOf } from '#access/session.server.ts';
import type { Session } from '#access/session.ts';
import { type Day, dayAt } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import { type DatedFact, type Membership, membershipOn } from './member.ts';
import { REAL_DATA } from './real.server.ts';

/** Who is behind a request. */
export interface Behind {
	readonly session: Session | null;
	/** `VISITOR` unless both factors were shown. */
	readonly actor: Actor;
	/** Seats that the person may choose between. */
	readonly seats: readonly HeldSeat[];
}
export const NOBODY: Behind = { session: null, actor: VISITOR, seats: [] };

/** A seat that a person may act under today. */
export interface HeldSeat {
	readonly id: string;
	readonly role: SeatRole;
	readonly office: string;
	/** OCD id of the city; null for none. */
	readonly city: string | null;
	/** Name of that place; null for none. */
	readonly cityName: string | null;
	readonly counsel: boolean;
	/** Whether its city is no member today. */
	readonly outside: boolean;
	/** Whether it is of the sample coalition. */
	readonly sample: boolean;
}

/**
 * Who comes with a cookie. A seat that ended opens nothing from the next request on; somebody with one seat acts under it,
 * whoever has more chooses.
 */
export async function behind(token: string, world: Pick<World, 'db' | 'clock'>): Promise<Behind> {
	const day = dayAt(world.clock.now());
	return world.db.as(ACCESS, async (tx) => {
		const session = await sessionOf(token, world, tx);
		if (!session?.second) return { ...NOBODY, session };
		const seats = await seatsHeld(session.person, day, tx);
		if (session.sample && seats.length === 0) return NOBODY;
		const [only, another] = seats;
		const chosen = session.seat === null && !another ? only : seats.find(({ id }) => id === session.seat);
		const actor = chosen ? await actingAs(session.person, chosen, day, tx) : { ...VISITOR, person: session.person };
		return { session: { ...session, seat: chosen?.id ?? null }, actor, seats };
	});
}

/**
 * For whom a program acts that comes with a key; null where that opens nothing: made up, expired, revoked, or its seat ended. It
 * has the counsel room only where the key was made so, and no joint matter.
 */
export async function behindKey(key: string, world: Pick<World, 'db' | 'clock'>): Promise<Behind | null> {
	const day = dayAt(world.clock.now());
	return world.db.as(ACCESS, async (tx) => {
		const found = await keyOf(key, world, tx);
		const seat = found && (await seatsHeld(found.person, day, tx)).find(({ id }) => id === found.seat);
		if (!found || !seat) return null;
		const { person, opens } = found;
		const held = { ...seat, counsel: seat.counsel && found.counsel };
		return { session: null, actor: { ...actorOf(person, held, []), program: opens }, seats: [held] };
	});
}

/** What a city is that sits at the table of the members. */
const JOINED: readonly Membership[] = ['member', 'observer'];

/** Seats that a person holds on a day, those of the coalition first; of the sample none once anything real is there. `tx` acts as `ACCESS`. */
export async function seatsHeld(person: string, day: Day, tx: Tx): Promise<HeldSeat[]> {
	const rows = await tx
		.selectFrom('coalition_seat as s')
		.leftJoin('place as p', 'p.id', 's.owner_city')
		.select(['s.id', 's.role', 's.office', 's.owner_city', 's.in_counsel', 's.sample', 'p.name'])
		.select(
			sql<readonly DatedFact[]>`coalesce((select jsonb_agg(jsonb_build_object('kind', f.kind, 'day', f.day))
				from coalition_fact f where f.member_id = s.member_id and f.withdrawn_at is null), '[]')`.as('facts'),
		)
		.where('s.person', '=', person)
		.where('s.ended_at', 'is', null)
		.where((e) =>
			e.or([
				e('s.sample', '=', false),
				sql<boolean>`not ${REAL_DATA} and not exists (select from coalition_seat real where not real.sample)`,
			]),
		)
		.where('s.from_day', '<=', day)
		.where((e) => e.or([e('s.until_day', 'is', null), e('s.until_day', '>=', day)]))
		.orderBy((e) => e('s.owner_city', 'is not', null))
		.orderBy('s.added_at')
		.orderBy('s.id')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		role: row.role as SeatRole,
		office: row.office,
		city: row.owner_city,
		cityName: row.name,
		counsel: row.role === 'counsel' || row.in_counsel,
		outside: row.owner_city !== null && !JOINED.includes(membershipOn(day, row.facts)),
		sample: row.sample,
	}));
}

/** Who acts under a seat, with the joint matters that it is of on a day. `tx` acts as `ACCESS`. */
export async function actingAs(person: string, seat: HeldSeat, day: Day, tx: Tx): Promise<Actor> {
	const matters = await tx
		.selectFrom('coalition_party')
		.select('owner_city')
		.where('seat_id', '=', seat.id)
		.where('from_day', '<=', day)
		.where((e) => e.or([e('until_day', 'is', null), e('until_day', '>=', day)]))
		.execute();
	return actorOf(
		person,
		seat,
		matters.map(({ owner_city }) => owner_city),
	);
}

function actorOf(person: string, seat: HeldSeat, matters: readonly string[]): Actor {
	return {
		role: seat.role,
		city: seat.city,
		person,
		seat: seat.id,
		counsel: seat.counsel,
		...(seat.outside ? { outside: true } : {}),
		matters,
		...(seat.sample ? { sample: true } : {}),
	};
}
