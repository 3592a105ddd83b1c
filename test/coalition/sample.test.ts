import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ACCESS, type Actor, OPERATOR, SYSTEM, VISITOR } from '#access/actor.ts';
import { beginSession } from '#access/session.server.ts';
import { behind } from '#coalition/acting.server.ts';
import { directory } from '#coalition/directory.server.ts';
import { doorSeats, enterDoor, isDoorCode, isDoorOpen, openDoor } from '#coalition/door.server.ts';
import { inviteFirstSteward, inviteToSeat } from '#coalition/invitation.server.ts';
import { addMember, membersOn } from '#coalition/members.server.ts';
import { growth, waiting } from '#coalition/pipeline.server.ts';
import { endSample, isSampleOver } from '#coalition/real.server.ts';
import { clearCoalition, stockCoalition } from '#coalition/sample.server.ts';
import type { SampleCoalition } from '#coalition/sample.ts';
import { seatsOn, stewards } from '#coalition/seats.server.ts';
import { approveInterest, matchPlace } from '#coalition/verify.server.ts';
import type { Day } from '#kernel/day.ts';
import { backup, restore } from '#platform/backup.server.ts';
import { openDatabase } from '#platform/database.server.ts';
import { openKeep } from '#platform/keep.ts';
import { packageRoot } from '#platform/root.server.ts';
import type { List } from '#watch/list.ts';
import { sampleLists } from '#watch/sample.ts';
import { seedSample } from '#watch/seed.server.ts';
import { shelve } from '#watch/shelf.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { emptyDatabase, testDatabase } from '../database.ts';

const seed = JSON.parse(
	readFileSync(join(packageRoot(), 'seeds', 'coalition', 'coalition.json'), 'utf8'),
) as SampleCoalition;
const TODAY = '2026-12-01' as Day;
const NOON = new Date('2026-12-01T12:00:00Z');
const SHA = 'a'.repeat(64);
const REAL = 'ocd-division/country:us/state:tx/place:huntsville';
const STEWARD: Actor = { role: 'steward', city: null, person: 'a steward' };

/** A new installation that shows the sample coalition. */
async function installation() {
	const here = await testDatabase();
	here.now = NOON;
	await seedSample(here.world);
	return { here, world: here.world };
}

