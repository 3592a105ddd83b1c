import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Actor, SYSTEM } from '#access/actor.ts';
import { answer } from '#adoption/answers.server.ts';
import { giveBack, sendToCounsel, turnsOf, withCounsel } from '#adoption/counsel/counsel.server.ts';
import { openBlanksOf, questionOf, since } from '#adoption/counsel/question.ts';
import { questionsOn } from '#adoption/counsel/questions.server.ts';
import { enter } from '#adoption/remark/quorum.server.ts';
import { remarksOn } from '#adoption/remark/remarked.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { wayTo } from '#adoption/way/stages.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import type { Task } from '#platform/queue.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { handlers } from '#worker/handlers.server.ts';
import { type SignedIn, signedIn } from '../access/signed-in.ts';
import { begun } from './begun.ts';
import { stocked } from './stocked.ts';

const { here, world: plain, cityOf } = await stocked();
const asked: { task: string; payload: Readonly<Record<string, string>> }[] = [];
const world: World = { ...plain, queue: { add: async (_, task, payload = {}) => void asked.push({ task, payload }) } };
const tasks: Readonly<Record<string, Task>> = handlers(
	null,
	{ origin: 'https://c.example', secret: 'x'.repeat(32) },
	world,
);
const home = { placeId: cityOf('alder-falls') };
const clerk = await signedIn(world, { role: 'member', ...home });
const attorney = await signedIn(world, { role: 'counsel', ...home });
const watching = await signedIn(world, { role: 'observer', ...home });
const stranger = await signedIn(world, { role: 'counsel', placeId: cityOf('dunmere') });

const TITLE = 'Warrants of a quiet town';
const as = <T>(who: SignedIn | Actor, verb: (tx: Tx, actor: Actor) => Promise<T>) => {
	const actor = 'actor' in who ? who.actor : who;
	return world.db.as(actor, (tx) => verb(tx, actor));
};
let id = '';
beforeEach(async () => {
	asked.length = 0;
	here.sent.length = 0;
	id = await begun(TITLE, clerk.actor, world);
	const { answers, blanks } = await state();
	const empty = Object.fromEntries(blanks.map((one) => [one.id, '']));
	if (Object.keys(answers).length > 0) await as(clerk, (tx, actor) => answer(id, empty, actor, world, tx));
});

const state = (seq?: number) => as(clerk, (tx, actor) => stateOf(id, actor, tx, seq));
const send = (to: string | null = attorney.seat, who = clerk) =>
	as(who, (tx, actor) => sendToCounsel(id, to, actor, world, tx));
const back = (who = attorney) => as(who, (tx, actor) => giveBack(id, actor, world, tx));
const turns = () => as(clerk, (tx) => turnsOf(id, tx));
const questions = async () => {
	const found = await as(clerk, (tx) => questionsOn(id, tx));
	const remarks = await as(clerk, async (tx, actor) => remarksOn(await stateOf(id, actor, tx), ['city'], actor, tx));
	return [...found].map(([blank, comment]) => ({ blank, ...remarks.find((one) => one.id === comment) }));
};
const stage = async (key: string) => (await as(clerk, (tx) => wayTo(id, tx)))?.stages.find((one) => one.key === key);
const fill = (typed: Readonly<Record<string, string>>, who = attorney) =>
	as(who, (tx, actor) => answer(id, typed, actor, world, tx));

