import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planned } from '#adoption/way/plan.ts';
import { FIRST_RULES } from '#adoption/way/rule.ts';
import { allStages } from '#adoption/way/stage.ts';
import type { Day } from '#kernel/day.ts';

const page = readFileSync('docs/adoption/dates.md', 'utf8');
/** Rows of the table below a heading, without its head. */
const rows = (heading: string) =>
	[...(page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '').matchAll(/^\| (.*) \|$/gm)]
		.map(([, row = '']) => row.split(' | '))
		.slice(1);

test('the rules of a city that has said nothing yet are documented as they are', () => {
	expect(rows('Rules')).toEqual(
		FIRST_RULES.rules.map(({ earlier, later, days, unit, counted, moves }) => [
			...[earlier, later, String(days), unit, counted, moves ? 'yes' : 'no'],
		]),
	);
});

test('the example by hand is what the program counts', () => {
	const city = { ...FIRST_RULES, meetings: { weekday: 2, weeks: [1, 3] } };
	const anchor = { at: 'grant_answer', day: '2027-02-28' as Day } as const;
	const { days } = planned(allStages([], '2026-11-02' as Day), anchor, city);
	const byHand = rows('An example by hand').map(([stage, day]) => [stage, day]);
	expect(Object.fromEntries([...byHand, [anchor.at, anchor.day]])).toEqual(Object.fromEntries(days));
});
