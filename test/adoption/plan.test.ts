import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMeeting, latestBefore } from '#adoption/way/deadline.ts';
import { closedOn, FEDERAL_CLOSURES } from '#adoption/way/holiday.ts';
import { firstVote, planned, troubles } from '#adoption/way/plan.ts';
import { type CityRules, FIRST_RULES } from '#adoption/way/rule.ts';
import { allStages, STAGES, type Stage, wayOf } from '#adoption/way/stage.ts';
import { addDays, type Day } from '#kernel/day.ts';
import { anyCity, anyDay } from './days.ts';

const day = (text: string) => text as Day;
const CITY: CityRules = { ...FIRST_RULES, meetings: { weekday: 2, weeks: [1, 3] } };
const BLANK = { name: null, due: null, done: null, who: null, note: null, needed: true };
const fresh = allStages([], day('2026-11-02'));

/** Stages with days, as if they had been said. */
function stages(days: Readonly<Record<string, string>>, done: Readonly<Record<string, string>> = {}): readonly Stage[] {
	const said = [...new Set([...Object.keys(days), ...Object.keys(done)])].map((key) => ({
		...{ ...BLANK, key, position: (STAGES as readonly string[]).indexOf(key) * 100 },
		...(days[key] ? { due: day(days[key]) } : {}),
		...(done[key] ? { done: day(done[key]) } : {}),
	}));
	return allStages(said, day('2026-11-02'));
}

const AS_DRAWN = {
	blanks: '2026-11-24',
	counsel: '2026-12-09',
	packet: '2026-12-10',
	introduced: '2026-12-15',
	notice: '2026-12-16',
	hearing: '2027-01-05',
	adopted: '2027-01-19',
	in_force: '2027-02-18',
};

test('from a vote the days are counted backwards, and on to the day it is in force', () => {
	const plan = planned(fresh, { at: 'adopted', day: day('2027-01-19') }, CITY);
	expect(Object.fromEntries(plan.days)).toEqual(AS_DRAWN);
	expect(plan.unplaced).toEqual([]);
});

test('from the answer to a grant the vote is the last meeting from which it is in force in time', () => {
	const plan = planned(fresh, { at: 'grant_answer', day: day('2027-02-28') }, CITY);
	expect(Object.fromEntries(plan.days)).toEqual({ ...AS_DRAWN, grant_answer: '2027-02-28' });
	const closer = planned(fresh, { at: 'grant_answer', day: day('2027-02-17') }, CITY);
	expect([closer.days.get('adopted'), closer.days.get('in_force')]).toEqual(['2027-01-05', '2027-02-04']);
});

test('without meeting days a vote is proposed on the last business day', () => {
	const plan = planned(fresh, { at: 'grant_answer', day: day('2027-02-28') }, FIRST_RULES);
	expect([plan.days.get('adopted'), plan.days.get('in_force')]).toEqual(['2027-01-29', '2027-02-28']);
});

test('what is done stays on its day, and what is not needed is left out', () => {
	const said = stages({}, { blanks: '2026-11-20' }).map((stage) =>
		stage.key === 'hearing' ? { ...stage, needed: false } : stage,
	);
	const { days } = planned(said, { at: 'adopted', day: day('2027-01-19') }, CITY);
	expect([...days.keys()].sort()).toEqual(['adopted', 'counsel', 'in_force', 'introduced', 'packet']);
	expect(days.get('introduced')).toBe('2027-01-19');
});

test('a council that never meets has no day', () => {
	const city = { ...CITY, closures: { ...FEDERAL_CLOSURES, own: [] }, meetings: { weekday: 2, weeks: [] } };
	const plan = planned(fresh, { at: 'adopted', day: day('2027-01-19') }, city);
	expect(plan.unplaced).toEqual(['hearing', 'introduced']);
});

test('the first vote that can still be kept: a day later and its first deadline was yesterday', () => {
	expect(firstVote(fresh, day('2026-11-24'), CITY)).toBe('2027-01-19');
	expect(firstVote(fresh, day('2026-11-25'), CITY)).toBe('2027-02-02');
});

const told = (
	days: Readonly<Record<string, string>>,
	today = '2026-11-20',
	city = CITY,
	done: Readonly<Record<string, string>> = {},
) =>
	troubles(wayOf(stages(days, done)), city, day(today)).map((trouble) => {
		if (trouble.kind === 'short') return `short ${trouble.rule.earlier} ${trouble.rule.later} ${trouble.has}`;
		if (trouble.kind === 'order') return `order ${trouble.earlier.key} ${trouble.later.key}`;
		if (trouble.kind !== 'tight') return `${trouble.kind} ${trouble.stage.key}`;
		const steps = trouble.steps.map((step) => `${step.stage.key} ${step.day}`);
		return `tight ${trouble.short}: ${steps.join(', ')}${trouble.copied ? `; copied ${trouble.copied}` : ''}`;
	});

test.each([
	['nothing where all is kept', AS_DRAWN, []],
	['a notice too late by a day', { ...AS_DRAWN, notice: '2026-12-17' }, ['short notice hearing 19']],
	['a hearing on a day of no meeting', { ...AS_DRAWN, hearing: '2027-01-06' }, ['no_meeting hearing']],
	['a hearing after the vote', { ...AS_DRAWN, hearing: '2027-02-02' }, ['order hearing adopted']],
	['a notice after the hearing', { ...AS_DRAWN, notice: '2027-01-06' }, ['order notice hearing']],
	['papers due on Thanksgiving', { ...AS_DRAWN, blanks: '2026-11-26' }, ['closed blanks', 'short blanks counsel 8']],
	['in force after the answer', { ...AS_DRAWN, grant_answer: '2027-02-17' }, ['order in_force grant_answer']],
	['in force on a Sunday is nothing', { ...AS_DRAWN, in_force: '2027-02-21' }, []],
])('%s is told', (_, days, expected) => {
	expect(told(days)).toEqual(expected);
});