describe('the file that comes along', () => {
	const seats = [...seed.staff, ...seed.cities.flatMap((city) => city.seats)];
	test('names offices, and nobody', () => {
		expect(seats.filter(({ name }) => !/^(Office|Oficina) (of|de) /.test(name))).toEqual([]);
		expect(
			seed.cities.filter(({ published }) => published && !/^(Office|Oficina) (of|de) /.test(published.approver)),
		).toEqual([]);
	});

	test('has one door for each role, and addresses that lead nowhere', () => {
		const doors = seats.filter(({ door }) => door);
		expect(doors.map(({ role }) => role).sort()).toEqual(
			['advocate', 'counsel', 'editor', 'member', 'observer', 'steward'].sort(),
		);
		expect(doors.filter(({ role, account }) => role !== account)).toEqual([]);
		for (const { email, note, called } of seed.cases) {
			expect(email).toMatch(/\.sample\.invalid$/);
			expect(note ?? 'SAMPLE: ').toMatch(/^(SAMPLE|MUESTRA): /);
			expect(called?.site ?? 'https://x.sample.invalid/').toMatch(/^https:\/\/[a-z-]+\.sample\.invalid\//);
		}
	});

	test('shows every standing, published and not, and tells facts in the order of their days', () => {
		const last = seed.cities.map(({ facts }) => facts.at(-1)?.kind);
		expect([...new Set(last)].sort()).toEqual([
			'in_conversation',
			'interested',
			'member',
			'observer',
			'voted',
			'withdrew',
		]);
		for (const { facts } of seed.cities)
			expect(facts.map(({ day }) => day)).toEqual(facts.map(({ day }) => day).sort());
		expect(seed.cities.filter(({ published }) => published).length).toBeGreaterThan(1);
		expect(seed.cities.filter(({ published }) => !published).length).toBeGreaterThan(1);
	});
});

describe('while a server shows it', async () => {
	const { world } = await installation();
	const as = world.db.as;
	beforeEach(() => stockCoalition(world));

	test('members see its cities, the public those that published themselves, and each says that it is of the sample', async () => {
		const seen = await as(SYSTEM, (tx) => directory(TODAY, tx));
		expect(seen.length).toBeGreaterThan(6);
		expect(seen.every(({ sample }) => sample)).toBe(true);
		const open = await as(VISITOR, (tx) => directory(TODAY, tx));
		expect(open.map(({ name }) => name)).toEqual(['Alder Falls', 'Kestrel Bay', 'Vista Llana']);
		expect(open.map(({ published }) => published?.approver)).toContain('Office of the Mayor');
		expect(open.flatMap(({ seats }) => seats)).toEqual([]);
	});

	test('cities that ask stand at different steps', async () => {
		const cases = await as(STEWARD, (tx) => waiting(world, tx));
		expect(new Set(cases.map(({ step }) => step)).size).toBeGreaterThan(3);
		expect(cases.map(({ keeper }) => keeper)).toContain('Office of the Secretariat');
	});

	test('no real number counts it', async () => {
		const real = await as(STEWARD, (tx) => growth(tx));
		expect(Object.values(real.total).every((count) => count === 0)).toBe(true);
		const own = await as(STEWARD, (tx) => growth(tx, true));
		expect(own.total).toMatchObject({ asked: seed.cases.length });
		expect(own.total.member).toBeGreaterThan(4);
		expect(await as(STEWARD, (tx) => stewards(TODAY, tx))).toBe(0);
	});

	test('a second start brings the same, and not twice as much', async () => {
		const before = await as(SYSTEM, (tx) => seatsOn(TODAY, null, tx));
		expect(await stockCoalition(world)).toBe(true);
		expect(await as(SYSTEM, (tx) => seatsOn(TODAY, null, tx))).toEqual(before);
	});

	test('it goes with the server that is not told to show it, with accounts and sessions', async () => {
		openDoor(world);
		const token = await enterDoor('member', world);
		expect((await behind(token ?? '', world)).actor).toMatchObject({ role: 'member', sample: true });
		await clearCoalition(world);
		expect((await behind(token ?? '', world)).actor).toEqual(VISITOR);
		expect(await as(SYSTEM, async (tx) => [await membersOn(TODAY, tx), await seatsOn(TODAY, null, tx)])).toEqual([
			[],
			[],
		]);
		expect(await as(STEWARD, (tx) => waiting(world, tx))).toEqual([]);
		const { rows } = await as(ACCESS, (tx) => sql`select from access_user`.execute(tx));
		expect(rows).toEqual([]);
	});
});

describe('the door', async () => {
	const { here, world } = await installation();
	await stockCoalition(world);

	test('is shut until a start opens it, and only its own code is taken', () => {
		const other = { ...world, keep: openKeep() };
		expect([isDoorOpen(other), isDoorCode('', other)]).toEqual([false, false]);
		const code = openDoor(other);
		expect(code.length).toBeGreaterThanOrEqual(32);
		for (const wrong of ['', code.slice(1), `${code}x`, code.toUpperCase()])
			expect(isDoorCode(wrong, other)).toBe(false);
		expect(isDoorCode(code, other)).toBe(true);
		expect(openDoor(other)).not.toBe(code);
		expect(isDoorCode(code, other)).toBe(false);
	});

	test('leads to every role, in its own city, for an hour and never fresh', async () => {
		openDoor(world);
		for (const { role, city } of (await doorSeats(world)) ?? []) {
			here.now = NOON;
			const token = (await enterDoor(role, world)) ?? '';
			const { session, actor, seats } = await behind(token, world);
			expect([actor.role, seats[0]?.cityName, session?.sample, session?.freshAt]).toEqual([role, city, true, null]);
			here.now = new Date(NOON.getTime() + 61 * 60_000);
			expect((await behind(token, world)).actor).toEqual(VISITOR);
		}
		here.now = NOON;
		expect((await doorSeats(world))?.map(({ role }) => role)).toEqual([
			'steward',
			'editor',
			'member',
			'counsel',
			'observer',
			'advocate',
		]);
		for (const role of ['visitor', 'operator', 'system', '', 'access']) expect(await enterDoor(role, world)).toBe(null);
	});

	test('a steward of the sample leads its cities on, invites nobody, and touches no real place', async () => {
		openDoor(world);
		const { actor } = await behind((await enterDoor('steward', world)) ?? '', world);
		const cases = await world.db.as(actor, (tx) => waiting(world, tx));
		const half = cases.find(({ approvals }) => approvals.length === 1);
		expect(await world.db.as(actor, (tx) => approveInterest(half?.id ?? '', actor, world, tx))).toBe('done');
		const unmatched = cases.find(({ matched }) => !matched);
		expect(await world.db.as(actor, (tx) => matchPlace(unmatched?.id ?? '', REAL, actor, world, tx))).toBe('place');
		const own = unmatched?.place?.id ?? '';
		expect(await world.db.as(actor, (tx) => matchPlace(unmatched?.id ?? '', own, actor, world, tx))).toBe('done');
		expect(await world.db.as(SYSTEM, isSampleOver)).toBe(false);
		const invited = { email: 'a@example.org', name: 'A', language: 'en', memberId: null, role: 'editor' } as const;
		await expect(
			world.db.as(actor, (tx) => inviteToSeat({ ...invited, office: 'E', governing: false }, actor, world, tx)),
		).rejects.toThrow('Nobody can be invited from the sample');
	});

	test('a real steward is not kept out by those of the sample, and no address of the sample is invited', async () => {
		const first = { name: 'A', office: 'Steward', language: 'en' } as const;
		await expect(inviteFirstSteward({ ...first, email: 'steward@sample.invalid' }, world)).rejects.toThrow(
			'no mail address',
		);
		expect(await inviteFirstSteward({ ...first, email: 'a@example.org' }, world)).toMatch(/^[\w-]{43}$/);
		expect(await world.db.as(SYSTEM, isSampleOver)).toBe(false);
	});
});

const ENDS: readonly (readonly [
	what: string,
	come: (world: Awaited<ReturnType<typeof installation>>['world']) => Promise<unknown>,
])[] = [
	['the first real seat', (world) => signedIn(world, { role: 'steward' })],
	['the first real city', (world) => world.db.as(OPERATOR, (tx) => addMember(REAL, 'operator', world, tx))],
	[
		'the first real list',
		(world) =>
			world.db.as(SYSTEM, (tx) =>
				shelve(SHA, { ...(sampleLists()[0] as List), sha256: SHA }, { blobId: null, addedAt: NOON, sample: false }, tx),
			),
	],
	[
		'the first real policy',
		(world) =>
			world.db.as(SYSTEM, (tx) =>
				sql`insert into library_work (id, address, instrument, title, language, added_at, added_by)
					values (gen_random_uuid(), 'coalition/real', 'ordinance', 'Real', 'en', now(), 'test')`.execute(tx),
			),
	],
	[
		'the first real city that asks',
		(world) =>
			world.db.as(SYSTEM, (tx) =>
				sql`insert into interest (id, place_id, office, standing, helps, email, language, proved_at)
					values (gen_random_uuid(), ${REAL}, 'clerk', 'asking', '{}', 'a@example.org', 'en', now())`.execute(tx),
			),
	],
];

describe.each(ENDS)('%s', async (what, come) => {
	const { here, world } = await installation();
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-sample-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	test('ends it for good: at once, and after another start', async () => {
		expect(await stockCoalition(world)).toBe(true);
		openDoor(world);
		const token = (await enterDoor('steward', world)) ?? '';
		await come(world);
		expect(await world.db.as(SYSTEM, isSampleOver)).toBe(true);
		expect([await enterDoor('steward', world), await doorSeats(world), isDoorOpen(world)]).toEqual([null, null, false]);
		expect((await behind(token, world)).actor).toEqual(VISITOR);
		openDoor(world);
		expect([await stockCoalition(world), await enterDoor('member', world)]).toEqual([false, null]);
		expect((await world.db.as(VISITOR, (tx) => directory(TODAY, tx))).filter(({ sample }) => sample)).toEqual([]);
		expect(
			(await world.db.as(SYSTEM, (tx) => seatsOn(TODAY, null, tx))).filter(({ name }) => /^Offic/.test(name ?? '')),
		).toEqual([]);
	});

	// Five seconds each: a row of either kind is enough.
	if (!/seat|list/.test(what)) return;
	test('and in a restored backup', async () => {
		const file = join(folder, 'compact.backup');
		await backup(file, null, here.ground, NOON);
		const ground = await emptyDatabase();
		await restore(file, null, ground);
		const db = openDatabase({ connection: ground.app, sessions: 2 });
		try {
			const restored = { ...world, db, keep: openKeep() };
			openDoor(restored);
			expect([await stockCoalition(restored), await enterDoor('steward', restored)]).toEqual([false, null]);
		} finally {
			await db.close();
		}
	});
});

describe('what ended it is remembered', async () => {
	const { world } = await installation();
	test('when nothing of it is left but the entry of the journal', async () => {
		expect(await stockCoalition(world)).toBe(true);
		await world.db.as(SYSTEM, (tx) => endSample(world, tx));
		await world.db.as(SYSTEM, (tx) => endSample(world, tx));
		const { rows } = await world.db.as(SYSTEM, (tx) =>
			sql`select from journal where kind = 'sample_ended'`.execute(tx),
		);
		expect(rows).toHaveLength(1);
		expect(await stockCoalition(world)).toBe(false);
		expect(await world.db.as(SYSTEM, (tx) => membersOn(TODAY, tx))).toEqual([]);
	});

	test('a session that was begun otherwise under an account of the sample opens nothing', async () => {
		const person = 'x';
		await world.db.as(ACCESS, (tx) =>
			tx
				.insertInto('access_user')
				.values({ id: person, name: 'x', email: 'x@sample.invalid', created_at: NOON, updated_at: NOON })
				.execute(),
		);
		const token = await world.db.as(ACCESS, (tx) => beginSession(person, true, world, tx));
		expect(await behind(token, world)).toMatchObject({ session: null, actor: VISITOR });
	});
});
