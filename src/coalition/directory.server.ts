import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { isUuid } from '#kernel/uuid.ts';
import { placeDetails } from '#places/list.server.ts';
import type { Tx } from '#platform/world.ts';
import { type Member, membersOn } from './members.server.ts';
import type { Seat } from './seat.ts';
import { seatsOn } from './seats.server.ts';

/** A city of the directory: what the reader may know of it. */
export interface City extends Member {
	readonly name: string;
	/** Name of its state. */
	readonly state: string;
	/** End of its address: `ny/place/new-york-city`. */
	readonly path: string;
	readonly seats: readonly Seat[];
}

/**
 * Cities of the coalition that the reader may know of, by name; those that left are not among them. `known`: the seats of that
 * day, where they were read already.
 */
export async function directory(day: Day, tx: Tx, known?: readonly Seat[]): Promise<readonly City[]> {
	const members = (await membersOn(day, tx)).filter(({ membership }) => membership !== 'withdrew');
	const places = new Map(
		(await placeDetails({ ids: members.map(({ city }) => city) }, tx)).map((place) => [place.id, place]),
	);
	const seats = known ?? (await seatsOn(day, null, tx));
	const cities = members.flatMap((member): City[] => {
		const place = places.get(member.city);
		if (!place) return [];
		const { name, state, path } = place;
		return [{ ...member, name, state, path, seats: seats.filter(({ city }) => city === member.city) }];
	});
	return cities.sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.path < b.path ? -1 : 1));
}

/** Those seats of many that are of the coalition itself. */
export function staff(seats: readonly Seat[]): readonly Seat[] {
	return seats.filter(({ role }) => role === 'steward' || role === 'editor');
}

/** A seat that may be written to, with the name of its city; null where there is none, or nobody sits in it. */
export async function seatToWrite(
	id: string,
	day: Day,
	tx: Tx,
): Promise<{ readonly office: string; readonly city: string | null } | null> {
	if (!isUuid(id)) return null;
	const { rows } = await sql<{ office: string; city: string | null }>`
		select s.office, p.name as city from coalition_seat s left join place p on p.id = s.owner_city
		where s.id = ${id} and s.person is not null and s.ended_at is null and s.from_day <= ${day}
			and (s.until_day is null or s.until_day >= ${day})`.execute(tx);
	return rows[0] ?? null;
}