test('a meeting on a holiday is told as closed, and what is past as past', () => {
	const city = { ...CITY, closures: { ...FEDERAL_CLOSURES, own: [{ day: day('2027-01-05'), name: 'Recess' }] } };
	expect(told(AS_DRAWN, '2026-11-09', city)).toEqual(['closed hearing']);
	expect(told({ ...AS_DRAWN, blanks: '2026-11-20' }, '2026-11-21')).toEqual(['past blanks']);
});

test('a vote for which the rules leave too little time is told once, with the steps that should be done', () => {
	expect(told(AS_DRAWN, '2026-11-25')).toEqual(['tight 1: blanks 2026-11-24']);
	const near = Object.fromEntries(planned(fresh, { at: 'adopted', day: day('2026-12-01') }, CITY).days);
	expect(told(near, '2026-11-02')).toEqual([
		'tight 19: blanks 2026-10-14, counsel 2026-10-28, notice 2026-10-28, packet 2026-10-29; copied 2026-11-02',
	]);
	expect(told(near, '2026-11-02', CITY, { blanks: '2026-11-02' })).toEqual([
		'tight 5: counsel 2026-10-28, notice 2026-10-28, packet 2026-10-29; copied 2026-11-02',
	]);
	expect(told({ adopted: '2026-11-17' }, '2026-11-18'), 'a vote that is past').toEqual(['past adopted']);
});

test('a day before the copy is told of that day, since nobody can move the copy', () => {
	expect(told({ counsel: '2026-10-30' }, '2026-11-20')).toEqual(['uncopied counsel']);
	expect(told({}, '2026-11-20', CITY, { counsel: '2026-10-30' }), 'the city knows what it did').toEqual([]);
});

test('once the vote was held nothing is said of what nobody can move any more, and the rest is counted on from it', () => {
	const held = { adopted: '2027-01-19' };
	expect(told(AS_DRAWN, '2027-03-01', CITY, held)).toEqual([]);
	expect(told({}, '2027-03-01', CITY, { ...held, hearing: '2027-01-18' })).toEqual(['short hearing adopted 1']);
	const { days } = planned(stages({}, held), { at: 'adopted', day: day('2027-01-19') }, CITY);
	expect([...days.keys()]).toEqual(['adopted', 'in_force']);
});

test('a plan of any city has no trouble but a day that is past, and what the anchor itself brings', () => {
	fc.assert(
		fc.property(anyDay, anyCity, fc.boolean(), (anchor, city, grant) => {
			const at = grant ? 'grant_answer' : 'adopted';
			const { days, unplaced } = planned(allStages([], day('1994-01-01')), { at, day: anchor }, city);
			const way = wayOf(stages(Object.fromEntries(days)));
			const found = troubles(way, city, day('1990-01-01')).filter(
				(one) =>
					!('stage' in one && one.stage.key === at) &&
					one.kind !== 'uncopied' &&
					// Rules of the day of copying are about the past, and a rule across the vote may be impossible.
					!(one.kind !== 'closed' && one.kind !== 'no_meeting' && ('earlier' in one ? crosses(one) : false)),
			);
			if (unplaced.length === 0) expect(found).toEqual([]);
			for (const [key, one] of days)
				if (['introduced', 'hearing', 'adopted'].includes(key) && key !== at)
					expect(closedOn(one, { ...city.closures, weekdays: city.meetings ? [] : city.closures.weekdays })).toBeNull();
		}),
		{ numRuns: 150 },
	);
});

/** Whether one is before the vote and one after it: there the vote is chosen and the rest is counted on. */
function crosses({ earlier, later }: { readonly earlier: Stage; readonly later: Stage }): boolean {
	const at = (key: string) => (STAGES as readonly string[]).indexOf(key);
	return earlier.key === 'copied' || at(later.key) > at('adopted');
}

test('a later anchor never brings an earlier day', () => {
	fc.assert(
		fc.property(anyDay, anyDay, anyCity, (one, other, city) => {
			const [first, second] = [one, other]
				.sort()
				.map((anchor) => planned(fresh, { at: 'adopted', day: anchor }, city).days);
			for (const [key, early] of first ?? []) {
				const late = second?.get(key);
				if (late) expect(early <= late, key).toBe(true);
			}
		}),
		{ numRuns: 100 },
	);
});

test('the first vote leaves every deadline today or later, and no meeting before it does', () => {
	const common = anyCity.map((city) => ({ ...city, rules: FIRST_RULES.rules }));
	fc.assert(
		fc.property(anyDay, common, (today, city) => {
			const vote = firstVote(fresh, today, city);
			const holds = (day: Day) =>
				[...planned(fresh, { at: 'adopted', day }, city).days.values()].every((one) => one >= today);
			expect(vote !== null && vote >= today && holds(vote)).toBe(true);
			const suits = (day: Day) =>
				city.meetings ? isMeeting(day, city.meetings, city.closures) : closedOn(day, city.closures) === null;
			const before = latestBefore(
				addDays(vote ?? today, -1),
				{ days: 0, unit: 'calendar', counted: 'first' },
				suits,
				city.closures,
			);
			expect(before && before >= today && holds(before)).toBeFalsy();
		}),
		{ numRuns: 60 },
	);
});
