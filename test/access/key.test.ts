import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dropFactors } from '#access/account.server.ts';
import { ACCESS, type Actor, SYSTEM } from '#access/actor.ts';
import { endKey, keysOf, makeKey, type NewKey, wrongKey } from '#access/key.server.ts';
import { KEY_DAYS, keyIn } from '#access/key.ts';
import { tokenHash } from '#access/once.server.ts';
import { behindKey } from '#coalition/acting.server.ts';
import { testDatabase } from '../database.ts';
import { type SignedIn, signedIn } from './signed-in.ts';

const here = await testDatabase();
const { world } = here;
const { db } = world;
const DAY = 86_400_000;
const START = here.now.getTime();
const placeId = await db.as(ACCESS, async (tx) => {
	const place = await tx.selectFrom('place').select('id').where('kind', '=', 'city').limit(1).executeTakeFirstOrThrow();
	return place.id;
});
const matter = 'matter:b9a4a3f6-3f3c-4b7a-9c39-0d8d8a0d4c11';
const clerk = await signedIn(world, { role: 'member', placeId });
const attorney = await signedIn(world, { role: 'counsel', placeId, matters: [matter] });

const WISH = { name: 'Agenda system', opens: 'read', counsel: false, days: 30 } as const;
async function made(of: SignedIn, wish: Partial<NewKey> = {}): Promise<{ id: string; key: string }> {
	const key = await db.as(ACCESS, (tx) => makeKey(of.person, { ...WISH, seat: of.seat ?? '', ...wish }, world, tx));
	if (typeof key === 'string') throw new Error(key);
	return key;
}
const lines = (of: SignedIn) => db.as(ACCESS, (tx) => keysOf(of.person, tx));
const acting = async (key: string): Promise<Actor | null> => (await behindKey(key, world))?.actor ?? null;

test('a key acts under its seat, and the database holds nothing that could be said in its place', async () => {
	const { id, key } = await made(clerk);
	expect(key).toMatch(/^citycompact_[\w-]{43}$/);
	expect(await acting(key)).toEqual({ ...clerk.actor, counsel: false, program: 'read' });
	const row = await db.as(ACCESS, (tx) =>
		tx.selectFrom('access_key').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
	);
	expect(row.token).toBe(tokenHash(key));
	expect(JSON.stringify(row)).not.toContain(key.slice('citycompact_'.length));
	expect(await acting(row.token)).toBeNull();
	expect(await acting(`${key}x`)).toBeNull();
});

test('of its use the day is kept, and not more than once a day', async () => {
	const { id, key } = await made(clerk);
	const line = async () => (await lines(clerk)).find((one) => one.id === id);
	expect(await line()).toMatchObject({ used: null, name: 'Agenda system', opens: 'read', counsel: false });
	await acting(key);
	const day = (await line())?.used;
	expect(day).toBe(new Date(START).toISOString().slice(0, 10));
	const version = () =>
		here.owner(async (session) => {
			const { rows } = await session.query('select xmin::text from access_key where id = $1', [id]);
			return rows[0]?.xmin;
		});
	const written = await version();
	here.now = new Date(START + 60_000);
	await acting(key);
	here.now = new Date(START);
	expect(await version()).toBe(written);
});

test.each(KEY_DAYS)('a key of %i days expires', async (days) => {
	const { key } = await made(clerk, { days });
	here.now = new Date(START + days * DAY - 1_000);
	const before = await acting(key);
	here.now = new Date(START + days * DAY);
	const after = await acting(key);
	here.now = new Date(START);
	expect([before?.person, after]).toEqual([clerk.person, null]);
});

test.each([
	['without letters', { name: ' \u202e.' }, 'name'],
	['with too long a name', { name: 'a'.repeat(61) }, 'name'],
	['of more than a year', { days: 366 }, 'days'],
	['of no days', { days: Number.NaN }, 'days'],
] as const)('no key is made %s', async (_, wish, why) => {
	await expect(made(clerk, wish)).rejects.toThrow(why);
});

