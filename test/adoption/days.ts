import fc from 'fast-check';
import { COUNTED, type Meetings, type Span } from '#adoption/way/deadline.ts';
import { type Closures, FEDERAL_HOLIDAYS, LOCAL_HOLIDAYS, MOST_WEEKDAYS } from '#adoption/way/holiday.ts';
import type { CityRules, Rule } from '#adoption/way/rule.ts';
import { STAGES } from '#adoption/way/stage.ts';
import { addDays, type Day } from '#kernel/day.ts';

/** Days over two centuries, leap years and year ends among them more often than by chance. */
export const anyDay: fc.Arbitrary<Day> = fc.oneof(
	fc.integer({ min: 0, max: 73_000 }).map((days) => addDays('1995-01-01' as Day, days)),
	fc
		.tuple(fc.integer({ min: 1996, max: 2180 }), fc.integer({ min: -8, max: 8 }))
		.map(([year, days]) => addDays(`${year}-01-01` as Day, days)),
	fc.constantFrom('2024-02-29', '2028-02-29', '2100-02-28', '2100-03-01', '2028-12-31').map((day) => day as Day),
);

export const anySpan: fc.Arbitrary<Span> = fc.record({
	days: fc.oneof(fc.integer({ min: 0, max: 45 }), fc.integer({ min: 0, max: 365 })),
	unit: fc.constantFrom('calendar', 'business'),
	counted: fc.constantFrom(...COUNTED),
});

export const anyClosures: fc.Arbitrary<Closures> = fc.record({
	weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: MOST_WEEKDAYS }),
	holidays: fc.subarray([...FEDERAL_HOLIDAYS, ...LOCAL_HOLIDAYS]),
	fridayBefore: fc.boolean(),
	own: fc.array(fc.record({ day: anyDay, name: fc.constant('Closed') }), { maxLength: 3 }),
});

const anyMeetings: fc.Arbitrary<Meetings> = fc.record({
	weekday: fc.integer({ min: 0, max: 6 }),
	weeks: fc.subarray([1, 2, 3, 4], { minLength: 1 }),
});

const anyRule: fc.Arbitrary<Rule> = fc
	.tuple(fc.integer({ min: 0, max: STAGES.length - 2 }), fc.nat(), anySpan, fc.boolean())
	.map(([at, further, span, moves]) => ({
		...span,
		days: span.days % 60,
		earlier: STAGES[at] ?? 'copied',
		later: STAGES[at + 1 + (further % (STAGES.length - at - 1))] ?? 'grant_answer',
		moves,
		source: '',
	}));

export const anyCity: fc.Arbitrary<CityRules> = fc.record({
	rules: fc.array(anyRule, { maxLength: 10 }),
	closures: anyClosures,
	meetings: fc.option(anyMeetings),
});