describe('sending a draft to counsel', () => {
	test('keeps who sent which edit to whom, begins the stage, and asks about every open blank once', async () => {
		const now = await state();
		const open = openBlanksOf(now);
		expect(open.length).toBeGreaterThan(3);
		expect(await send()).toEqual({ kind: 'sent' });
		expect(await turns()).toMatchObject([
			{ nth: 1, act: 'sent', seq: now.seq, to: { seat: attorney.seat }, by: { seat: clerk.seat } },
		]);
		expect(await stage('counsel')).toMatchObject({ who: 'Office of tests', done: null });
		const made = await questions();
		expect(made.map(({ blank }) => blank).sort()).toEqual(open.map(({ blank }) => blank.id).sort());
		for (const { blank, room, text, assigned, resolved, place } of made) {
			const of = open.find((one) => one.blank.id === blank);
			expect([room, assigned?.seat, resolved]).toEqual(['city', attorney.seat, null]);
			expect(text).toBe(of && questionOf(of.blank, 'en'));
			expect(text).toContain(of?.blank.help.en);
			expect(place).toMatchObject({ provision: of?.provisions[0] });
		}
		expect(await send()).toEqual({ kind: 'unchanged' });
		expect([(await turns()).length, (await questions()).length]).toEqual([1, open.length]);
	});

	test('writes to counsel without a word of the draft, the city or the sender', async () => {
		await send();
		expect(asked).toEqual([{ task: 'adoption.counsel_letter', payload: { draft: id, to: `seat:${attorney.seat}` } }]);
		for (const { task, payload } of asked) await tasks[task]?.(payload);
		expect(here.sent.map(({ to }) => to)).toEqual([`${attorney.person}@example.org`]);
		const letter = JSON.stringify(here.sent);
		expect(letter).toContain(`https://c.example/adoption/${id}/counsel`);
		expect(letter).not.toMatch(/Warrants|quiet|Alder|Person of|Office of tests|detainer/i);
	});

	test('to another attorney lets the stage wait for that office', async () => {
		const other = await signedIn(world, { role: 'counsel', ...home });
		await as(SYSTEM, (tx) =>
			sql`update coalition_seat set office = 'Outside Counsel' where id = ${other.seat}`.execute(tx),
		);
		await send();
		expect((await stage('counsel'))?.who).toBe('Office of tests');
		expect(await send(other.seat)).toEqual({ kind: 'sent' });
		expect((await stage('counsel'))?.who).toBe('Outside Counsel');
	});

	test('is for whoever may change the draft, goes to counsel of the city alone, and names one where there is any', async () => {
		await expect(send(attorney.seat, watching)).rejects.toThrow('may not open');
		await expect(send(stranger.seat, stranger)).rejects.toThrow('no such draft');
		for (const to of [null, clerk.seat, stranger.seat, 'none'])
			expect(await send(to)).toEqual({ kind: 'refused', why: 'choose' });
		expect([await turns(), asked, await questions()]).toEqual([[], [], []]);
		await send();
		expect(await as(stranger, (tx) => turnsOf(id, tx))).toEqual([]);
	});

	test('is refused where the attorney sits on the governing body and would complete a meeting', async () => {
		const [ana, both] = [
			await signedIn(world, { role: 'member', ...home }),
			await signedIn(world, { role: 'counsel', ...home }),
		];
		const governing = (on: boolean) =>
			as(SYSTEM, (tx) =>
				sql`update coalition_seat set governing = ${on} where id in (${ana.seat}, ${both.seat})`.execute(tx),
			);
		await governing(true);
		await as(ana, (tx, actor) => enter(id, actor, world, tx));
		expect(await send(both.seat)).toEqual({ kind: 'refused', why: 'quorum', number: 2 });
		expect(await turns()).toEqual([]);
		await governing(false);
		expect(await send(both.seat)).toEqual({ kind: 'sent' });
	});

	test('again says what became other since, asks only what is open, and counsel has it again', async () => {
		await send();
		const { provisions, seq } = await state();
		const first = openBlanksOf(await state())[0]?.blank;
		const typed = first?.kind === 'number' ? '3' : first?.kind === 'choice' ? first.choices?.[0]?.value : 'Alder Falls';
		await fill({ [first?.id ?? '']: typed ?? '' });
		const one = provisions.find(({ kind, text }) => kind === 'section' || text !== '');
		await as(clerk, (tx, actor) =>
			saveWords(id, one?.id ?? '', { typed: { heading: 'Name', words: 'Other words.' }, since: seq }, actor, world, tx),
		);
		const found = since(await state(seq), await state());
		expect([found.edits, found.provisions, found.filled.map((blank) => blank.id)]).toEqual([2, 1, [first?.id]]);
		const before = (await questions()).length;
		expect((await questions()).find(({ blank }) => blank === first?.id)?.resolved?.by.seat).toBe(attorney.seat);
		await back();
		expect((await stage('counsel'))?.done).not.toBeNull();
		expect(await send()).toEqual({ kind: 'sent' });
		expect((await stage('counsel'))?.done).toBeNull();
		expect((await turns()).map(({ act }) => act)).toEqual(['sent', 'returned', 'sent']);
		expect((await questions()).length).toBe(before);
		await fill({ [first?.id ?? '']: '' }, clerk);
		await send();
		expect((await questions()).find(({ blank }) => blank === first?.id)?.resolved).toBeNull();
	});
});

describe('a draft with counsel', () => {
	test('is on the list until counsel gives it back, which staff cannot', async () => {
		const lies = async () => (await as(attorney, (tx) => withCounsel(tx))).has(id);
		expect(await lies()).toBe(false);
		await send();
		expect(await lies()).toBe(true);
		await expect(back(clerk)).rejects.toThrow('Ask counsel');
		await back();
		await back();
		expect([await lies(), (await turns()).length]).toEqual([false, 2]);
		const { rows } = await as(attorney, (tx) =>
			sql<{ action: string }>`
				select action from audit_entry where subject = ${`draft:${id}`} order by position`.execute(tx),
		);
		expect(rows.map(({ action }) => action)).toEqual(['draft_begun', 'draft_sent', 'draft_returned']);
	});

	test('of a city without a seat of counsel is recorded as sent by hand, and asks nobody in particular', async () => {
		const lone = await signedIn(world, { role: 'member', placeId: cityOf('kestrel-bay') });
		const draft = await begun(TITLE, lone.actor, world);
		const made = await as(lone, (tx, actor) => sendToCounsel(draft, null, actor, world, tx));
		expect([made, asked]).toEqual([{ kind: 'sent' }, []]);
		const [turn] = await as(lone, (tx) => turnsOf(draft, tx));
		expect(turn).toMatchObject({ act: 'sent', to: null });
		const remarks = await as(lone, async (tx, actor) =>
			remarksOn(await stateOf(draft, actor, tx), ['city'], actor, tx),
		);
		expect(new Set(remarks.map(({ assigned }) => assigned))).toEqual(new Set([null]));
		await as(lone, (tx, actor) => giveBack(draft, actor, world, tx));
		expect((await as(lone, (tx) => turnsOf(draft, tx))).map(({ act }) => act)).toEqual(['returned', 'sent']);
	});
});
