import { sql } from 'kysely';
import { beforeAll, expect, test, vi } from 'vitest';
import { type Actor, SYSTEM } from '#access/actor.ts';
import { DEEDS } from '#adoption/program/deeds.server.ts';
import { LOOKS, lookAt, wholeDraft } from '#adoption/program/looks.server.ts';
import { everybody } from '../access/everybody.ts';
import type { SignedIn } from '../access/signed-in.ts';
import { testDatabase } from '../database.ts';
import { type Canary, plant } from '../pages/canaries.ts';
import { DRAFTED, REMARKED } from '../pages/drafted.ts';

// The first wall is gone, as in walls.test.ts: a key may do everything, as far as the program is concerned.
vi.mock('#access/can.ts', async (original) => ({
	...(await original<typeof import('#access/can.ts')>()),
	can: () => true,
	demand: () => undefined,
}));
vi.stubEnv('COMPACT_SECRET', 'the secret of all tests, long enough');

const database = await testDatabase();
const { world } = database;
const [here, there, asking] = await world.db.as(SYSTEM, async (tx) => {
	const { rows } = await sql<{ id: string }>`
		select id from place where kind = 'city' and not sample order by id limit 3`.execute(tx);
	return rows as [{ id: string }, { id: string }, { id: string }];
});
const matter = 'matter:b9a4a3f6-3f3c-4b7a-9c39-0d8d8a0d4c11';
const people = await everybody({ here: here.id, there: there.id, asking: asking.id }, matter, world);
const STRANGERS = ['e', 'm', 'k', 'c', 'b', 'g', 'a', 't'] as const;
const asProgram = (letter: (typeof STRANGERS)[number] | 'M' | 'C', program: 'read' | 'change'): Actor => ({
	...(people[letter] as SignedIn).actor,
	program,
});

let canaries: readonly Canary[] = [];
beforeAll(async () => {
	await database.owner((session) =>
		session.query(`insert into library_work (id, address, title, instrument, language, added_at, added_by)
			values (gen_random_uuid(), 'coalition/walls', 'Walls', 'ordinance', 'en', now(), 'test')`),
	);
	canaries = await plant(
		{ here: here.id, there: there.id, member: people.M.actor, counsel: people.c.actor, matter },
		world as never,
	);
});

/** Rows of drafts of the city there, each as a hash. */
async function kept(): Promise<readonly string[]> {
	return database.owner(async (session) => {
		await session.query(`set compact.role = 'maintenance'`);
		const { rows: tables } = await session.query(
			`select table_name as name from information_schema.columns where column_name = 'owner_city' and table_name like 'adoption\\_%'`,
		);
		const found: string[] = [];
		for (const { name } of tables) {
			const { rows } = await session.query(
				`select $1 || ' ' || md5(t::text) as row from ${name} t where owner_city = $2`,
				[name, there.id],
			);
			found.push(...rows.map(({ row }) => row as string));
		}
		return found.sort();
	});
}

const BODIES: Readonly<Record<string, object>> = {
	copy: { from: 'coalition/walls' },
	answer: { answers: { city: 'Elsewhere' } },
	words: { provision: 'p1', words: 'Otherwise.', since: 2 },
	structure: { act: 'added', words: 'Otherwise.' },
	restore: { to: 1, from: 2 },
	newer: { source: 1, version: DRAFTED, decision: 'take_all' },
	suggestion: { upload: '00000000-0000-4000-8000-0000000adf71', id: '1', decision: 'refuse' },
	comment: { provision: 'p1', text: 'Otherwise.', since: 2 },
	reply: { comment: REMARKED, text: 'Otherwise.' },
	settle: { comment: REMARKED, act: 'resolved' },
	plan: { at: 'adopted', day: '2027-06-01' },
	stage: { stage: 'counsel', who: 'A stranger' },
	add_stage: { name: 'Otherwise', after: 'counsel' },
	rename: { title: 'Otherwise' },
	close: {},
	reopen: {},
	adopt: { number: 'Ordinance 1', adopted: '2026-01-01', sure: true },
};

test('without `can`, no deed of a program changes a draft of another city, nor tells a word of it', async () => {
	expect(Object.keys(BODIES).sort()).toEqual(DEEDS.map(({ name }) => name).sort());
	const before = await kept();
	const leaks: string[] = [];
	const attempts = STRANGERS.flatMap((letter) => DEEDS.map((deed) => ({ letter, deed })));
	for (const { letter, deed } of attempts) {
		const told = await deed.run(DRAFTED, BODIES[deed.name], asProgram(letter, 'change'), world).then(
			(made) => JSON.stringify(made),
			(error) => String(error?.stack),
		);
		for (const { text } of canaries) if (told.includes(text)) leaks.push(`${letter} ${deed.name}: ${text}`);
	}
	expect(leaks).toEqual([]);
	expect(await kept()).toEqual(before);
	expect(before.length).toBeGreaterThan(8);
});

test('without `can`, a key that reads changes nothing of its own city either', async () => {
	const before = await kept();
	for (const letter of ['M', 'C'] as const)
		for (const deed of DEEDS)
			await deed.run(DRAFTED, BODIES[deed.name], asProgram(letter, 'read'), world).catch(() => undefined);
	expect(await kept()).toEqual(before);
});

test('without `can`, nothing that can be looked at shows a draft to a key of another city, and a canary is seen by its own', async () => {
	const seen = async (letter: (typeof STRANGERS)[number] | 'C') => {
		const told = await Promise.all(
			[
				wholeDraft(DRAFTED, null, asProgram(letter, 'read'), world),
				...LOOKS.map((look) => lookAt(DRAFTED, look, asProgram(letter, 'read'), world)),
			].map((looking) => looking.then(JSON.stringify, (error) => String(error?.stack))),
		);
		return canaries.filter(({ text }) => told.some((one) => one.includes(text))).map(({ text }) => text);
	};
	for (const letter of STRANGERS) expect([letter, await seen(letter)]).toEqual([letter, []]);
	expect(await seen('C')).toEqual(
		expect.arrayContaining([
			'canary-adoption_wording-text',
			'canary-adoption_comment-text',
			'canary-adoption_suggestion-before',
		]),
	);
});
