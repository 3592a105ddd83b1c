import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { SYSTEM, VISITOR } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { code, confirm, recode, withdraw } from '#library/coding.server.ts';
import type { NewCoding } from '#library/protection.ts';
import { codings, confirmedPlaces, countsByCode, EVERY_CODING, protectionsOf } from '#library/protections.server.ts';
import { testDatabase } from '../database.ts';
import { shelved } from './shelved.ts';

const { world } = await testDatabase();
const TODAY = '2026-07-01' as Day;
const LINES = [
	'sec_1 | § 1. | No officer shall honor a detainer. No officer shall ask.',
	'sec_2 | § 2. | Nothing here gives a right to sue.',
];
const CODING: NewCoding = {
	eId: 'sec_1',
	code: 'D1',
	polarity: 'gives',
	strength: 'absolute',
	words: 'No officer shall honor a detainer.',
	note: null,
};

async function coded(address: string, changes: Partial<NewCoding> = {}, instrument = 'ordinance') {
	const at = await shelved({ address, instrument, lines: LINES }, world);
	const { id } = await propose(at, changes);
	return { ...at, id };
}

function propose(at: { workId: string; expressionId: string }, changes: Partial<NewCoding> = {}) {
	return world.db.as(SYSTEM, (tx) =>
		code(at.workId, at.expressionId, { ...CODING, ...changes }, 'Ana Reyes', world, tx),
	);
}

const count = async (asked: string) =>
	(await world.db.as(VISITOR, (tx) => countsByCode(TODAY, tx))).find((one) => one.code === asked);

describe('a person codes words', () => {
	test('that stand exactly in the provision, and the place is kept', async () => {
		const at = await coded('coalition/exact', {
			eId: 'sec_2',
			code: 'ACC-NOPRA',
			polarity: 'denies',
			words: 'a right to sue',
		});
		const [found] = await world.db.as(VISITOR, (tx) => protectionsOf(at.workId, at.expressionId, tx));
		expect(found).toMatchObject({
			address: 'coalition/exact/2026-01-02/sec_2',
			code: 'ACC-NOPRA',
			state: 'proposed',
			taxonomy: '2026-11',
		});
		const whole =
			'§ 1. No officer shall honor a detainer. No officer shall ask.\n§ 2. Nothing here gives a right to sue.';
		expect(whole.slice(found?.start, found?.end)).toBe('a right to sue');
	});

	test.each([
		['words that stand elsewhere', { words: 'a right to sue' }, 'do not stand in sec_1'],
		['words in other letters', { words: 'no officer shall honor' }, 'do not stand in sec_1'],
		['no words', { words: ' ' }, 'Give the words'],
		['a provision that is not there', { eId: 'sec_9' }, 'no provision sec_9'],
		['a code that is none', { code: 'XYZ' }, 'no protection XYZ'],
	])('but not %s', async (_, changes, why) => {
		const at = await shelved(
			{
				address: `coalition/refused-${world.random.uuid()}`,
				lines: LINES,
			},
			world,
		);
		await expect(propose(at, changes)).rejects.toThrow(why);
	});

	test('once: the same again changes nothing', async () => {
		const at = await coded('coalition/once');
		expect(await propose(at)).toEqual({ id: at.id, made: false });
	});
});

