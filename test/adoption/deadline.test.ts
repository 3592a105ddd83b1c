import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysIn, earliestAfter, isCountable, isMeeting, latestBefore, type Span } from '#adoption/way/deadline.ts';
import { closedOn, FEDERAL_CLOSURES } from '#adoption/way/holiday.ts';
import { addDays, type Day, daysBetween } from '#kernel/day.ts';
import { anyClosures, anyDay, anySpan } from './days.ts';

const day = (text: string) => text as Day;
const isOpen = (one: Day) => closedOn(one, FEDERAL_CLOSURES) === null;
const before = (to: string, span: Span, suits = isOpen) => latestBefore(day(to), span, suits, FEDERAL_CLOSURES);
const after = (from: string, span: Span, suits = isOpen) => earliestAfter(day(from), span, suits, FEDERAL_CLOSURES);
const span = (days: number, unit: Span['unit'], counted: Span['counted'] = 'first'): Span => ({ days, unit, counted });

test.each([
	['an agenda closes 3 business days before a Tuesday', '2026-12-08', span(3, 'business'), '2026-12-03'],
	['before a Monday it is the Wednesday', '2026-12-07', span(3, 'business'), '2026-12-02'],
	['Thanksgiving is no business day', '2026-11-30', span(3, 'business'), '2026-11-24'],
	['a notice 20 days before a hearing', '2027-01-05', span(20, 'calendar'), '2026-12-16'],
	['20 clear days', '2027-01-05', span(20, 'calendar', 'neither'), '2026-12-15'],
	['20 days with both ends', '2027-01-05', span(20, 'calendar', 'both'), '2026-12-17'],
	['moved on to the Friday before a Sunday', '2027-01-23', span(20, 'calendar'), '2026-12-31'],
	['over a leap day', '2028-03-09', span(10, 'calendar'), '2028-02-28'],
	['over no leap day', '2027-03-11', span(10, 'calendar'), '2027-03-01'],
	['0 days are the day itself', '2026-12-08', span(0, 'business'), '2026-12-08'],
	['or the open day before it', '2026-12-06', span(0, 'business'), '2026-12-04'],
])('%s', (_, to, rule, expected) => {
	expect(before(to, rule)).toBe(expected);
});

test.each([
	['30 days after adoption', '2027-01-19', span(30, 'calendar', 'last'), '2027-02-18'],
	['5 business days after a Friday', '2026-12-18', span(5, 'business', 'last'), '2026-12-28'],
	['10 business days over a year end', '2026-12-21', span(10, 'business', 'last'), '2027-01-06'],
	['30 days over a leap day', '2028-02-15', span(30, 'calendar', 'last'), '2028-03-16'],
])('%s', (_, from, rule, expected) => {
	expect(after(from, rule)).toBe(expected);
});

test('a council that meets on the second and fourth Tuesday does not on a holiday', () => {
	const meetings = { weekday: 2, weeks: [2, 4] };
	const year = Array.from({ length: 31 }, (_, i) => addDays(day('2026-12-01'), i));
	expect(year.filter((one) => isMeeting(one, meetings, FEDERAL_CLOSURES))).toEqual(['2026-12-08', '2026-12-22']);
	const city = { ...FEDERAL_CLOSURES, own: [{ day: day('2026-12-22'), name: 'Recess' }] };
	expect(year.filter((one) => isMeeting(one, meetings, city))).toEqual(['2026-12-08']);
});

test('counted back, a deadline is open, leaves the days there have to be, and is the last that does', () => {
	fc.assert(
		fc.property(anyDay, anySpan, anyClosures, (to, rule, closures) => {
			const suits = (one: Day) => closedOn(one, closures) === null;
			const found = latestBefore(to, rule, suits, closures);
			if (found === null) throw new Error('A business day is always within reach.');
			expect(closedOn(found, closures)).toBeNull();
			expect(daysIn(found, to, rule, closures)).toBeGreaterThanOrEqual(rule.days);
			// Days only get fewer towards the anchor: the next open day is enough.
			const next = earliestAfter(addDays(found, 1), { ...rule, days: 0 }, suits, closures);
			if (next && next <= to) expect(daysIn(next, to, rule, closures)).toBeLessThan(rule.days);
		}),
		{ numRuns: 60 },
	);
});

test('counted back and on again no day is lost: one goes on from a deadline to the anchor or earlier', () => {
	fc.assert(
		fc.property(anyDay, anySpan, anyClosures, (anchor, rule, closures) => {
			const suits = (one: Day) => closedOn(one, closures) === null;
			const back = latestBefore(anchor, rule, suits, closures);
			const on = back && earliestAfter(back, rule, () => true, closures);
			expect(on && on <= anchor).toBe(true);
			const forth = earliestAfter(anchor, rule, suits, closures);
			const again = forth && latestBefore(forth, rule, () => true, closures);
			expect(again && again >= anchor).toBe(true);
		}),
		{ numRuns: 150 },
	);
});

test('a later anchor never has an earlier deadline', () => {
	fc.assert(
		fc.property(anyDay, fc.integer({ min: 0, max: 40 }), anySpan, anyClosures, (anchor, days, rule, closures) => {
			const suits = (one: Day) => closedOn(one, closures) === null;
			const [one, other] = [anchor, addDays(anchor, days)].map((to) => latestBefore(to, rule, suits, closures));
			expect(one && other && one <= other).toBe(true);
		}),
		{ numRuns: 150 },
	);
});

test('calendar days are those between two days, with or without the ends', () => {
	fc.assert(
		fc.property(anyDay, fc.integer({ min: 1, max: 800 }), (from, apart) => {
			const to = addDays(from, apart);
			const count = (counted: Span['counted']) => daysIn(from, to, { unit: 'calendar', counted }, FEDERAL_CLOSURES);
			expect([count('first'), count('last'), count('both'), count('neither')]).toEqual([
				...[daysBetween(from, to), daysBetween(from, to), apart + 1, apart - 1],
			]);
		}),
		{ numRuns: 60 },
	);
});

test('days of our centuries can be counted from, and their deadlines are days', () => {
	expect(
		['1899-12-31', '1900-01-01', '2199-12-31', '2200-01-01', '9999-12-31'].map((one) => isCountable(day(one))),
	).toEqual([...[false, true, true, false, false]]);
	expect(before('1900-01-01', span(365, 'business'))).toMatch(/^1898-\d\d-\d\d$/);
	expect(after('2199-12-31', span(365, 'business', 'last'))).toMatch(/^2201-\d\d-\d\d$/);
});
