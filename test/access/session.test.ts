import { expect, test } from 'vitest';
import { ACCESS } from '#access/actor.ts';
import { beginSession, endSession, endSessions, sessionOf, sessionsOf } from '#access/session.server.ts';
import { isFresh, requireFresh, Stale } from '#access/session.ts';
import { behind } from '#coalition/acting.server.ts';
import { testDatabase } from '../database.ts';
import { signedIn } from './signed-in.ts';

const here = await testDatabase();
const { world } = here;
const { db } = world;
const HOUR = 3_600_000;
const START = here.now.getTime();
const placeId = await db.as(ACCESS, async (tx) => {
	const place = await tx.selectFrom('place').select('id').where('kind', '=', 'city').limit(1).executeTakeFirstOrThrow();
	return place.id;
});
const tokenOf = ({ cookie }: { cookie: string }) => cookie.replace('compact=', '');

test.each([
	['a steward', { role: 'steward' }, { role: 'steward', city: null, counsel: false }],
	['an attorney of a city', { role: 'counsel', placeId }, { role: 'counsel', city: placeId, counsel: true }],
	['a client of a city', { role: 'member', placeId, counsel: true }, { role: 'member', city: placeId, counsel: true }],
	[
		'a party',
		{ role: 'counsel', placeId, matters: ['matter:b9a4a3f6-3f3c-4b7a-9c39-0d8d8a0d4c11'] },
		{ matters: ['matter:b9a4a3f6-3f3c-4b7a-9c39-0d8d8a0d4c11'] },
	],
	['somebody without a seat', { role: 'visitor' }, { role: 'visitor', city: null }],
] as const)('%s acts as what the seat says', async (_, wanted, actor) => {
	const made = await signedIn(world, wanted);
	const { session, actor: acting, seats } = await behind(tokenOf(made), world);
	expect(acting).toMatchObject({ ...actor, person: made.person });
	expect(acting).toEqual(made.actor);
	expect(session).toMatchObject({ person: made.person, second: true, seat: made.seat });
	expect(seats.map(({ id }) => id)).toEqual(made.seat ? [made.seat] : []);
});

test('a seat that ended opens nothing from the next request on', async () => {
	const made = await signedIn(world, { role: 'steward' });
	await db.as({ role: 'system', city: null }, (tx) =>
		tx
			.updateTable('coalition_seat')
			.set({ ended_at: here.now, ended_by: 'test' })
			.where('id', '=', made.seat as string)
			.execute(),
	);
	const { session, actor } = await behind(tokenOf(made), world);
	expect([session?.seat, actor.role, actor.city]).toEqual([null, 'visitor', null]);
});

test('one factor alone is nobody', async () => {
	const { person } = await signedIn(world, { role: 'steward' });
	const token = await db.as(ACCESS, (tx) => beginSession(person, false, world, tx));
	const { session, actor, seats } = await behind(token, world);
	expect(session).toMatchObject({ person, second: false, seat: null });
	expect([actor, seats]).toEqual([{ role: 'visitor', city: null }, []]);
});

test.each([
	['lasts through a working day', true, [11, 22, 33], true],
	['ends after half a day without use', true, [12], false],
	['ends after two weeks however much it is used', true, Array.from({ length: 34 }, (_, n) => (n + 1) * 10), false],
	['ends after ten minutes with one factor', false, [1 / 5], false],
])('a session %s', async (_, second, hours, lasts) => {
	const { person } = await signedIn(world, { role: 'steward' });
	const token = await db.as(ACCESS, (tx) => beginSession(person, second, world, tx));
	let found: unknown = null;
	for (const hour of hours) {
		here.now = new Date(START + hour * HOUR);
		found = await db.as(ACCESS, (tx) => sessionOf(token, world, tx));
	}
	here.now = new Date(START);
	expect(found !== null).toBe(lasts);
});

test('a person ends one session, or all but this one, and nobody ends that of another', async () => {
	const [one, other] = [await signedIn(world, { role: 'steward' }), await signedIn(world, { role: 'editor' })];
	await db.as(ACCESS, async (tx) => {
		for (let n = 0; n < 3; n++) await beginSession(one.person, true, world, tx);
		const all = await sessionsOf(one.person, world, tx);
		expect(all).toHaveLength(4);
		const [first, second] = all;
		if (!first || !second) throw new Error('There are four.');
		await endSession(other.person, first.id, tx);
		expect(await sessionsOf(one.person, world, tx)).toHaveLength(4);
		await endSession(one.person, first.id, tx);
		await endSessions(one.person, second.id, tx);
		expect((await sessionsOf(one.person, world, tx)).map(({ id }) => id)).toEqual([second.id]);
		await endSessions(one.person, null, tx);
		expect(await sessionsOf(one.person, world, tx)).toEqual([]);
		expect(await sessionsOf(other.person, world, tx)).toHaveLength(1);
	});
});

test('the database holds no cookie, and has no place for an address or a browser', async () => {
	const { cookie, person } = await signedIn(world, { role: 'steward' });
	const rows = await db.as(ACCESS, (tx) =>
		tx.selectFrom('access_session').selectAll().where('user_id', '=', person).execute(),
	);
	expect(JSON.stringify(rows)).not.toContain(cookie.slice(8));
	expect(Object.keys(rows[0] ?? {}).toSorted()).toEqual([
		...['created_at', 'expires_at', 'failed', 'fresh_at', 'id', 'owner_city', 'room', 'seat_id', 'second', 'token'],
		...['updated_at', 'user_id'],
	]);
});

test('what is dear to undo wants both factors of the last ten minutes', async () => {
	const { cookie } = await signedIn(world, { role: 'steward' });
	const { session } = await behind(cookie.slice(8), world);
	const at = (minutes: number) => new Date(START + minutes * 60_000);
	expect([isFresh(session, at(9)), isFresh(session, at(10)), isFresh(null, at(0))]).toEqual([true, false, false]);
	expect(() => requireFresh(session, at(10))).toThrow(Stale);
	requireFresh(session, at(9));
});
