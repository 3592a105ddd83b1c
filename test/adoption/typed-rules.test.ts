import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CityRules, FIRST_RULES } from '#adoption/way/rule.ts';
import { rulesTyped } from '#adoption/way/typed-rules.ts';
import { anyCity } from './days.ts';

/** What the page's form sends for rules. */
function typed({ rules, closures, meetings }: CityRules): FormData {
	const form = new FormData();
	rules.forEach(({ moves, ...rule }, i) => {
		for (const [name, value] of Object.entries(rule)) form.set(`${name}-${i}`, String(value));
		if (moves) form.set(`moves-${i}`, 'yes');
	});
	for (const weekday of closures.weekdays) form.append('weekday', String(weekday));
	for (const holiday of closures.holidays) form.append('holiday', holiday);
	if (closures.fridayBefore) form.set('friday', 'yes');
	form.set('own', closures.own.map(({ day, name }) => `${day}: ${name}`).join('\r\n'));
	form.set('meets', meetings ? String(meetings.weekday) : '');
	for (const week of meetings?.weeks ?? []) form.append('week', String(week));
	return form;
}

const sortedCity = anyCity.map((city) => ({
	...city,
	rules: city.rules.filter(
		(rule, i) =>
			city.rules.findIndex((one) =>
				['earlier', 'later', 'unit'].every((key) => key in one && one[key as 'unit'] === rule[key as 'unit']),
			) === i,
	),
	closures: { ...city.closures, weekdays: [...city.closures.weekdays].sort(), holidays: [...city.closures.holidays] },
}));

test('what the page shows and somebody sends back is the same', () => {
	expect(rulesTyped(typed(FIRST_RULES), 'en')).toEqual(FIRST_RULES);
	fc.assert(
		fc.property(sortedCity, fc.constantFrom('en', 'es'), (city, language) => {
			expect(rulesTyped(typed(city), language)).toEqual(city);
		}),
	);
});

const changed = (fields: Readonly<Record<string, string | readonly string[]>>) => {
	const form = typed(FIRST_RULES);
	for (const [name, value] of Object.entries(fields)) {
		form.delete(name);
		for (const one of [value].flat()) form.append(name, one as string);
	}
	return form;
};

test.each([
	['a number that is none', { 'days-0': 'ten' }, { wrong: 'days', typed: 'ten' }],
	['more days than a year', { 'days-0': '366' }, { wrong: 'days', typed: '366' }],
	['a rule the wrong way round', { 'earlier-0': 'hearing' }, { wrong: 'order', typed: '10' }],
	['a stage that is none', { 'later-0': 'party' }, { wrong: 'order', typed: '10' }],
	['the same rule twice', { 'earlier-1': 'blanks', 'later-1': 'counsel' }, { wrong: 'twice', typed: '1' }],
	['a city that never opens', { weekday: ['0', '1', '2', '3', '4', '5', '6'] }, { wrong: 'weekdays', typed: '7' }],
	['meetings in no week', { meets: '2' }, { wrong: 'weeks', typed: '2' }],
	[
		'a day that is none',
		{ own: 'Dec 28, 2026: Closed\n31 June 2026: Fair' },
		{ wrong: 'own', typed: '31 June 2026: Fair' },
	],
])('%s is refused', (_, fields, expected) => {
	expect(rulesTyped(changed(fields), 'en')).toEqual(expected);
});

test('a rule without days is none, days of its own have a name or none, and Juneteenth goes', () => {
	const found = rulesTyped(
		changed({
			...{ 'days-0': '', own: 'Dec 28, 2026: Winter: closed\n\n2026-12-29', meets: '2', week: ['4', '2'] },
			holiday: FIRST_RULES.closures.holidays.filter((key) => key !== 'juneteenth'),
		}),
		'en',
	);
	if ('wrong' in found) throw new Error(found.wrong);
	expect(found.rules).toEqual(FIRST_RULES.rules.slice(1));
	expect(found.closures.own).toEqual([
		{ day: '2026-12-28', name: 'Winter: closed' },
		{ day: '2026-12-29', name: '' },
	]);
	expect(found.closures.holidays).not.toContain('juneteenth');
	expect(found.meetings).toEqual({ weekday: 2, weeks: [2, 4] });
});

test('whatever else is sent is rules or a reason, and never a rule that cannot be kept', () => {
	const anyForm = fc.array(
		fc.tuple(
			fc.constantFrom(
				'days-0',
				'earlier-0',
				'later-0',
				'counted-0',
				'unit-0',
				'own',
				'meets',
				'week',
				'weekday',
				'holiday',
			),
			fc.oneof(fc.string(), fc.constantFrom('3', 'hearing', 'packet', 'king', '2026-01-01: x')),
		),
	);
	fc.assert(
		fc.property(anyForm, (fields) => {
			const form = new FormData();
			for (const [name, value] of fields) form.append(name, value);
			const found = rulesTyped(form, 'en');
			if ('wrong' in found) {
				expect(found.typed.length).toBeLessThanOrEqual(80);
				return;
			}
			for (const { days } of found.rules) expect(days).toBeLessThanOrEqual(365);
			expect(found.closures.weekdays.length).toBeLessThanOrEqual(4);
			expect(found.meetings?.weeks.length).not.toBe(0);
		}),
	);
});
