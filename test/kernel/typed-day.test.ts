import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readTypedDay } from '#kernel/typed-day.ts';
import { writtenDay } from '#kernel/written-day.ts';
import { anyDay } from '../adoption/days.ts';

it.each([
	['2026-12-03', '2026-12-03', '2026-12-03'],
	['3 Dec 2026', '2026-12-03', '2026-12-03'],
	['December 3, 2026', '2026-12-03', '2026-12-03'],
	['Dec. 3rd, 2026', '2026-12-03', '2026-12-03'],
	['3 de diciembre de 2026', '2026-12-03', '2026-12-03'],
	['1º de enero de 2027', null, null],
	['12/3/2026', '2026-12-03', null],
	['25/12/2026', null, '2026-12-25'],
	['12/25/2026', '2026-12-25', '2026-12-25'],
	['5/5/2026', '2026-05-05', '2026-05-05'],
	['31 June 2026', null, null],
	['3 Dec', null, null],
	['next Tuesday', null, null],
	['', null, null],
])('%s is %s in English and %s in Spanish', (text, en, es) => {
	expect([readTypedDay(text, 'en'), readTypedDay(text, 'es')]).toEqual([en, es]);
});

it('whatever else is typed is a day or none', () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			expect(readTypedDay(text, 'en') ?? '2026-01-01').toMatch(/^\d{4}-\d\d-\d\d$/);
		}),
		{ numRuns: 300 },
	);
});

it('a day is written as people write it, and read as the same day', () => {
	expect(writtenDay('2026-11-28', 'en')).toBe('November 28, 2026');
	expect(writtenDay('2026-09-01T23:59:00Z', 'es')).toBe('1 de septiembre de 2026');
	fc.assert(
		fc.property(anyDay, fc.constantFrom('en', 'es'), (day, language) => {
			expect(readTypedDay(writtenDay(day, language), language)).toBe(day);
		}),
	);
});
