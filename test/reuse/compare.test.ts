import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Actor, OPERATOR, SYSTEM, VISITOR } from '#access/actor.ts';
import { candidatesOf, WORTH_ALIGNING } from '#concordance/candidate.ts';
import { postingsOf } from '#concordance/posting.ts';
import { termsOf } from '#concordance/term.ts';
import type { Day } from '#kernel/day.ts';
import { candidates } from '#reuse/candidates.server.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { kinOf } from '#reuse/kin.server.ts';
import { keptBy, keptFrom } from '#reuse/kin.ts';
import { NEARLY_EVERY, notesOf } from '#reuse/note.ts';
import { measured } from '#reuse/reading.ts';
import { packed } from '#reuse/readings.server.ts';
import { FEWEST_WORDS, LONGEST_PASSAGE, whoHas } from '#reuse/search.server.ts';
import { yardstick } from '#reuse/yardstick.server.ts';
import { edition } from '#watch/store.server.ts';
import { testDatabase } from '../database.ts';
import { shelved } from '../library/shelved.ts';

const here = await testDatabase();
const { world } = here;
const TODAY = '2026-07-01' as Day;
const DETAINER =
	'An officer or employee of the City shall not arrest, detain, or prolong the detention of any person on the basis of a civil immigration detainer or an administrative warrant, unless the request is accompanied by a judicial warrant.';
const WIDER = DETAINER.replace('An officer or employee', 'An officer, employee, contractor, or volunteer');
const RECORDS =
	'No department may ask about, record, or keep a copy of a paper that shows the citizenship of a resident, except where a law of the United States or of this State requires the question.';
const OTHER =
	'The Clerk publishes the agenda of every meeting at the library and on the site of the City three business days before the meeting opens, with all papers that belong to it.';

beforeEach(() =>
	here.owner(async (session) => {
		await session.query(`set compact.role = 'maintenance'`);
		await session.query('delete from library_work');
	}),
);

function shelve(address: string, day: string, ...words: readonly string[]) {
	return shelved({ address, day, lines: words.map((one, n) => `sec_${n + 1} | ${n + 1}. | ${one}`) }, world);
}

async function links(): Promise<unknown[]> {
	return world.db.as(VISITOR, async (tx) => {
		const { rows } = await sql`
			select w.address, l.e_id, o.address as other, l.other_e_id, l.same, l.terms, l.other_terms
			from reuse_link l join library_work w on w.id = l.work_id join library_work o on o.id = l.other_work_id
			order by 1, 2, 3, 4`.execute(tx);
		return rows;
	});
}

describe('texts that come to the shelf', () => {
	test('are linked clause by clause, whichever came first', async () => {
		await shelve('coalition/a', '2014-01-02', DETAINER, RECORDS);
		await shelve('coalition/b', '2016-01-02', OTHER, WIDER);
		expect(await compareTexts(world)).toMatchObject({ done: 2, of: 2 });
		const both = await links();
		expect(both).toContainEqual(
			expect.objectContaining({ address: 'coalition/a', e_id: 'sec_1', other: 'coalition/b', other_e_id: 'sec_2' }),
		);
		expect(both).not.toContainEqual(expect.objectContaining({ e_id: 'sec_2', address: 'coalition/a' }));
		await compareTexts(world, { anew: true });
		expect(await links()).toEqual(both);
	});

	test('are compared once, and again when they read otherwise', async () => {
		const { expressionId } = await shelve('coalition/a', '2014-01-02', DETAINER);
		await shelve('coalition/b', '2016-01-02', DETAINER);
		await compareTexts(world);
		expect(await compareTexts(world)).toMatchObject({ done: 0, links: 0 });
		await world.db.as(SYSTEM, async (tx) => {
			await sql`update library_expression set text = ${`1. ${OTHER}`}, digest = 'other' where id = ${expressionId}`.execute(
				tx,
			);
		});
		expect(await compareTexts(world)).toMatchObject({ done: 1, links: 0 });
		expect(await links()).toEqual([]);
	});

	test('go on where somebody stopped them', async () => {
		for (let n = 0; n < 30; n++) await shelve(`coalition/a-${n}`, '2014-01-02', DETAINER);
		const stop = new AbortController();
		const first = await compareTexts(world, { signal: stop.signal, told: () => stop.abort() });
		expect(first.done).toBeLessThan(30);
		expect(first.of).toBe(30);
		await compareTexts(world);
		expect(await links()).toHaveLength(30 * 29 * 2);
	});

	test('of one policy are no kin of each other', async () => {
		const { workId } = await shelve('coalition/a', '2014-01-02', DETAINER);
		await shelved({ address: 'coalition/a', workId, day: '2015-01-02', lines: [`sec_1 | 1. | ${WIDER}`] }, world);
		await compareTexts(world);
		expect(await links()).toEqual([]);
	});
});

