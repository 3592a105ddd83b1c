import { randomUUID } from 'node:crypto';
import { ACCESS, type Actor, type SeatRole, SYSTEM } from '#access/actor.ts';
import { beginSession, sessionOf, useSeat } from '#access/session.server.ts';
import { actingAs, seatsHeld } from '#coalition/acting.server.ts';
import type { MemberFact } from '#coalition/member.ts';
import { dayAt } from '#kernel/day.ts';
import type { World } from '#platform/world.ts';

export interface Wanted {
	readonly role: SeatRole | 'visitor';
	/** OCD id of a place in the database; needed for the roles of a city. */
	readonly placeId?: string;
	readonly counsel?: boolean;
	/** Matters that the seat is of, `matter:` and an id each; made where there are none. */
	readonly matters?: readonly string[];
	/** What the city is, where it is not on the list yet; a member by itself. */
	readonly standing?: MemberFact;
}

export interface SignedIn {
	/** What the `cookie` header says. */
	readonly cookie: string;
	readonly person: string;
	/** null for somebody without a seat. */
	readonly seat: string | null;
	readonly actor: Actor;
}

/** Somebody who showed both factors and acts under a seat, written straight into the database. */
export async function signedIn(world: Pick<World, 'db' | 'clock' | 'random'>, wanted: Wanted): Promise<SignedIn> {
	const now = world.clock.now();
	const day = dayAt(now);
	const person = randomUUID();
	const seat = wanted.role === 'visitor' ? null : randomUUID();
	if (wanted.role !== 'visitor') await seated(world, wanted, person, seat as string, wanted.role);
	return world.db.as(ACCESS, async (tx) => {
		await tx
			.insertInto('access_user')
			.values({
				id: person,
				name: `Person of ${wanted.role}`,
				email: `${person}@example.org`,
				created_at: now,
				updated_at: now,
			})
			.execute();
		const token = await beginSession(person, true, world, tx);
		const session = await sessionOf(token, world, tx);
		if (session && seat) await useSeat(session.id, seat, tx);
		const held = (await seatsHeld(person, day, tx))[0];
		const actor: Actor = held ? await actingAs(person, held, day, tx) : { role: 'visitor', city: null, person };
		return { cookie: `compact=${token}`, person, seat, actor };
	});
}

async function seated(
	{ db, clock }: Pick<World, 'db' | 'clock'>,
	{ placeId, counsel = false, matters = [], standing = 'member' }: Wanted,
	person: string,
	seat: string,
	role: SeatRole,
): Promise<void> {
	const now = clock.now();
	const ofCity = role === 'member' || role === 'counsel' || role === 'observer';
	if (ofCity && !placeId) throw new Error(`A ${role} needs a place.`);
	const city = ofCity ? (placeId as string) : null;
	await db.as(SYSTEM, async (tx) => {
		let member: string | null = null;
		if (city !== null) {
			const known = await tx
				.selectFrom('coalition_member')
				.select('id')
				.where('place_id', '=', city)
				.executeTakeFirst();
			member = known?.id ?? randomUUID();
			if (!known) {
				await tx
					.insertInto('coalition_member')
					.values({
						...{ id: member, place_id: city, owner_city: city, added_at: now, added_by: 'test' },
						approaching: !['member', 'observer', 'withdrew'].includes(standing),
					})
					.execute();
				const fact = { id: randomUUID(), kind: standing, day: dayAt(now), author: 'test', at: now };
				await tx
					.insertInto('coalition_fact')
					.values({ ...fact, member_id: member, owner_city: city })
					.execute();
			}
		}
		await tx
			.insertInto('coalition_seat')
			.values({
				id: seat,
				member_id: member,
				owner_city: city,
				person,
				role,
				name: `Person of ${role}`,
				office: 'Office of tests',
				in_counsel: counsel,
				from_day: dayAt(now),
				added_at: now,
				added_by: 'test',
			})
			.execute();
	});
	for (const matter of matters) {
		await db.as({ role: 'counsel', city, matters: [matter] }, async (tx) => {
			const id = matter.replace('matter:', '');
			await tx
				.insertInto('coalition_matter')
				.values({ id, owner_city: matter, name: 'Matter of tests', agreement: 'None', expires: '2099-01-01', at: now })
				.onConflict((on) => on.doNothing())
				.execute();
			await tx
				.insertInto('coalition_party')
				.values({ matter_id: id, seat_id: seat, owner_city: matter, from_day: dayAt(now) })
				.execute();
		});
	}
}
