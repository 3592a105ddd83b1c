import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { accountOf } from '#access/account.server.ts';
import { ACCESS } from '#access/actor.ts';
import { addressAsked, askAddress, proveAddress } from '#access/address.server.ts';
import { beginSeated, chosenBy, MOST_PLACES, readerAt } from '#alerts/reader.server.ts';
import type { Task } from '#platform/queue.server.ts';
import type { World } from '#platform/world.ts';
import { handlers } from '#worker/handlers.server.ts';
import { testDatabase } from '../database.ts';
import { type SignedIn, signedIn } from './signed-in.ts';

const here = await testDatabase();
const asked: { task: string; payload: Readonly<Record<string, string>> }[] = [];
const world: World = {
	...here.world,
	queue: { add: async (_, task, payload = {}) => void asked.push({ task, payload }) },
};
const tasks: Readonly<Record<string, Task>> = handlers(
	null,
	{ origin: 'https://c.example', secret: 'x'.repeat(32) },
	world,
);
const START = new Date('2026-07-01T12:00:00Z');
const HUNTSVILLE = 'ocd-division/country:us/state:tx/place:huntsville';
const TX = 'ocd-division/country:us/state:tx';

let n = 0;
let who: SignedIn;
let former = '';
beforeEach(async () => {
	here.now = START;
	here.sent.length = 0;
	asked.length = 0;
	who = await signedIn(world, { role: 'member', placeId: HUNTSVILLE });
	former = (await account())?.email ?? '';
});

const account = () => world.db.as(ACCESS, (tx) => accountOf(who.person, tx));
const fresh = () => `new${++n}@example.gov`;
const prove = (token: string, person = who.person) =>
	proveAddress(token, person, { actor: who.actor, session: 'one' }, world);
async function asking(address: string): Promise<string> {
	const link = await askAddress(who.person, address, world);
	if (typeof link === 'string') throw new Error(link);
	return link.token;
}
function later(minutes: number): void {
	here.now = new Date(START.getTime() + minutes * 60_000);
}
async function worked(): Promise<void> {
	for (let next = asked.shift(); next; next = asked.shift()) await tasks[next.task]?.(next.payload);
}

test('a new address counts once its own mail was answered, once, and the former is told and forgotten', async () => {
	const address = fresh();
	const token = await asking(address);
	expect([await addressAsked(token, who.person, world), (await account())?.email]).toEqual([address, former]);
	expect([await prove(token), await prove(token)]).toEqual(['done', 'gone']);
	expect((await account())?.email).toBe(address);
	await worked();
	expect(here.sent.map(({ to }) => to)).toEqual([former]);
	expect(here.sent[0]?.text).toContain('another mail address was set');
	expect(here.sent[0]?.text).not.toContain(address);
	const kept = await world.db.as(ACCESS, (tx) => sql`select from access_address_change`.execute(tx));
	expect(kept.rows).toHaveLength(0);
	const traces = await world.db.as(who.actor, (tx) =>
		sql<{ action: string }>`select action from audit_entry order by position desc limit 1`.execute(tx),
	);
	expect(traces.rows).toEqual([{ action: 'address_changed' }]);
});

test.each([
	['20 minutes later', async () => later(20), 'gone'],
	['once a newer link was sent', async () => void (await asking(fresh())), 'gone'],
	['where another account has it', async (address: string) => taken(address), 'taken'],
])('a link is worth nothing %s', async (_, meanwhile, said) => {
	const address = fresh();
	const token = await asking(address);
	await meanwhile(address);
	expect(await prove(token)).toBe(said);
	expect(await prove(token), 'nor later').toBe('gone');
	expect((await account())?.email).toBe(former);
	expect(asked).toEqual([]);
});

test('a link is worth nothing to somebody else who is signed in, and stays with its person', async () => {
	const token = await asking(fresh());
	const stranger = await signedIn(world, { role: 'editor' });
	expect([await addressAsked(token, stranger.person, world), await prove(token, stranger.person)]).toEqual([
		null,
		'gone',
	]);
	expect(await prove(token)).toBe('done');
});

test('whether another account has an address is not told to who asks for it', async () => {
	const address = fresh();
	await taken(address);
	expect(await askAddress(who.person, address, world)).toEqual({ token: expect.any(String) });
	expect(await askAddress(who.person, former, world)).toBe('same');
});

test('five links are sent in a day', async () => {
	for (let i = 0; i < 5; i++) await asking(fresh());
	expect(await askAddress(who.person, fresh(), world)).toBe('wait');
});

test('alerts go along, and nothing is left at the former address', async () => {
	const address = fresh();
	await seated(former, HUNTSVILLE);
	expect(await prove(await asking(address))).toBe('done');
	await worked();
	expect(await readerAt(former, world)).toBeNull();
	expect((await chosenBy((await readerAt(address, world)) ?? '', world))?.map(({ id }) => id)).toEqual([HUNTSVILLE]);
});

test('alerts of both addresses become one, with no more places than a reader may have', async () => {
	const address = fresh();
	const { rows } = await world.db.as({ role: 'system', city: null }, (tx) =>
		sql<{
			id: string;
		}>`select id from place where kind = 'county' and not sample order by id limit ${MOST_PLACES}`.execute(tx),
	);
	const [first, ...more] = rows;
	for (const { id } of more) await seated(address, id);
	for (const place of [HUNTSVILLE, TX, first?.id ?? '']) await seated(former, place);
	await prove(await asking(address));
	await worked();
	await tasks['access.address_changed']?.({ change: '00000000-0000-0000-0000-000000000000' });
	expect(await readerAt(former, world)).toBeNull();
	expect(await chosenBy((await readerAt(address, world)) ?? '', world)).toHaveLength(MOST_PLACES);
});

async function taken(address: string): Promise<void> {
	const another = await signedIn(world, { role: 'editor' });
	await world.db.as(ACCESS, (tx) =>
		sql`update access_user set email = ${address} where id = ${another.person}`.execute(tx),
	);
}

async function seated(address: string, placeId: string): Promise<void> {
	await beginSeated({ address, placeId, language: 'en' }, who.seat ?? '', world);
}
