import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayAt, dayOf, daysBetween, isoSecond, parseDay } from '#kernel/day.ts';

describe('a day', () => {
	test.each([
		[2025, 2, 28, '2025-02-28'],
		[2024, 2, 29, '2024-02-29'],
		[2025, 2, 29, null],
		[2025, 6, 31, null],
		[2025, 13, 1, null],
		[2025, 0, 1, null],
		[20026, 1, 1, null],
		[99, 1, 2, '0099-01-02'],
		[2025.5, 1, 1, null],
	])('of %s-%s-%s is %s', (year, month, date, expected) => {
		expect(dayOf(year, month, date)).toBe(expected);
	});

	test.each([
		['2025-05-19', true],
		['2025-5-19', false],
		['05/19/2025', false],
		['2025-02-30', false],
		['', false],
	])('is read from %s: %s', (text, fits) => {
		expect(parseDay(text) !== null).toBe(fits);
	});

	test('counts to another and back', () => {
		const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }).map(dayAt);
		fc.assert(
			fc.property(day, fc.integer({ min: -20_000, max: 20_000 }), (from, days) => {
				const to = addDays(from, days);
				expect(daysBetween(from, to)).toBe(days);
				expect(to > from).toBe(days > 0);
			}),
		);
	});
});

test('an instant is written to the second', () => {
	expect(isoSecond(new Date('2025-05-19T03:03:08.999Z'))).toBe('2025-05-19T03:03:08Z');
});
