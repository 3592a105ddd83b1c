import { beforeEach, describe, expect, test } from 'vitest';
import { answer, answerForm } from '#adoption/answers.server.ts';
import { sendToCounsel } from '#adoption/counsel/counsel.server.ts';
import { openBlanksOf } from '#adoption/counsel/question.ts';
import { questionsOn } from '#adoption/counsel/questions.server.ts';
import { remarksOn } from '#adoption/remark/remarked.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { type SignedIn, signedIn } from '../access/signed-in.ts';
import { begun } from './begun.ts';
import { stocked } from './stocked.ts';

const { world: plain, cityOf } = await stocked();
const world = { ...plain, queue: { add: async () => undefined } };
const home = { placeId: cityOf('alder-falls') };
const clerk = await signedIn(world, { role: 'member', ...home });
const attorney = await signedIn(world, { role: 'counsel', ...home });

const OPENED = { city: '', custody_head: 'Sheriff', training_days: '30', effective_date: '2027-01-01' };

let id = '';
const state = () => world.db.as(clerk.actor, (tx) => stateOf(id, clerk.actor, tx));
const answers = async () => {
	const { answers } = await state();
	return Object.fromEntries(Object.keys(OPENED).map((blank) => [blank, answers[blank] ?? '']));
};
const put = (typed: Readonly<Record<string, string>>, who: SignedIn = clerk) =>
	world.db.as(who.actor, (tx) => answer(id, typed, who.actor, world, tx));
/** Sends a form with every blank of it, most of them as they were shown. */
const send = (shown: Readonly<Record<string, string>>, typed: Readonly<Record<string, string>>, who = attorney) =>
	world.db.as(who.actor, (tx) => answerForm(id, { shown, typed: { ...shown, ...typed } }, who.actor, world, tx));

beforeEach(async () => {
	id = await begun('Warrants', clerk.actor, world);
	await put(Object.fromEntries((await state()).blanks.map((one) => [one.id, ''])));
});

describe('a form of blanks that was opened before somebody else answered', () => {
	beforeEach(() => put(OPENED));

	test.each([
		{
			name: 'leaves what was not touched as they filled it',
			...{ theirs: { city: 'Alder Falls' }, typed: { custody_head: 'Jailer' } },
			...{ becomes: { city: 'Alder Falls', custody_head: 'Jailer' }, unkept: [] },
		},
		{
			name: 'and as they emptied it',
			...{ theirs: { custody_head: '' }, typed: { city: 'Alder Falls' } },
			...{ becomes: { city: 'Alder Falls', custody_head: '' }, unkept: [] },
		},
		{
			name: 'takes the same answer for the same, however it is typed',
			...{ theirs: { training_days: '1000' }, typed: { training_days: '1,000' } },
			...{ becomes: { training_days: '1000' }, unkept: [] },
		},
		{
			name: 'takes what is typed as it was shown for untouched',
			...{ theirs: { effective_date: '' }, typed: { effective_date: 'January 1, 2027' } },
			...{ becomes: { effective_date: '' }, unkept: [] },
		},
		{
			name: 'keeps theirs where something else was typed, and gives both back',
			...{ theirs: { custody_head: 'Chief of Police' }, typed: { custody_head: 'Jailer', city: 'Alder Falls' } },
			becomes: { custody_head: 'Chief of Police', city: 'Alder Falls' },
			unkept: [{ blank: 'custody_head', typed: 'Jailer', wrong: 'meanwhile', now: 'Chief of Police' }],
		},
		{
			name: 'also where it was no answer',
			...{ theirs: { training_days: '45' }, typed: { training_days: 'soon' }, becomes: { training_days: '45' } },
			unkept: [{ blank: 'training_days', typed: 'soon', wrong: 'meanwhile', now: '45' }],
		},
		{
			name: 'also where one of the two emptied it',
			theirs: { custody_head: '', training_days: '45' },
			typed: { custody_head: 'Jailer', training_days: '' },
			becomes: { custody_head: '', training_days: '45' },
			unkept: [
				{ blank: 'custody_head', typed: 'Jailer', wrong: 'meanwhile', now: '' },
				{ blank: 'training_days', typed: '', wrong: 'meanwhile', now: '45' },
			],
		},
	])('$name', async ({ theirs, typed, becomes, unkept }) => {
		await put(theirs);
		const { wrong } = await send(OPENED, typed);
		expect(wrong).toHaveLength(unkept.length);
		expect(wrong).toEqual(expect.arrayContaining(unkept));
		expect(await answers()).toEqual({ ...OPENED, ...becomes });
	});

	test('puts the other answer in their place when it is sent again beside theirs', async () => {
		await put({ custody_head: 'Chief of Police' });
		await send(OPENED, { custody_head: 'Jailer' });
		const again = await send({ ...OPENED, custody_head: 'Chief of Police' }, { custody_head: 'Jailer' });
		expect([again.wrong, (await answers()).custody_head]).toEqual([[], 'Jailer']);
	});

	test('empties what was filled when it was opened', async () => {
		await send(OPENED, { custody_head: '' });
		expect(await answers()).toMatchObject({ ...OPENED, custody_head: '' });
	});

	test('that names nothing it showed writes over nothing', async () => {
		const typed = { custody_head: 'Jailer', training_days: '', city: 'Alder Falls' };
		const { wrong } = await send({}, typed);
		expect(wrong.map(({ blank }) => blank)).toEqual(['custody_head']);
		expect(await answers()).toMatchObject({ ...OPENED, city: 'Alder Falls' });
	});
});

test('what counsel left empty keeps the answer that came meanwhile, and its question stays resolved', async () => {
	await world.db.as(clerk.actor, (tx) => sendToCounsel(id, attorney.seat, clerk.actor, world, tx));
	const opened = Object.fromEntries(openBlanksOf(await state()).map(({ blank }) => [blank.id, '']));
	await put({ city: 'Alder Falls' });
	const { wrong } = await send(opened, { custody_head: 'Jailer' });
	expect([wrong, await answers()]).toMatchObject([[], { city: 'Alder Falls', custody_head: 'Jailer' }]);
	const resolved = await world.db.as(clerk.actor, async (tx) => {
		const asked = await questionsOn(id, tx);
		const remarks = await remarksOn(await stateOf(id, clerk.actor, tx), ['city'], clerk.actor, tx);
		return [...asked].flatMap(([blank, comment]) =>
			remarks.some((one) => one.id === comment && one.resolved !== null) ? [blank] : [],
		);
	});
	expect(resolved.toSorted()).toEqual(['city', 'custody_head']);
});