test('no key is made past twenty, and one that expired counts no more', async () => {
	const busy = await signedIn(world, { role: 'member', placeId });
	for (let n = 0; n < 20; n++) await made(busy);
	await expect(made(busy)).rejects.toThrow('many');
	here.now = new Date(START + 31 * DAY);
	await made(busy);
	here.now = new Date(START);
	expect(await lines(busy)).toHaveLength(1);
});

test('a key is revoked by whoever made it and by nobody else', async () => {
	const { id, key } = await made(clerk);
	expect(await db.as(ACCESS, (tx) => endKey(attorney.person, id, tx))).toBeNull();
	expect(await db.as(ACCESS, (tx) => endKey(clerk.person, 'none', tx))).toBeNull();
	expect(await acting(key)).not.toBeNull();
	expect(await db.as(ACCESS, (tx) => endKey(clerk.person, id, tx))).toBe(clerk.seat);
	expect(await acting(key)).toBeNull();
});

test('a key ends with its seat, and with every way in where those were lost', async () => {
	const leaving = await signedIn(world, { role: 'member', placeId });
	const { key } = await made(leaving);
	await db.as(SYSTEM, (tx) =>
		tx
			.updateTable('coalition_seat')
			.set({ ended_at: here.now, ended_by: 'test' })
			.where('id', '=', leaving.seat as string)
			.execute(),
	);
	expect(await acting(key)).toBeNull();
	const lost = await signedIn(world, { role: 'member', placeId });
	const other = await made(lost);
	await db.as(ACCESS, (tx) => dropFactors(lost.person, tx));
	expect([await acting(other.key), await lines(lost)]).toEqual([null, []]);
});

test('a key of counsel opens the counsel room only where it was made so, and never a joint matter', async () => {
	const [plain, privileged] = [await made(attorney), await made(attorney, { counsel: true })];
	expect(await acting(plain.key)).toMatchObject({ role: 'counsel', counsel: false, matters: [] });
	expect(await acting(privileged.key)).toMatchObject({ role: 'counsel', counsel: true, matters: [] });
	// A seat that may not enter the room does not by asking.
	const asked = await made(clerk, { counsel: true });
	expect(await acting(asked.key)).toMatchObject({ counsel: false });
});

test('the walls of the database let a key that only reads write nothing, whatever the program asks', async () => {
	const [reading, changing] = [await made(clerk), await made(clerk, { opens: 'change' })];
	const begin = async (key: string) => {
		const actor = (await acting(key)) as Actor;
		return db.as(actor, (tx) =>
			tx
				.insertInto('adoption_draft')
				.values({
					...{ id: world.random.uuid(), owner_city: placeId, title: 'A draft', instrument: 'ordinance' },
					...{ language: 'en', begun_at: here.now },
				})
				.execute(),
		);
	};
	await expect(begin(reading.key)).rejects.toThrow('row-level security');
	await begin(changing.key);
	const read = await db.as((await acting(reading.key)) as Actor, (tx) =>
		tx.selectFrom('adoption_draft').select('title').execute(),
	);
	expect(read.map(({ title }) => title)).toEqual(['A draft']);
});

test('wrong keys from one address are told to wait after sixty in an hour', async () => {
	const tries: string[] = [];
	for (let n = 0; n < 62; n++) tries.push(await wrongKey('192.0.2.9', world));
	expect(tries.indexOf('wait')).toBe(60);
	expect(await wrongKey('192.0.2.10', world)).toBe('no');
});

test('only what is a bearer is taken for a key', () => {
	expect(keyIn('Bearer abc')).toBe('abc');
	expect(keyIn('bearer  abc ')).toBe('abc');
	for (const header of ['', 'abc', 'Basic abc', 'Bearer', 'Bearer ', 'Bearer a b', `Bearer ${'a'.repeat(201)}`])
		expect(keyIn(header)).toBeNull();
	fc.assert(
		fc.property(fc.string(), (text) => {
			const key = keyIn(text);
			expect(key === null || (/^bearer /i.test(text) && text.includes(key) && !/\s/.test(key))).toBe(true);
		}),
	);
});
