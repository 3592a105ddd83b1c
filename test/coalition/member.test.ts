import { sql } from 'kysely';
import { describe, expect, test as it } from 'vitest';
import { type Actor, SYSTEM, VISITOR } from '#access/actor.ts';
import { type DatedFact, membershipOn } from '#coalition/member.ts';
import {
	addMember,
	addMemberFact,
	memberOf,
	membersOn,
	publishMembership,
	takeBack,
} from '#coalition/members.server.ts';
import { endSeat, openCounsel, seatPerson, seatsOn, stewards } from '#coalition/seats.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { testDatabase } from '../database.ts';

const { world } = await testDatabase();
const DAY = '2026-07-01' as Day;
const HERE = 'ocd-division/country:us/state:tx/place:huntsville';
const THERE = 'ocd-division/country:us/state:ny/place:new_york_city';
const STEWARD: Actor = { role: 'steward', city: null };
const CITY: Actor = { role: 'member', city: HERE };
const OTHER: Actor = { role: 'member', city: THERE };

const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => world.db.as(actor, work);

it.each<[string, [DatedFact['kind'], string][], string]>([
	['nothing', [], 'none'],
	['one that asked', [['interested', '2026-01-01']], 'approaching'],
	[
		'a member',
		[
			['interested', '2026-01-01'],
			['member', '2026-03-01'],
		],
		'member',
	],
	[
		'one that asked and joined on one day',
		[
			['member', '2026-03-01'],
			['interested', '2026-03-01'],
		],
		'member',
	],
	[
		'one that left',
		[
			['member', '2026-01-01'],
			['withdrew', '2026-06-01'],
		],
		'withdrew',
	],
	[
		'one that came back',
		[
			['withdrew', '2026-02-01'],
			['member', '2026-06-30'],
		],
		'member',
	],
	[
		'one that will join',
		[
			['verified', '2026-01-01'],
			['member', '2026-07-02'],
		],
		'approaching',
	],
])('%s stands so', (_, facts, standing) => {
	const dated = facts.map(([kind, day]) => ({ kind, day: day as Day }));
	expect(membershipOn(DAY, dated)).toBe(standing);
});

describe('a member', () => {
	it('is hidden until its city publishes it, and hidden again when the city takes that back', async () => {
		const seen = async (actor: Actor) =>
			(await as(actor, (tx) => membersOn(DAY, tx))).map(({ city, since }) => [city, since]);
		const id = await as(STEWARD, (tx) => addMember(HERE, 'steward', world, tx));
		const fact = (kind: DatedFact['kind'], day: string) =>
			as(STEWARD, (tx) => addMemberFact(id, { kind, day: day as Day, note: null }, 'steward', world, tx));
		await fact('interested', '2025-11-01');
		await expect(
			as(CITY, (tx) => publishMembership(id, { day: DAY, approver: 'A. Clerk', office: 'Mayor' }, 'clerk', world, tx)),
		).rejects.toThrow('Only a member');
		await fact('member', '2026-02-01');
		expect([await seen(VISITOR), await seen(OTHER), await seen(STEWARD)]).toEqual([
			[],
			[[HERE, '2026-02-01']],
			[[HERE, '2026-02-01']],
		]);
		await expect(
			as(CITY, (tx) => publishMembership(id, { day: DAY, approver: ' ', office: 'Mayor' }, 'clerk', world, tx)),
		).rejects.toThrow('who approved');
		const approval = { day: DAY, approver: 'A. Clerk', office: 'Mayor' };
		await expect(as(OTHER, (tx) => publishMembership(id, approval, 'x', world, tx))).rejects.toThrow(/row-level/);
		await as(CITY, (tx) => publishMembership(id, approval, 'clerk', world, tx));
		const open = await as(VISITOR, (tx) => memberOf(HERE, DAY, tx));
		expect(open).toMatchObject({ published: { approver: 'A. Clerk' }, membership: 'member', since: '2026-02-01' });
		// How it came to the coalition is nobody's business.
		expect(open?.facts.map(({ kind }) => kind)).toEqual(['member']);
		await as(CITY, (tx) => takeBack(id, approval, 'clerk', world, tx));
		expect(await seen(VISITOR)).toEqual([]);
	});

	it('is put on the list once, and takes no fact of a day to come', async () => {
		const [one, two] = [
			await as(STEWARD, (tx) => addMember(THERE, 'steward', world, tx)),
			await as(STEWARD, (tx) => addMember(THERE, 'steward', world, tx)),
		];
		expect(two).toBe(one);
		await expect(
			as(STEWARD, (tx) => addMemberFact(one, { kind: 'member', day: '2027-01-01' as Day, note: null }, 's', world, tx)),
		).rejects.toThrow('still to come');
	});
});

