import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allStages, type Kept, positionAfter, STAGES, standings, wayOf } from '#adoption/way/stage.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { anyDay } from './days.ts';

const COPIED = '2026-11-02' as Day;
const BLANK = { name: null, due: null, done: null, who: null, note: null, needed: true };
const said = (key: string, rest: Partial<Kept>): Kept => ({
	...{ ...BLANK, key, position: (STAGES as readonly string[]).indexOf(key) * 100 },
	...rest,
});

test('a draft begins with four stages, the first of which is done', () => {
	const way = wayOf(allStages([], COPIED));
	expect(way.map(({ key }) => key)).toEqual(['copied', 'blanks', 'counsel', 'packet']);
	expect(standings(way, '2026-11-27' as Day).map(({ state }) => state)).toEqual(['done', 'now', 'ahead', 'ahead']);
});

test('others appear as soon as they have a day, in their order', () => {
	const way = wayOf(
		allStages([said('hearing', { due: '2027-01-05' as Day }), said('packet', { needed: false })], COPIED),
	);
	expect(way.map(({ key }) => key)).toEqual(['copied', 'blanks', 'counsel', 'hearing']);
});

test('what the city adds stands after the stage it was put after', () => {
	let stages = allStages([], COPIED);
	for (const key of ['b', 'a'])
		stages = allStages(
			[...stages, said(key, { name: key.toUpperCase(), position: positionAfter('counsel', stages) })],
			COPIED,
		);
	expect(wayOf(stages).map(({ key }) => key)).toEqual(['copied', 'blanks', 'counsel', 'a', 'b', 'packet']);
	expect(positionAfter('grant_answer', stages)).toBeGreaterThan(900);
});

test.each([
	['2026-12-01', 'now', 8],
	['2026-11-23', 'now', 0],
	['2026-11-22', 'overdue', -1],
	[null, 'now', null],
])('counsel due on %s is %s on 23 November', (due, state, left) => {
	const stages = allStages(
		[said('blanks', { done: '2026-11-20' as Day }), said('counsel', { due: due as Day | null })],
		COPIED,
	);
	const counsel = standings(wayOf(stages), '2026-11-23' as Day)[2];
	expect([counsel?.state, counsel?.left]).toEqual([state, left]);
});

const LATE = {
	counsel: { due: '2026-11-20' as Day },
	hearing: { due: '2026-12-01' as Day },
	in_force: { due: '2027-01-14' as Day },
	grant_answer: { due: '2027-01-10' as Day },
};

/** How each stage stands on 20 January, by its key. */
function standing(days: Readonly<Record<string, Partial<Kept>>>, closed = false) {
	const stages = Object.entries(days).map(([key, rest]) => said(key, rest));
	const found = standings(wayOf(allStages(stages, COPIED, closed)), '2027-01-20' as Day);
	return Object.fromEntries(found.map(({ stage, state }) => [stage.key, state]));
}

test('once the vote was held nothing that leads to it is overdue, and what it led to is in force on its day', () => {
	const before = standing({ ...LATE, adopted: { due: '2026-12-15' as Day } });
	expect(before).toMatchObject({ counsel: 'overdue', hearing: 'overdue', adopted: 'overdue', in_force: 'overdue' });
	expect(standing({ ...LATE, adopted: { done: '2026-12-15' as Day } })).toEqual({
		...{ copied: 'done', blanks: 'passed', counsel: 'passed', packet: 'passed', hearing: 'passed', adopted: 'done' },
		...{ in_force: 'passed', grant_answer: 'overdue' },
	});
});

test('in a closed draft nothing is waited for', () => {
	expect(new Set(Object.values(standing(LATE, true)))).toEqual(new Set(['done', 'passed']));
});

test('stages stand in the order of their days, behind the copy, and without a day behind what they follow', () => {
	const order = (days: Readonly<Record<string, Partial<Kept>>>) => Object.keys(standing(days)).join(' ');
	const introduced = { due: '2026-11-24' as Day };
	expect(order({ notice: { due: '2026-11-18' as Day }, introduced, hearing: { due: '2026-12-08' as Day } })).toBe(
		'copied blanks counsel packet notice introduced hearing',
	);
	expect(order({ notice: introduced, introduced })).toBe('copied blanks counsel packet introduced notice');
	expect(order({ blanks: { due: '2026-10-20' as Day }, packet: { due: '2026-10-21' as Day } })).toBe(
		'copied blanks counsel packet',
	);
});

test('on every day each stage is done, passed, overdue, ahead or the one that is now, and at most one is now', () => {
	const anyStage = fc.record({
		key: fc.constantFrom(...STAGES),
		due: fc.option(anyDay),
		done: fc.option(anyDay),
		needed: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.uniqueArray(anyStage, { selector: ({ key }) => key }), anyDay, (given, today) => {
			const way = wayOf(
				allStages(
					given.map(({ key, ...rest }) => said(key, rest)),
					COPIED,
				),
			);
			const found = standings(way, today);
			expect(new Set(found.map(({ stage }) => stage))).toEqual(new Set(way));
			const days = found.slice(1).flatMap(({ stage: { done, due } }) => done ?? due ?? []);
			expect(days).toEqual([...days].sort());
			expect(found.filter(({ state }) => state === 'now').length).toBeLessThanOrEqual(1);
			for (const { stage, state, left } of found) {
				expect(state === 'done').toBe(stage.done !== null);
				expect(state === 'overdue').toBe(
					stage.done === null && stage.due !== null && stage.due < today && state !== 'passed',
				);
				if (state === 'passed')
					expect(stage.over || (stage.key === 'in_force' && (stage.due ?? today) < today)).toBe(true);
				if (left !== null) expect(addDays(today, left)).toBe(stage.due);
			}
		}),
	);
});
