import { sql } from 'kysely';
import type { SeatRole } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { dayAt } from '#kernel/day.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { isUuid } from '#kernel/uuid.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Seat } from './seat.ts';

type Writing = Pick<World, 'clock' | 'random'>;

/** Who is to be seated. */
export interface Seating {
	/** Account of the person; null in the sample. */
	readonly person: string | null;
	readonly role: SeatRole;
	/** Of the city on the list; null for stewards, editors and advocates. */
	readonly memberId: string | null;
	readonly name: string | null;
	readonly office: string;
	readonly governing: boolean;
	readonly from: Day;
	/** The seat that is handed over with this one. */
	readonly after?: string;
}

/** Longest name and office that a directory shows. */
const LONGEST = 120;

/**
 * Gives a person a seat; a person may hold several, of the same city too. `tx` acts for the coalition or for the city.
 * @throws Invalid where name or office is missing, or a public official goes by an alias
 */
export async function seatPerson(seating: Seating, by: string, world: Writing, tx: Tx): Promise<string> {
	const { role, memberId, governing, from, person } = seating;
	const office = seating.office.trim().slice(0, LONGEST);
	const name = seating.name?.trim().slice(0, LONGEST) || null;
	if (office === '') throw new Invalid('Write the office that the seat is of.');
	if (person !== null && name === null) throw new Invalid('Write the name that the directory shows.');
	const ofCity = role === 'member' || role === 'counsel' || role === 'observer';
	if (ofCity !== (memberId !== null))
		throw new Invalid(ofCity ? 'Say which city the seat is of.' : 'Such a seat is of no city.');
	const city = memberId === null ? null : await cityOf(memberId, tx);
	const id = world.random.uuid();
	await sql`
		insert into coalition_seat (id, member_id, owner_city, person, role, name, office, governing, from_day, after_seat,
			added_at, added_by)
		values (${id}, ${memberId}, ${city}, ${person}, ${role}, ${name}, ${office}, ${governing}, ${from},
			${seating.after ?? null}, ${world.clock.now()}, ${by})`.execute(tx);
	return id;
}

/**
 * Ends a seat at once: whoever held it is out with the next request. The record stays with the city. The last steward stays
 * until there is another.
 */
export async function endSeat(id: string, by: string, world: Writing, tx: Tx): Promise<void> {
	const now = world.clock.now();
	const { rows } = await sql<{ role: SeatRole; sample: boolean }>`
		select role, sample from coalition_seat where id = ${id} and ended_at is null for update`.execute(tx);
	if (!rows[0]) throw new NotFound('There is no such seat, or it has ended.');
	if (rows[0].role === 'steward' && (await stewards(dayAt(now), tx, rows[0].sample)) <= 1)
		throw new Conflict('The last steward cannot leave. Seat another steward first.');
	const ended = await sql`
		update coalition_seat set ended_at = ${now}, ended_by = ${by}, until_day = greatest(from_day, ${dayAt(now)}::date)
		where id = ${id} and ended_at is null`.execute(tx);
	if (ended.numAffectedRows === 0n) throw new NotFound('There is no such seat, or it has ended.');
}

/** Counsel lets a client of the city into its counsel room, or out of it again. `tx` acts for the city. */
export async function openCounsel(id: string, open: boolean, tx: Tx): Promise<void> {
	const changed = await sql`
		update coalition_seat set in_counsel = ${open} where id = ${id} and ended_at is null and role = 'member'`.execute(
		tx,
	);
	if (changed.numAffectedRows === 0n) throw new NotFound('There is no such seat of a client, or it has ended.');
}

/** Seats that last on a day, by city and office; `city`: of one alone, null for all that the reader may see. */
export async function seatsOn(day: Day, city: string | null, tx: Tx): Promise<readonly Seat[]> {
	const { rows } = await sql<Seat>`
		select id, owner_city as city, role, name, office, governing, in_counsel as "inCounsel", from_day as "from",
			until_day as until, person is not null as held
		from coalition_seat
		where ended_at is null and from_day <= ${day} and (until_day is null or until_day >= ${day})
			and ${city === null ? sql`true` : sql`owner_city = ${city}`}
		order by owner_city nulls first, office collate "und-x-icu", name collate "und-x-icu", id`.execute(tx);
	return rows;
}

/** Whether a seat has not ended. `tx` acts for the coalition or for the city. */
export async function seatLasts(id: string, tx: Tx): Promise<boolean> {
	const { rows } = await sql`select from coalition_seat where id = ${id} and ended_at is null for update`.execute(tx);
	return rows.length > 0;
}

/** The member that a seat which has not ended is of; null for none, undefined where there is no such seat. */
export async function memberOfSeat(id: string, tx: Tx): Promise<string | null | undefined> {
	if (!isUuid(id)) return undefined;
	const { rows } = await sql<{ member: string | null }>`
		select member_id as member from coalition_seat where id = ${id} and ended_at is null`.execute(tx);
	return rows[0]?.member;
}

/** How many stewards are seated on a day, or how many the sample has. */
export async function stewards(day: Day, tx: Tx, sample = false): Promise<number> {
	const { rows } = await sql<{ count: number }>`
		select count(distinct coalesce(person, id::text))::integer as count from coalition_seat
		where role = 'steward' and sample = ${sample} and ended_at is null and from_day <= ${day} and (until_day is null or until_day >= ${day})`.execute(
		tx,
	);
	return rows[0]?.count ?? 0;
}

async function cityOf(memberId: string, tx: Tx): Promise<string> {
	const { rows } = await sql<{ place_id: string }>`
		select place_id from coalition_member where id = ${memberId}`.execute(tx);
	if (!rows[0]) throw new NotFound('There is no such city on the list.');
	return rows[0].place_id;
}