describe('a seat', () => {
	const seating = (role: 'member' | 'counsel' | 'steward', memberId: string | null, person: string) => ({
		person,
		role,
		memberId,
		name: `Name of ${person}`,
		office: 'Office',
		governing: false,
		from: DAY,
	});

	it('ends at once, and its record stays with the city', async () => {
		const member = (await as(STEWARD, (tx) => memberOf(HERE, DAY, tx)))?.id ?? '';
		const first = await as(STEWARD, (tx) => seatPerson(seating('member', member, 'p1'), 's', world, tx));
		const next = await as(CITY, (tx) =>
			seatPerson({ ...seating('member', member, 'p2'), name: 'Second', after: first }, 'p1', world, tx),
		);
		await as(CITY, (tx) => endSeat(first, 'p1', world, tx));
		const seats = await as(OTHER, (tx) => seatsOn(DAY, HERE, tx));
		expect(seats.map(({ id, name, office }) => [id, name, office])).toEqual([[next, 'Second', 'Office']]);
		expect(await as(VISITOR, (tx) => seatsOn(DAY, HERE, tx))).toEqual([]);
		const kept = await as(CITY, (tx) => sql`select from coalition_seat where owner_city = ${HERE}`.execute(tx));
		expect(kept.rows.length).toBe(2);
		await expect(as(OTHER, (tx) => endSeat(next, 'x', world, tx))).rejects.toThrow('no such seat');
	});

	it('of a client enters the counsel room when counsel says so', async () => {
		const [seat] = await as(CITY, (tx) => seatsOn(DAY, HERE, tx));
		await as({ role: 'counsel', city: HERE, counsel: true }, (tx) => openCounsel(seat?.id ?? '', true, tx));
		expect((await as(CITY, (tx) => seatsOn(DAY, HERE, tx)))[0]?.inCounsel).toBe(true);
	});

	it('of the last steward stays until there is another', async () => {
		const only = await as(SYSTEM, (tx) => seatPerson(seating('steward', null, 's1'), 'operator', world, tx));
		await expect(as(STEWARD, (tx) => endSeat(only, 's1', world, tx))).rejects.toThrow('Seat another steward first');
		await as(STEWARD, (tx) => seatPerson(seating('steward', null, 's2'), 's1', world, tx));
		expect(await as(STEWARD, (tx) => stewards(DAY, tx))).toBe(2);
		await as(STEWARD, (tx) => endSeat(only, 's2', world, tx));
		expect(await as(STEWARD, (tx) => stewards(DAY, tx))).toBe(1);
	});

	it.each([
		['a member without a city', { role: 'member' as const, memberId: null }, 'which city'],
		['a steward of a city', { role: 'steward' as const, memberId: 'x' }, 'of no city'],
		['no office', { role: 'steward' as const, memberId: null, office: ' ' }, 'office'],
		['no name', { role: 'steward' as const, memberId: null, name: ' ' }, 'name'],
	])('is refused to %s', async (_, wrong, told) => {
		const seating = { person: 'p', name: 'N', office: 'O', governing: false, from: DAY, ...wrong };
		await expect(as(STEWARD, (tx) => seatPerson(seating, 's', world, tx))).rejects.toThrow(told);
	});
});
