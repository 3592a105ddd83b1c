import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { counting, RULES, sayRules } from '#adoption/program/rules.server.ts';
import type { DataRecord } from '#kernel/field.ts';
import { signedIn } from '../access/signed-in.ts';
import { stocked } from './stocked.ts';

const { world, cityOf } = await stocked();
const clerk = await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') });
const observer = await signedIn(world, { role: 'observer', placeId: cityOf('alder-falls') });
const neighbour = await signedIn(world, { role: 'member', placeId: cityOf('dunmere') });
const program = { ...clerk.actor, program: 'change' } as const;

const { record: first } = await counting(program, world);
const RULE = (first.rules as readonly DataRecord[])[0] as DataRecord;

test('what is read is what can be sent back, and becomes the city’s own by that', async () => {
	expect(await counting(neighbour.actor, world)).toEqual({ record: first, said: false, sample: true });
	expect(await sayRules(first, { ...neighbour.actor, program: 'change' }, world)).toEqual({
		record: first,
		said: true,
		sample: true,
	});
	expect((await counting(program, world)).said).toBe(false);
});

test('closed days and meetings come back in their order, each once', async () => {
	const { record } = await sayRules(
		{
			rules: [{ ...RULE, days: 4, source: ' Charter,\n4.2 ' }],
			closed_weekdays: ['saturday', 'friday', 'saturday'],
			holidays: ['christmas', 'new_year'],
			friday_before: false,
			own_days: [{ day: '2027-08-02', name: 'Founders’ Day' }],
			meetings: { weekday: 'tuesday', weeks: [3, 1, 3] },
		},
		program,
		world,
	);
	expect(record).toEqual({
		rules: [{ ...RULE, days: 4, source: 'Charter, 4.2' }],
		closed_weekdays: ['friday', 'saturday'],
		holidays: ['new_year', 'christmas'],
		friday_before: false,
		own_days: [{ day: '2027-08-02', name: 'Founders’ Day' }],
		meetings: { weekday: 'tuesday', weeks: [1, 3] },
	});
	expect((await sayRules({ ...first, rules: [], own_days: [] }, program, world)).record.rules).toEqual([]);
});

describe('is refused with what to do', () => {
	test.each([
		['nothing', {}, 'Send rules: it takes the rules: a list of at most 20.'],
		['a field too many', { ...first, said: true }, 'There is no field said here. The fields are: rules,'],
		['a rule without its days', { ...first, rules: [{ ...RULE, days: undefined }] }, 'In a rule: Send days: it takes'],
		['a year and a day', { ...first, rules: [{ ...RULE, days: 366 }] }, 'In a rule: days takes'],
		['an unknown stage', { ...first, rules: [{ ...RULE, later: 'lunch' }] }, 'In a rule: later takes one of copied,'],
		[
			'a rule backwards',
			{ ...first, rules: [{ ...RULE, earlier: 'adopted', later: 'hearing' }] },
			'adopted, hearing: In a rule the earlier stage has to come before the later one.',
		],
		['a rule twice', { ...first, rules: [RULE, { ...RULE, days: 1 }] }, 'Keep one.'],
		[
			'five closed weekdays',
			{ ...first, closed_weekdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] },
			'at most 4',
		],
		['an invented holiday', { ...first, holidays: ['lunch'] }, 'holidays takes holidays that the city keeps'],
		[
			'no week',
			{ ...first, meetings: { weekday: 'monday', weeks: [] } },
			'In the meetings: weeks takes weeks of the month',
		],
		['no day', { ...first, own_days: [{ day: '2027-02-30', name: 'A' }] }, 'In a closed day: day takes the day'],
	])('%s', async (_, sent, sentence) => {
		await expect(sayRules(JSON.parse(JSON.stringify(sent)), program, world)).rejects.toMatchObject({
			name: 'Invalid',
			message: expect.stringContaining(sentence),
		});
	});

	test('whatever else is sent', async () => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...Object.keys(RULES)), fc.jsonValue(), async (name, value) => {
				const made = await sayRules({ ...first, [name]: value }, program, world).catch((error) => error);
				expect([['Invalid', undefined].includes(made.name), made.message]).toEqual([true, made.message]);
			}),
			{ numRuns: 100 },
		);
	});
});

test('a key that reads, an observer, and nobody of the city change nothing', async () => {
	const before = await counting(program, world);
	for (const actor of [
		{ ...clerk.actor, program: 'read' } as const,
		observer.actor,
		{ role: 'steward', city: null } as const,
	])
		await expect(sayRules(first, actor, world)).rejects.toMatchObject({ name: 'Forbidden' });
	expect(await counting(observer.actor, world)).toEqual(before);
});
