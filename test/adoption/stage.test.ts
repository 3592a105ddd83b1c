import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allStages, positionAfter, STAGES, type Stage, standings, wayOf } from '#adoption/way/stage.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { anyDay } from './days.ts';

const COPIED = '2026-11-02' as Day;
const BLANK = { name: null, due: null, done: null, who: null, note: null, needed: true };
const said = (key: string, rest: Partial<Stage>): Stage => ({
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

test('on every day each stage is done, overdue, ahead or the one that is now, and at most one is now', () => {
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
			expect(found.map(({ stage }) => stage)).toEqual(way);
			expect(found.filter(({ state }) => state === 'now').length).toBeLessThanOrEqual(1);
			for (const { stage, state, left } of found) {
				expect(state === 'done').toBe(stage.done !== null);
				expect(state === 'overdue').toBe(stage.done === null && stage.due !== null && stage.due < today);
				if (left !== null) expect(addDays(today, left)).toBe(stage.due);
			}
		}),
	);
});
