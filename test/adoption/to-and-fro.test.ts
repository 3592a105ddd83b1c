import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { type Actor, SYSTEM } from '#access/actor.ts';
import { wholeDraft } from '#adoption/program/looks.server.ts';
import { begin } from '#adoption/program/text.server.ts';
import type { DataRecord } from '#kernel/field.ts';
import { signedIn } from '../access/signed-in.ts';
import { doing } from './doing.ts';
import { stocked } from './stocked.ts';

const { world, cityOf } = await stocked();
const clerk = await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') });
const attorney = await signedIn(world, { role: 'counsel', placeId: cityOf('alder-falls') });
const program = (of: { readonly actor: Actor }): Actor => ({ ...of.actor, program: 'change' });

let id = '';
beforeEach(async () => {
	({ id } = await begin({ title: 'Detainers', from: 'coalition/detainers/2026-10-29' }, program(clerk), world));
});
const { done: does, look: looks } = doing(world);
const done = (name: string, sent: object, actor = program(clerk)) => does(name, sent, actor, id);
const look = (name: string, actor = program(clerk)) => looks(name, actor, id);
const whole = async () => (await wholeDraft(id, null, program(clerk), world)).record;

test('writes over no answer that somebody else gave since it was read, and is told both', async () => {
	const answer = (answers: Readonly<Record<string, string>>, since?: number, actor = program(clerk)) =>
		done('answer', { answers, ...(since === undefined ? {} : { since }) }, actor);
	const blanks = (await whole()).blanks as { blank: string; kind: string }[];
	const number = blanks.find(({ kind }) => kind === 'number')?.blank ?? '';
	// What the city answered in another draft stands here already.
	const read = Number((await answer({ city: '', [number]: '' })).seq);
	expect(await answer({ city: 'Alder Falls' }, read)).toEqual({ seq: read + 1 });
	await expect(answer({ city: 'Dunmere', [number]: '5' }, read, program(attorney))).rejects.toMatchObject({
		name: 'Conflict',
		message: expect.stringMatching(/^Somebody answered meanwhile: city\. Nothing was kept\./),
		readings: [{ base: null, draft: 'Alder Falls', wanted: 'Dunmere' }],
	});
	expect((await whole()).seq).toBe(read + 1);
	// What nobody touched since, or answered alike, is kept.
	expect(await answer({ city: ' Alder  Falls', [number]: '5' }, read, program(attorney))).toEqual({ seq: read + 2 });
	await expect(answer({ city: '' }, read + 1)).resolves.toEqual({ seq: read + 3 });
	await expect(answer({ city: 'Alder Falls', [number]: '6' }, read + 1)).rejects.toMatchObject({
		message: expect.stringContaining(`${number}`),
		readings: expect.arrayContaining([
			{ base: 'Alder Falls', draft: null, wanted: 'Alder Falls' },
			{ base: null, draft: '5', wanted: '6' },
		]),
	});
	await expect(answer({ city: 'A', [number]: 'some' }, read + 3)).rejects.toMatchObject({ name: 'Invalid' });
	await expect(answer({ city: 'A' }, read + 9)).rejects.toThrow(`The draft has ${read + 3} edits.`);
	// Without since the last one to answer has it.
	expect(await answer({ city: 'Wexmoor', [number]: '7' })).toEqual({ seq: read + 4 });
});

test('goes to the only counsel there is, with its questions and the law of its state', async () => {
	const [one] = await look('questions');
	expect(one).toMatchObject({ question: expect.stringMatching(/^Open blank: /), comment: null, waits_for: null });
	const sent = await done('send', {});
	expect(sent).toMatchObject({ became: 'sent', seq: 1, law: expect.stringContaining('ask counsel before using') });
	expect((sent.open as DataRecord[]).map(({ blank }) => blank)).toEqual(
		(await look('questions')).map(({ blank }) => blank),
	);
	const [asked] = await look('questions');
	expect(asked).toMatchObject({ blank: one?.blank, waits_for: { seat: attorney.seat } });
	expect((await look('comments')).map(({ id }) => id)).toContain(asked?.comment);
	expect(await done('send', { to: attorney.seat })).toMatchObject({ became: 'unchanged' });
	expect(await look('turns')).toMatchObject([{ nth: 1, act: 'sent', seq: 1, to: { seat: attorney.seat } }]);
	await expect(done('send', { to: clerk.seat })).rejects.toThrow(
		`Choose an attorney: send to, the id of a seat of counsel. There are: ${attorney.seat} (`,
	);
	for (const who of [clerk, attorney])
		await expect(done('return', {}, program(who))).rejects.toMatchObject({
			name: 'Forbidden',
			message: expect.stringContaining('no key does anything as counsel'),
		});
});

test('says who of the governing body is in it, and lets no key in whom the rule keeps out', async () => {
	const council = [
		await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') }),
		await signedIn(world, { role: 'member', placeId: cityOf('alder-falls') }),
	] as const;
	await world.db.as(SYSTEM, (tx) =>
		sql`update coalition_seat set governing = true where id = any(${council.map(({ seat }) => seat)}::uuid[])`.execute(
			tx,
		),
	);
	const seats = async () =>
		(await look('meeting')).map(({ seat, since, number, number_set }) => [
			...[seat, since === null ? null : 'in', number, number_set],
		]);
	expect(await seats()).toHaveLength(2);
	expect((await look('meeting', program(council[0]))).find(({ seat }) => seat === council[0].seat)).toMatchObject({
		since: expect.any(String),
		allowed: null,
	});
	await expect(look('meeting', program(council[1]))).rejects.toMatchObject({ name: 'Conflict' });
	expect(await seats()).toEqual([
		[council[0].seat, 'in', 2, false],
		[council[1].seat, null, 2, false],
	]);
});
