import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarOf } from '#adoption/way/calendar.ts';
import type { Day } from '#kernel/day.ts';
import { anyDay } from './days.ts';

const AT = new Date('2026-11-27T15:04:05.678Z');

test('a day is a whole day, private, with nothing but its title', () => {
	const entry = { id: 'a-counsel', day: '2026-12-01' as Day, title: 'Counsel due; Separation, §3' };
	expect(calendarOf('Separation', [entry], AT).split('\r\n')).toEqual([
		...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//City Compact//Dates of a draft//EN', 'X-WR-CALNAME:Separation'],
		...['BEGIN:VEVENT', 'UID:a-counsel', 'DTSTAMP:20261127T150405Z', 'DTSTART;VALUE=DATE:20261201'],
		...['SUMMARY:Counsel due\\; Separation\\, §3', 'CLASS:PRIVATE', 'TRANSP:TRANSPARENT', 'END:VEVENT'],
		...['END:VCALENDAR', ''],
	]);
});

/** Reads a calendar as 3.1 and 3.3.11 of RFC 5545 say, without what wrote it. */
function read(text: string): { day: string; title: string; id: string }[] {
	const lines = text.replaceAll('\r\n ', '').split('\r\n');
	const values = (name: string) => lines.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length));
	const unescaped = (value: string) =>
		value.replaceAll(/\\(.)/gsu, (_, letter: string) => (letter === 'n' ? '\n' : letter));
	const [days, titles, ids] = [values('DTSTART;VALUE=DATE:'), values('SUMMARY:'), values('UID:')];
	return days.map((day, i) => ({ day, title: unescaped(titles[i] ?? ''), id: ids[i] ?? '' }));
}

const anyTitle = fc
	.string({
		unit: fc.oneof(
			fc.constantFrom('\\', ';', ',', '\n', 'é', '漢', '👩‍👩‍👧', ' ', ':'),
			fc.string({ unit: 'grapheme', maxLength: 1 }),
		),
		maxLength: 200,
	})
	.filter((title) => !/(?!\n)\p{Cc}/u.test(title));

test('whatever a title says, it comes back whole, and no line has more than 75 octets', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(anyDay, anyTitle), { maxLength: 5 }), (days) => {
			const entries = days.map(([day, title], i) => ({ id: `id-${i}`, day, title }));
			const text = calendarOf('Dates', entries, AT);
			expect(read(text)).toEqual(entries.map((entry) => ({ ...entry, day: entry.day.replaceAll('-', '') })));
			for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
			expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
		}),
		{ numRuns: 300 },
	);
});

test('no line can be smuggled in, and no half letter leaves', () => {
	const title = 'a\r\nEND:VCALENDAR\rb\u0000\ud800';
	const text = calendarOf('Dates', [{ id: 'x', day: '2026-12-01' as Day, title }], AT);
	expect(text.split('\r\n').filter((line) => line === 'END:VCALENDAR')).toHaveLength(1);
	expect(text).toContain('SUMMARY:a\\nEND:VCALENDAR\\nb \ufffd\r\n');
});
