import { describe, expect, it } from 'vitest';
import { type Actor, OPERATOR, SYSTEM } from '#access/actor.ts';
import { behind } from '#coalition/acting.server.ts';
import { directory } from '#coalition/directory.server.ts';
import { askHandOver, handOvers, withdrawHandOver } from '#coalition/handover.server.ts';
import { openInvitations } from '#coalition/invitation.server.ts';
import {
	addMember,
	addMemberFact,
	leaveCoalition,
	memberOf,
	publishMembership,
	withdrawMemberFact,
} from '#coalition/members.server.ts';
import { seatsOn } from '#coalition/seats.server.ts';
import { dayAt } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { signedIn } from '../access/signed-in.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { world } = here;
const HERE = 'ocd-division/country:us/state:tx/place:huntsville';
const THERE = 'ocd-division/country:us/state:ny/place:new_york_city';
const DAY = dayAt(here.now);
const STEWARD: Actor = { role: 'steward', city: null, person: 's' };
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => world.db.as(actor, work);

const clerk = await signedIn(world, { role: 'member', placeId: HERE });
const other = await signedIn(world, { role: 'member', placeId: THERE });
const NEXT = { email: 'next@example.org', name: 'Next', language: 'en' } as const;

async function seats(city: string) {
	return as(SYSTEM, (tx) => seatsOn(DAY, city, tx));
}

async function actorNow(cookie: string): Promise<Actor> {
	return (await behind(cookie.replace('compact=', ''), world)).actor;
}

describe('a seat that is handed over', () => {
	it('waits for one person, whom stewards are to call', async () => {
		expect(await askHandOver(clerk.seat ?? '', NEXT, clerk.actor, world)).toBe('asked');
		expect(await askHandOver(clerk.seat ?? '', { ...NEXT, name: 'Another' }, clerk.actor, world)).toBe('waiting');
		expect(await handOvers(await seats(HERE), world)).toMatchObject([
			{ seat: clerk.seat, name: 'Next', called: false, answered: false },
		]);
		const [open] = await as(STEWARD, (tx) => openInvitations(world, tx));
		expect(open).toMatchObject({ afterSeat: clerk.seat, role: 'member', office: 'Office of tests', email: NEXT.email });
		expect(await handOvers(await seats(THERE), world)).toEqual([]);
	});

	it('is taken back by the city alone, and then can be asked anew', async () => {
		await expect(withdrawHandOver(clerk.seat ?? '', other.actor, world)).rejects.toThrow('no such seat');
		await withdrawHandOver(clerk.seat ?? '', clerk.actor, world);
		await expect(withdrawHandOver(clerk.seat ?? '', clerk.actor, world)).rejects.toThrow('any more');
		expect(await handOvers(await seats(HERE), world)).toEqual([]);
		expect(await askHandOver(clerk.seat ?? '', NEXT, clerk.actor, world)).toBe('asked');
	});

	it.each([
		['of another city', other.seat ?? '', NEXT, 'no such seat'],
		['that never was', 'none', NEXT, 'no such seat'],
		['to no mail address', clerk.seat ?? '', { ...NEXT, email: 'next' }, 'mail address'],
		['to nobody', clerk.seat ?? '', { ...NEXT, name: ' ' }, 'name'],
	])('is not one %s', async (_, seat, to, told) => {
		await withdrawHandOver(clerk.seat ?? '', clerk.actor, world).catch(() => {});
		await expect(askHandOver(seat, to, clerk.actor, world)).rejects.toThrow(told);
	});
});

describe('a city that is no member', () => {
	it('sees itself and nobody else, before it is one and after it left', async () => {
		const seen = async () =>
			(await as(await actorNow(clerk.cookie), (tx) => directory(DAY, tx))).map(({ city }) => city);
		const member = (await as(SYSTEM, (tx) => memberOf(HERE, DAY, tx)))?.id ?? '';
		expect((await seen()).toSorted()).toEqual([HERE, THERE].toSorted());
		const [fact] = (await as(SYSTEM, (tx) => memberOf(HERE, DAY, tx)))?.facts ?? [];
		await as(STEWARD, (tx) =>
			withdrawMemberFact({ memberId: member, factId: fact?.id ?? '', reason: 'Another city' }, 's', world, tx),
		);
		await as(STEWARD, (tx) => addMemberFact(member, { kind: 'interested', day: DAY, note: null }, 's', world, tx));
		expect(await seen()).toEqual([HERE]);
		expect(await as(other.actor, (tx) => memberOf(HERE, DAY, tx)), 'to a member').toBeNull();
		await as(STEWARD, (tx) => addMemberFact(member, { kind: 'member', day: DAY, note: null }, 's', world, tx));
		expect((await seen()).toSorted()).toEqual([HERE, THERE].toSorted());
	});

	it('leaves by its own word, which also takes back what it published', async () => {
		const approval = { day: DAY, approver: 'A. Mayor', office: 'Mayor' };
		const member = (await as(SYSTEM, (tx) => memberOf(HERE, DAY, tx)))?.id ?? '';
		await as(clerk.actor, (tx) => publishMembership(member, approval, 'clerk', world, tx));
		here.now = new Date(here.now.getTime() + 1_000);
		await expect(as(other.actor, (tx) => leaveCoalition(member, approval, 'x', world, tx))).rejects.toThrow();
		await as(clerk.actor, (tx) => leaveCoalition(member, approval, 'clerk', world, tx));
		const left = await as(clerk.actor, (tx) => memberOf(HERE, DAY, tx));
		expect(left).toMatchObject({ membership: 'withdrew', published: null });
		expect(await as({ role: 'visitor', city: null }, (tx) => memberOf(HERE, DAY, tx))).toBeNull();
		expect(await actorNow(clerk.cookie)).toMatchObject({ city: HERE, outside: true });
		await expect(as(clerk.actor, (tx) => leaveCoalition(member, approval, 'c', world, tx))).rejects.toThrow(
			'no member',
		);
	});
});

it('a fact is taken back with a reason, once', async () => {
	const member = await as(OPERATOR, (tx) => addMember(THERE, 'o', world, tx));
	const [fact] = (await as(OPERATOR, (tx) => memberOf(THERE, DAY, tx)))?.facts ?? [];
	const wrong = { memberId: member, factId: fact?.id ?? '' };
	await expect(as(OPERATOR, (tx) => withdrawMemberFact({ ...wrong, reason: ' ' }, 'o', world, tx))).rejects.toThrow(
		'Write why',
	);
	await as(OPERATOR, (tx) => withdrawMemberFact({ ...wrong, reason: 'Typed wrong' }, 'o', world, tx));
	await expect(as(OPERATOR, (tx) => withdrawMemberFact({ ...wrong, reason: 'Again' }, 'o', world, tx))).rejects.toThrow(
		'no such fact',
	);
	await expect(
		as(other.actor, (tx) => withdrawMemberFact({ ...wrong, reason: 'Not theirs' }, 'x', world, tx)),
	).rejects.toThrow();
});
