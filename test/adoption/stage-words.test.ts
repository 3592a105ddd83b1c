import { expect, test } from 'vitest';
import { allStages, STAGES, type Stage, standings, wayOf } from '#adoption/way/stage.ts';
import { speech } from '#i18n/message.ts';
import type { Day } from '#kernel/day.ts';
import { heading, how, isOnTheDay, when } from '../../src/routes/adoption/stage-words.ts';

const BLANK = { name: null, due: null, done: null, who: null, note: null, needed: true };
const DRAWN: Readonly<Record<string, Partial<Stage>>> = {
	blanks: { due: '2026-11-20' as Day },
	counsel: { due: '2026-12-01' as Day, name: 'City attorney' },
	introduced: { due: '2026-12-08' as Day },
	notice: { due: '2026-12-15' as Day },
	hearing: { due: '2027-01-05' as Day },
	adopted: { due: '2027-01-19' as Day },
	in_force: { due: '2027-02-18' as Day },
	grant_answer: { due: '2027-02-28' as Day },
};

/** Each stage in a line, as on 23 November. */
function lines(language: 'en' | 'es', days = DRAWN): string[] {
	const t = speech(language);
	const said = Object.entries(days).map(([key, rest]) => ({
		...{ ...BLANK, key, position: (STAGES as readonly string[]).indexOf(key) * 100 },
		...rest,
	}));
	const way = wayOf(allStages(said, '2026-11-02' as Day));
	return standings(way, '2026-11-23' as Day).map((standing) =>
		[heading(standing.stage, t), when(standing, t), how(standing, way, t)].join(' | '),
	);
}

test('where a draft stands is said in words, in both languages', () => {
	expect(lines('en')).toEqual([
		'Copied | November 2, 2026 | done',
		'Blanks filled | due November 20, 2026 | overdue by 3 days',
		'City attorney | due December 1, 2026 | in 8 days',
		'Packet | no day yet | no day yet',
		'Introduced | December 8, 2026 | in 15 days',
		'Notice of the hearing | due December 15, 2026 | in 22 days',
		'Hearing | January 5, 2027 | notice due December 15, 2026',
		'Vote | January 19, 2027 | in 57 days',
		'In force | February 18, 2027 | 30 days after the vote',
		'Grant answer due | February 28, 2027 | 10 days to spare',
	]);
	expect(lines('es').slice(1, 4)).toEqual([
		'Espacios llenos | vence 20 de noviembre de 2026 | vencida hace 3 días',
		'City attorney | vence 1 de diciembre de 2026 | en 8 días',
		'Expediente | sin fecha todavía | sin fecha todavía',
	]);
});

test.each([
	[
		'the next stage tells what is left',
		{ blanks: { due: '2026-12-01' as Day } },
		1,
		'due December 1, 2026 | 8 days left',
	],
	['one that is due today says so', { blanks: { due: '2026-11-23' as Day } }, 1, 'due November 23, 2026 | today'],
	[
		'what is done shows the day it was done',
		{ blanks: { ...DRAWN.blanks, done: '2026-11-22' as Day } },
		1,
		'November 22, 2026 | done',
	],
	[
		'a notice that was given is told as given',
		{ notice: { done: '2026-11-20' as Day }, hearing: DRAWN.hearing ?? {} },
		5,
		'January 5, 2027 | notice given November 20, 2026',
	],
	[
		'an answer before a text is in force is too late',
		{ in_force: { due: '2027-03-01' as Day }, grant_answer: DRAWN.grant_answer ?? {} },
		4,
		'February 28, 2027 | 1 day too late',
	],
	[
		'what the vote left behind waits for nobody',
		{ counsel: { due: '2026-11-10' as Day }, adopted: { done: '2026-11-20' as Day } },
		2,
		'November 10, 2026 | no longer open',
	],
	[
		'what was voted on is in force since its day',
		{ adopted: { done: '2026-11-20' as Day }, in_force: { due: '2026-11-22' as Day } },
		5,
		'November 22, 2026 | since that day',
	],
])('%s', (_, days, at, expected) => {
	expect(lines('en', days)[at]).toContain(expected);
});

test('beside the blanks stands how many are filled, as long as they are not done', () => {
	const t = speech('en');
	const way = wayOf(allStages([], '2026-11-02' as Day));
	const [copied, blanks] = standings(way, '2026-11-23' as Day);
	if (!copied || !blanks) throw new Error('A draft begins with stages.');
	expect(how(blanks, way, t, { blanks: { filled: 9, of: 11 } })).toBe('9 of 11 filled');
	expect(how(blanks, way, t, { blanks: { filled: 0, of: 0 } })).toBe('none to fill');
	expect(how({ ...blanks, state: 'done' }, way, t, { blanks: { filled: 11, of: 11 } })).toBe('done');
	expect(how(copied, way, t, { blanks: { filled: 9, of: 11 } })).toBe('done');
});

test('beside the stage of counsel stands since when it has the draft', () => {
	const t = speech('en');
	const way = wayOf(allStages([], '2026-11-02' as Day));
	const counsel = standings(way, '2026-11-23' as Day).find(({ stage }) => stage.key === 'counsel');
	if (!counsel) throw new Error('A draft goes to counsel.');
	const sent = '2026-11-20' as Day;
	const day = t.date(sent);
	expect(how(counsel, way, t, { sent })).toBe(`sent ${day}`);
	expect(how({ ...counsel, state: 'overdue', left: -2 }, way, t, { sent })).toBe(`overdue by 2 days, sent ${day}`);
	expect(how({ ...counsel, state: 'done' }, way, t, { sent })).toBe('done');
});

test('what has to be done by a day is told apart from what happens on it', () => {
	expect(STAGES.filter(isOnTheDay)).toEqual(['introduced', 'hearing', 'adopted', 'in_force', 'grant_answer']);
});
