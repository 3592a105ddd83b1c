import { expect, test, vi } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { DEEDS } from '#adoption/program/deeds.server.ts';
import { LOOKS, lookAt, wholeDraft } from '#adoption/program/looks.server.ts';
import type { SignedIn } from '../access/signed-in.ts';
import { bodiesOf } from '../adoption/bodies.ts';
import { DRAFTED, REMARKED } from '../pages/drafted.ts';
import { ground } from './ground.ts';

// The first wall is gone, as in walls.test.ts: a key may do everything, as far as the program is concerned.
vi.mock('#access/can.ts', async (original) => ({
	...(await original<typeof import('#access/can.ts')>()),
	can: () => true,
	demand: () => undefined,
}));

const { database, world, there, people, canaries, rowsOf } = await ground();
const STRANGERS = ['e', 'm', 'k', 'c', 'b', 'g', 'a', 't'] as const;
const asProgram = (letter: (typeof STRANGERS)[number] | 'M' | 'C', program: 'read' | 'change'): Actor => ({
	...(people[letter] as SignedIn).actor,
	program,
});

/** Rows of drafts of the city there, each as a hash. */
async function kept(): Promise<readonly string[]> {
	const tables = await database.owner(async (session) => {
		const { rows } = await session.query(
			`select table_name as name from information_schema.columns where column_name = 'owner_city' and table_name like 'adoption\\_%'`,
		);
		return rows.map(({ name }) => name as string);
	});
	return rowsOf(tables, '=', there.id);
}

const BODIES = bodiesOf({
	...{ from: 'coalition/walls', provision: 'p1', since: 2, version: DRAFTED },
	...{ upload: '00000000-0000-4000-8000-0000000adf71', comment: REMARKED },
});

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