test('the database weighs candidates as the engine does', async () => {
	const measure = await world.db.as(VISITOR, (tx) => yardstick(world, tx));
	const texts = [`${DETAINER} ${RECORDS}`, `${WIDER} ${OTHER}`, `${RECORDS} ${OTHER}`, OTHER];
	for (const [n, words] of texts.entries()) await shelve(`coalition/t-${n}`, '2014-01-02', words);
	await compareTexts(world);
	const ready = (words: string) => measured(termsOf(words).keys, measure);
	const readings = texts.map((words) => ready(`1. ${words}`));
	const asked = ready(`${WIDER} ${RECORDS}`);
	const { near: engine } = candidatesOf(asked.prints, postingsOf(readings.map(({ prints }) => prints)), {
		least: WORTH_ALIGNING,
	});
	const { rows: slots } = await world.db.as(VISITOR, (tx) =>
		sql<{
			slot: number;
		}>`select slot from reuse_text t join library_work w on w.id = t.work_id order by w.address`.execute(tx),
	);
	const { near: found } = await world.db.as(VISITOR, (tx) => candidates(asked.prints, measure.algorithm, null, 10, tx));
	expect(found.length).toBeGreaterThan(1);
	expect(found.map(({ slot }) => slots.findIndex((one) => one.slot === slot))).toEqual(engine.map(({ text }) => text));
	for (const [n, { weight }] of found.entries()) expect(weight).toBeCloseTo(engine[n]?.weight ?? 0, 4);
});

test('a pasted passage is found where most of it stands, and too little or too much is refused', async () => {
	await shelve('coalition/a', '2014-01-02', OTHER, DETAINER);
	await shelve('coalition/b', '2016-01-02', RECORDS);
	await compareTexts(world);
	const ask = (passage: string) => world.db.as(VISITOR, (tx) => whoHas(passage, TODAY, 'en', world, tx));
	const found = await ask(WIDER);
	if ('refused' in found) throw new Error(found.refused);
	expect(found.having.map(({ clause }) => [clause.work.address, clause.cited])).toEqual([['coalition/a', '§ 2']]);
	expect(found.having[0]?.has).toBeGreaterThan(0.85);
	expect(await ask('word '.repeat(FEWEST_WORDS - 1))).toEqual({ refused: 'too_short' });
	expect(await ask('a'.repeat(LONGEST_PASSAGE + 1))).toEqual({ refused: 'too_long' });
	expect(
		await ask('Nobody on this shelf has ever written anything like these words about lamps and bicycles.'),
	).toEqual({ having: [], leftOut: 0 });
});

test('of three who ask at once two are answered, one after the other, and the third is told to come again', async () => {
	await shelve('coalition/a', '2014-01-02', OTHER, DETAINER);
	await compareTexts(world);
	// Each waits until all three transactions are open, so that all have asked before the first is answered.
	let [open, go] = [0, () => {}];
	const all = new Promise<void>((resolve) => {
		go = resolve;
	});
	const answers = await Promise.all(
		[1, 2, 3].map(() =>
			world.db.as(VISITOR, async (tx) => {
				if (++open === 3) go();
				await all;
				return whoHas(WIDER, TODAY, 'en', world, tx);
			}),
		),
	);
	expect(answers.filter((one) => 'having' in one && one.having.length === 1)).toHaveLength(2);
	expect(answers.filter((one) => 'refused' in one)).toEqual([{ refused: 'busy' }]);
});

test('pages are made anew when a text was compared, though nothing came in since', async () => {
	await shelve('coalition/a', '2014-01-02', OTHER, DETAINER);
	const before = await edition(world);
	expect(await edition(world)).toEqual(before);
	here.now = new Date(here.now.getTime() + 1_000);
	await compareTexts(world);
	expect((await edition(world)).version).not.toBe(before.version);
});

const kin = (eId: string, workId: string, day: string, placeId: string | null, same: number) => ({
	of: { workId: 'w', expressionId: 'e', eId },
	workId,
	expressionId: 'v',
	eId: 'sec_1',
	day: day as Day,
	placeId,
	same,
	terms: 20,
	otherTerms: 20,
});

