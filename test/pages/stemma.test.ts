import { expect, test } from 'vitest';
import type { Day } from '#kernel/day.ts';
import { speech } from '../../src/i18n/message.ts';
import type { Descent } from '../../src/reuse/lineage.ts';
import { shareName } from '../../src/routes/concordance/clause-name.ts';
import { findingOf, type KinLine } from '../../src/routes/concordance/finding.ts';
import { stemmaOf } from '../../src/routes/concordance/stemma.ts';

const t = speech('en');
const place = (id: string) => ({ id, kind: 'city', name: id, stateCode: 'ZZ', slug: id });
const at = (day: string, parent: number | null, owner = 'Elm'): Descent =>
	({
		clause: {
			day,
			eId: 'sec_1',
			cited: '§ 1',
			work: { place: place(owner), number: `Ordinance ${day.slice(0, 4)}`, title: 'An ordinance', sample: false },
		},
		parent,
		kept: 0.9,
		same: 9,
		of: 10,
		series: false,
	}) as unknown as Descent;
const kin = (n: number, day: string, owner: string, same: number): KinLine =>
	({ at: n, day: day as Day, placeId: owner, same, terms: 100, otherTerms: 100 }) as KinLine;

test('each clause has a line of its own below the one it goes on from, further right the later it is', () => {
	const stemma = stemmaOf([at('2014-01-01', null), at('2016-01-01', 0), at('2017-01-01', 0), at('2020-01-01', 1)]);
	expect(stemma.marks.map((mark) => mark.at)).toEqual([0, 1, 3, 2]);
	expect(stemma.marks.map(({ y }) => y)).toEqual([18, 48, 78, 108]);
	expect(stemma.marks.map(({ from }) => from?.y ?? null)).toEqual([null, 18, 48, 18]);
	const byDay = stemma.marks.toSorted((one, other) => one.at - other.at).map(({ x }) => x);
	expect(byDay).toEqual(byDay.toSorted((one, other) => one - other));
	expect(Math.max(...byDay)).toBe(62);
});

test.each([
	[['2014-03-04', '2016-07-01'], 'year', ['2014-01-01', '2015-01-01', '2016-01-01']],
	[
		['1990-01-01', '2026-01-01'],
		'year',
		['1990-01-01', '1995-01-01', '2000-01-01', '2005-01-01', '2010-01-01', '2015-01-01', '2020-01-01', '2025-01-01'],
	],
	[['2026-10-29', '2026-11-26'], 'month', ['2026-10-01', '2026-11-01']],
	[['2026-01-01', '2026-12-31'], 'month', ['2026-01-01', '2026-06-01', '2026-11-01']],
	[['2026-11-26', '2026-11-26'], 'month', ['2026-11-01']],
] as const)('between %j time is told by the %s', (days, by, ticks) => {
	const stemma = stemmaOf(days.map((day) => at(day, null)));
	expect([stemma.by, stemma.ticks.map(({ day }) => day)]).toEqual([by, ticks]);
	for (const { x } of [...stemma.ticks, ...stemma.marks]) expect(x >= 0 && x <= 62).toBe(true);
});

test('the finding tells other places from the same city’s own series, and earlier from later', () => {
	const told = [at('2014-01-01', null), at('2016-01-01', 0, 'Oak'), at('2017-01-01', 0)];
	const [first, , last] = told as [Descent, Descent, Descent];
	const oak = kin(1, '2016-01-01', 'Oak', 80);
	const elm = kin(2, '2017-01-01', 'Elm', 90);
	expect(findingOf(first, [oak, elm], told, t)).toBe(
		'1 later policy has some of these words: Oak, ZZ, Ordinance 2016, § 1 keeps 80% of them',
	);
	expect(findingOf(first, [elm], told, t)).toBe(
		'1 later policy of Elm itself has some of these words: Elm, ZZ, Ordinance 2017, § 1 keeps 90% of them',
	);
	expect(findingOf(last, [oak], told, t)).toBe(
		'1 earlier policy has some of these words: 80% of those of Oak, ZZ, Ordinance 2016, § 1 are kept here',
	);
	expect(findingOf(last, [kin(1, '2017-01-01', 'Oak', 80)], told, t)).toBe(
		'1 policy of the same day has some of these words',
	);
});

test('what is not the whole is never called 100 %', () => {
	expect([1, 0.999, 0.5].map((share) => shareName(share, t))).toEqual(['100%', '99%', '50%']);
});
