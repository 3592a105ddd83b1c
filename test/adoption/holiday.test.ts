import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	closedOn,
	dayOfHoliday,
	FEDERAL_CLOSURES,
	FEDERAL_HOLIDAYS,
	LOCAL_HOLIDAYS,
	weekdayOf,
	weekOf,
} from '#adoption/way/holiday.ts';
import { addDays, type Day, daysBetween } from '#kernel/day.ts';
import { anyDay } from './days.ts';

const day = (text: string) => text as Day;

/** As the Office of Personnel Management lists the days on which federal offices are closed. */
const LISTED: Readonly<Record<string, readonly string[]>> = {
	2021: [
		...['2021-01-01', '2021-01-18', '2021-02-15', '2021-05-31', '2021-06-18', '2021-07-05', '2021-09-06'],
		...['2021-10-11', '2021-11-11', '2021-11-25', '2021-12-24', '2021-12-31'],
	],
	2026: [
		...['2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25', '2026-06-19', '2026-07-03', '2026-09-07'],
		...['2026-10-12', '2026-11-11', '2026-11-26', '2026-12-25'],
	],
	2027: [
		...['2027-01-01', '2027-01-18', '2027-02-15', '2027-05-31', '2027-06-18', '2027-07-05', '2027-09-06'],
		...['2027-10-11', '2027-11-11', '2027-11-25', '2027-12-24', '2027-12-31'],
	],
	2028: [
		...['2028-01-17', '2028-02-21', '2028-05-29', '2028-06-19', '2028-07-04', '2028-09-04'],
		...['2028-10-09', '2028-11-10', '2028-11-23', '2028-12-25'],
	],
};

test.each(Object.entries(LISTED))('the federal holidays of %s close these days of the week', (year, listed) => {
	const days = Array.from({ length: 366 }, (_, i) => addDays(day(`${year}-01-01`), i));
	const closed = days.filter((one) => one.startsWith(year) && closedOn(one, FEDERAL_CLOSURES)?.kind === 'holiday');
	expect(closed.filter((one) => ![0, 6].includes(weekdayOf(one)))).toEqual(listed);
});

test.each([
	['the Friday before New Year on a Saturday lies in the year before', '2027-12-31', 'new_year'],
	['Independence Day on a Saturday closes the Friday', '2026-07-03', 'independence'],
	['Independence Day on a Sunday closes the Monday', '2027-07-05', 'independence'],
	['New Year on a Sunday closes the Monday', '2023-01-02', 'new_year'],
	['and its own day', '2027-07-04', 'independence'],
])('%s', (_, one, holiday) => {
	expect(closedOn(day(one), FEDERAL_CLOSURES)).toEqual({ kind: 'holiday', holiday });
});

test('a city takes a holiday away, adds one of the others, or names a day of its own', () => {
	const own = { day: day('2026-12-28'), name: 'Winter closure' };
	const city = {
		...FEDERAL_CLOSURES,
		holidays: [...FEDERAL_HOLIDAYS.filter((key) => key !== 'columbus'), 'after_thanksgiving', 'chavez'] as const,
		own: [own],
	};
	expect(closedOn(day('2026-10-12'), city)).toBeNull();
	expect(closedOn(day('2026-11-27'), city)).toEqual({ kind: 'holiday', holiday: 'after_thanksgiving' });
	expect(closedOn(day('2026-03-31'), city)).toEqual({ kind: 'holiday', holiday: 'chavez' });
	expect(closedOn(day('2026-12-28'), city)).toEqual({ kind: 'own', name: 'Winter closure' });
	expect(closedOn(day('2026-12-29'), city)).toBeNull();
});

test('a city that does not move holidays of a Saturday is open on the Friday', () => {
	const city = { ...FEDERAL_CLOSURES, fridayBefore: false };
	expect(closedOn(day('2026-07-03'), city)).toBeNull();
	expect(closedOn(day('2027-07-05'), city)).toEqual({ kind: 'holiday', holiday: 'independence' });
});

test('in every year each holiday closes a business day of the week it falls in or next to it', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1990, max: 2190 }),
			fc.constantFrom(...FEDERAL_HOLIDAYS, ...LOCAL_HOLIDAYS),
			(year, key) => {
				const holiday = dayOfHoliday(key, year);
				expect(holiday.slice(0, 4)).toBe(String(year));
				const alone = { ...FEDERAL_CLOSURES, holidays: [key] };
				const near = [-1, 0, 1]
					.map((days) => addDays(holiday, days))
					.filter((one) => closedOn(one, alone)?.kind === 'holiday' && ![0, 6].includes(weekdayOf(one)));
				expect(near).toHaveLength(1);
				expect(Math.abs(daysBetween(holiday, near[0] ?? holiday))).toBeLessThanOrEqual(1);
			},
		),
	);
});

test('a day is of one week of its month, as the weekday before it of the week before', () => {
	fc.assert(
		fc.property(anyDay, (one) => {
			const before = addDays(one, -7);
			expect(weekOf(one)).toBe(before.slice(0, 7) === one.slice(0, 7) ? weekOf(before) + 1 : 1);
		}),
	);
});