test('a note tells of a provision only what the one around it does not', async () => {
	const own = { day: '2016-01-02', placeId: 'x', modelledOn: new Set<string>() };
	const notes = notesOf(
		[
			kin('sec_1', 'a', '2014-01-02', 'y', 18),
			kin('sec_1', 'b', '2015-01-02', null, 12),
			kin('sec_1', 'c', '2017-01-02', 'z', 20),
			kin('sec_1', 'd', '2017-01-02', 'x', 20),
			kin('sec_1', 'e', '2016-01-02', 'z', 20),
			kin('sec_1__subsec_a', 'a', '2014-01-02', 'y', 9),
			kin('sec_1__subsec_b', 'f', '2019-01-02', 'y', 9),
		],
		own,
		[
			{ eId: 'sec_1', parent: null },
			{ eId: 'sec_1__subsec_a', parent: 0 },
			{ eId: 'sec_1__subsec_b', parent: 0 },
		],
	);
	expect(notes.map(({ eId }) => eId)).toEqual(['sec_1', 'sec_1__subsec_b']);
	const [first] = notes;
	if (!first?.from || !first.later[0]) throw new Error('There is no note.');
	expect(keptFrom(first.from)).toBe(0.9);
	expect(keptBy(first.later[0])).toBeGreaterThan(NEARLY_EVERY);
	expect(first).toMatchObject({
		...{ from: { workId: 'a' }, later: [{ workId: 'c' }], sameDay: [{ workId: 'e' }], series: [{ workId: 'd' }] },
		earliest: false,
	});
});

test('of two earlier policies alike to a clause a note tells of the one that the policy was modelled on', () => {
	const own = { day: '2016-01-02', placeId: 'x', modelledOn: new Set(['b', 'c']) };
	const told = [
		kin('sec_1', 'a', '2014-01-02', 'y', 18),
		kin('sec_1', 'b', '2015-01-02', null, 18),
		kin('sec_1', 'c', '2015-01-02', null, 12),
	];
	for (const order of [told, told.toReversed()])
		expect(notesOf(order, own, [{ eId: 'sec_1', parent: null }])[0]?.from?.workId).toBe('b');
});

test('what a city keeps to itself is counted for nobody else', async () => {
	const city = '4835000';
	const member: Actor = { role: 'member', city };
	const open = await shelve('coalition/a', '2014-01-02', DETAINER);
	await shelve('coalition/b', '2016-01-02', OTHER);
	await compareTexts(world);
	const before = await seenBy(VISITOR, open);
	// A draft of the city that has the clause, as the adoption will keep it.
	const draft = await expressionFor(open.workId);
	await world.db.as(member, async (tx) => {
		const measure = await yardstick(world, tx);
		const { keys } = termsOf(DETAINER);
		const { prints } = measured(keys, measure);
		const { rows } = await sql<{ slot: number }>`
			insert into reuse_text (work_id, expression_id, digest, algorithm, terms, keys, owner_city, room, compared_at)
			values (${open.workId}, ${draft}, 'private', ${measure.algorithm}, ${keys.length}, ${packed(keys)}, ${city}, 'city', now())
			returning slot`.execute(tx);
		await sql`
			insert into reuse_fingerprint (hash, slot, at, owner_city, room)
			select hash, ${rows[0]?.slot}, 0, ${city}, 'city' from unnest(${Array.from(new Set(prints.hashes), (hash) => hash | 0)}::integer[])
				as hash`.execute(tx);
	});
	for (const actor of [VISITOR, OPERATOR, SYSTEM, { role: 'member', city: '2507000' } as Actor])
		expect(await seenBy(actor, open)).toEqual(before);
	expect((await seenBy(member, open)).candidates).toBeGreaterThan(before.candidates);

	/** Another version of the policy, which stands for what only the city has. */
	async function expressionFor(workId: string): Promise<string> {
		const id = randomUUID();
		await world.db.as(SYSTEM, (tx) =>
			sql`insert into library_expression (work_id, id, day, language, title, text, format, reader, digest, added_at, added_by)
				values (${workId}, ${id}, '2019-01-02', 'en', 'Draft', ${DETAINER}, 'text', 1, 'private', now(), 'test')`.execute(
				tx,
			),
		);
		return id;
	}
});

async function seenBy(actor: Actor, { workId, expressionId }: { workId: string; expressionId: string }) {
	return world.db.as(actor, async (tx) => {
		const measure = await yardstick(world, tx);
		const { prints } = measured(termsOf(DETAINER).keys, measure);
		const { near } = await candidates(prints, measure.algorithm, null, 10, tx);
		return {
			candidates: near.length,
			weights: near.map(({ weight }) => weight),
			kin: await kinOf(workId, expressionId, null, tx),
		};
	});
}