describe('a second person', () => {
	test('confirms, and nobody else', async () => {
		const { id } = await coded('coalition/second');
		await expect(confirm(id, ' ana  reyes', world)).rejects.toThrow('Somebody else');
		await confirm(id, 'Ben Ode', world);
		await expect(confirm(id, 'Cy Dahl', world)).rejects.toThrow('Ben Ode confirmed this already');
		await expect(confirm('6f1c2a9e-0000-4000-8000-000000000000', 'Ben Ode', world)).rejects.toThrow(
			'No standing coding',
		);
	});

	test('makes it count; a withdrawal with a reason ends that and stays on record', async () => {
		const before = await count('DET-NOTIFY');
		const { id } = await coded('coalition/counted', { code: 'DET-NOTIFY' });
		const denied = await coded('coalition/denied', { code: 'DET-NOTIFY', polarity: 'denies' });
		expect(await count('DET-NOTIFY')).toEqual(before);
		await confirm(id, 'Ben Ode', world);
		await confirm(denied.id, 'Ben Ode', world);
		expect(await count('DET-NOTIFY')).toEqual({ code: 'DET-NOTIFY', policies: 1, inForce: 0, models: 0, passages: 1 });
		const places = await world.db.as(VISITOR, (tx) => confirmedPlaces(TODAY, tx));
		expect(places.filter((one) => one.code === 'DET-NOTIFY').map((one) => one.id)).toEqual([id]);
		await expect(withdraw(id, ' ', 'Ben Ode', world)).rejects.toThrow('Give the reason');
		await withdraw(id, 'It speaks of something else.', 'Ben Ode', world);
		expect(await count('DET-NOTIFY')).toBeUndefined();
		const record = await world.db.as(VISITOR, (tx) =>
			codings({ ...EVERY_CODING, code: 'DET-NOTIFY', state: 'withdrawn' }, 10, tx),
		);
		expect(record.map((one) => one.withdrawnReason)).toEqual(['It speaks of something else.']);
	});

	test('makes it count in force only where a fact says so, and models apart', async () => {
		const policy = await coded('coalition/in-force', { code: 'DET-COST' });
		const model = await coded('coalition/model', { code: 'DET-COST' }, 'model');
		for (const { id } of [policy, model]) await confirm(id, 'Ben Ode', world);
		expect(await count('DET-COST')).toMatchObject({ policies: 1, inForce: 0, models: 1 });
		await world.db.as(SYSTEM, (tx) =>
			sql`insert into library_fact (work_id, id, kind, day, source, author, at)
				values (${policy.workId}, ${world.random.uuid()}, 'in_force', '2026-02-01', 'its section 9', 'test', now())`.execute(
				tx,
			),
		);
		expect(await count('DET-COST')).toMatchObject({ policies: 1, inForce: 1, models: 1 });
	});

	test('said it of a version that is no longer the latest: it is not counted any more', async () => {
		const old = await coded('coalition/older', { code: 'DET-TRANSFER' });
		await confirm(old.id, 'Ben Ode', world);
		expect(await count('DET-TRANSFER')).toMatchObject({ policies: 1 });
		await shelved({ address: 'coalition/older', workId: old.workId, day: '2026-03-04', lines: LINES }, world);
		expect(await count('DET-TRANSFER')).toBeUndefined();
	});
});

test('when a file is read again a coding goes with its words, or is withdrawn where they are gone', async () => {
	const at = await coded('coalition/again');
	const gone = await propose(at, { eId: 'sec_2', code: 'ACC-NOPRA', words: 'a right to sue' });
	await world.db.as(SYSTEM, async (tx) => {
		const text = '§ 0. New. No officer shall honor a detainer.\n§ 2. Nothing.';
		await sql`update library_expression set text = ${text} where id = ${at.expressionId}`.execute(tx);
		await sql`update library_provision set e_id = 'sec_0', end_at = 44 where expression_id = ${at.expressionId} and position = 0`.execute(
			tx,
		);
		await sql`update library_provision set start_at = 45, end_at = 58 where expression_id = ${at.expressionId} and position = 1`.execute(
			tx,
		);
		await sql`insert into library_provision_alias values (${at.workId}, ${at.expressionId}, 'sec_1', 'sec_0', now())`.execute(
			tx,
		);
		await recode(at.workId, at.expressionId, world, tx);
	});
	const found = await world.db.as(VISITOR, (tx) => codings({ ...EVERY_CODING, expression: at.expressionId }, 10, tx));
	expect(found.find(({ id }) => id === at.id)).toMatchObject({ eId: 'sec_0', start: 10, state: 'proposed' });
	expect(found.find(({ id }) => id === gone.id)).toMatchObject({ state: 'withdrawn', withdrawnBy: 'City Compact' });
});
