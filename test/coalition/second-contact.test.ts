import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { ACCESS } from '#access/actor.ts';
import { secondContact, setSecondContact } from '#coalition/second-contact.server.ts';
import type { Task } from '#platform/queue.server.ts';
import type { World } from '#platform/world.ts';
import { handlers } from '#worker/handlers.server.ts';
import { type SignedIn, signedIn } from '../access/signed-in.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const asked: { task: string; payload: Readonly<Record<string, string>> }[] = [];
const world: World = {
	...here.world,
	queue: { add: async (_, task, payload = {}) => void asked.push({ task, payload }) },
};
const site = { origin: 'https://c.example', secret: 'x'.repeat(32) };
const tasks: Readonly<Record<string, Task>> = handlers(null, site, world);
const HERE = 'ocd-division/country:us/state:tx/place:huntsville';
const ELSEWHERE = 'ocd-division/country:us/state:tx/place:houston';

const clerk = await signedIn(world, { role: 'member', placeId: HERE });
const counsel = await signedIn(world, { role: 'counsel', placeId: HERE });
const other = await signedIn(world, { role: 'member', placeId: ELSEWHERE });
const steward = await signedIn(world, { role: 'steward' });
const mailOf = ({ person }: SignedIn) => `${person}@example.org`;

const DAY = 86_400_000;
beforeEach(() => {
	here.now = new Date(here.now.getTime() + DAY);
	here.sent.length = 0;
});

async function worked(): Promise<void> {
	for (let next = asked.shift(); next; next = asked.shift()) await tasks[next.task]?.(next.payload);
}
const named = (address: string) => setSecondContact({ address, language: 'en' }, { ...clerk.actor, city: HERE }, world);

test('all seats of the city, the mailbox and the one before are told, and that one is forgotten then', async () => {
	await named('old@huntsville.example');
	await worked();
	here.sent.length = 0;
	await named('new@huntsville.example');
	await worked();
	expect(here.sent.map(({ to }) => to).sort()).toEqual(
		[mailOf(clerk), mailOf(counsel), 'old@huntsville.example', 'new@huntsville.example'].sort(),
	);
	const kept = await world.db.as(ACCESS, (tx) =>
		sql<{ address: string }>`select address from coalition_second_contact`.execute(tx),
	);
	expect(kept.rows).toEqual([{ address: 'new@huntsville.example' }]);
});

test('the same mailbox again is no change', async () => {
	await named('same@huntsville.example');
	await worked();
	here.sent.length = 0;
	await named('same@huntsville.example');
	await worked();
	expect(here.sent).toEqual([]);
});

test('it is read by its own city alone', async () => {
	await named('box@huntsville.example');
	const read = (who: SignedIn) => world.db.as(who.actor, (tx) => secondContact(HERE, tx));
	expect(await read(counsel)).toBe('box@huntsville.example');
	expect([await read(other), await read(steward)]).toEqual([null, null]);
});

test('it is changed five times a day at most', async () => {
	const said = [];
	for (let i = 0; i < 6; i++) said.push(await named(`box${i}@huntsville.example`));
	expect(said).toEqual(['done', 'done', 'done', 'done', 'done', 'wait']);
});
