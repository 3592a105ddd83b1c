import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { SYSTEM, VISITOR } from '#access/actor.ts';
import { type ChangeFilter, changes } from '#library/changes.server.ts';
import { code, confirm, withdraw } from '#library/coding.server.ts';
import { facts } from '#library/facts.server.ts';
import { versionOf, versions } from '#library/versions.server.ts';
import { testDatabase } from '../database.ts';
import { shelved } from './shelved.ts';

const database = await testDatabase();
const { world } = database;
const EVERY: ChangeFilter = { kind: null, state: null, place: null, instrument: null, after: null };
const LINES = ['sec_1 | § 1. | No officer shall honor a detainer.'];

const at = await shelved({ address: 'coalition/one', lines: LINES }, world);
const later = await shelved({ address: 'coalition/one', workId: at.workId, day: '2026-02-03', lines: LINES }, world);
const other = await shelved({ address: 'coalition/two', instrument: 'model', lines: LINES }, world);
await world.db.as(SYSTEM, async (tx) => {
	for (const [expression, moment] of [
		[at.expressionId, '2026-06-01'],
		[later.expressionId, '2026-06-02'],
		[other.expressionId, '2026-06-02'],
	])
		await sql`update library_expression set added_at = ${moment}::timestamptz where id = ${expression}`.execute(tx);
	await sql`insert into library_fact (work_id, id, kind, day, source, author, at)
		values (${at.workId}, ${world.random.uuid()}, 'adopted', '2026-01-02', 'its minutes', 'test', '2026-06-03')`.execute(
		tx,
	);
});
database.now = new Date('2026-06-04T12:00:00Z');
const coding = await world.db.as(SYSTEM, (tx) =>
	code(
		at.workId,
		at.expressionId,
		{ eId: 'sec_1', code: 'D1', polarity: 'gives', strength: 'absolute', words: 'No officer', note: null },
		'Ana Reyes',
		world,
		tx,
	),
);
await confirm(coding.id, 'Ben Ode', world);
database.now = new Date('2026-06-05T12:00:00Z');
await withdraw(coding.id, 'It says less.', 'Ben Ode', world);

const asked = (filter: Partial<ChangeFilter>, limit = 100) =>
	world.db.as(VISITOR, (tx) => changes({ ...EVERY, ...filter }, limit, tx));

test('what happened on the shelf is told latest first, with the page that shows it', async () => {
	const told = (await asked({})).map(({ kind, address, words }) => [kind, address, words]);
	expect(told).toHaveLength(6);
	expect(told.slice(0, 3)).toEqual([
		['protection_withdrawn', 'coalition/one/2026-01-02/sec_1', 'It says less.'],
		['protection_confirmed', 'coalition/one/2026-01-02/sec_1', 'No officer'],
		['fact_added', 'coalition/one', 'its minutes'],
	]);
	expect(told.at(-1)).toEqual(['version_added', 'coalition/one/2026-01-02', null]);
});

test('documents of one change each make the whole, also where two happened at one moment', async () => {
	const whole = (await asked({})).map(({ id }) => id);
	const pieces: string[] = [];
	for (let after: string | null = null; ; ) {
		const [next] = await asked({ after }, 1);
		if (!next) break;
		pieces.push(next.id);
		after = next.id;
	}
	expect(pieces).toEqual(whole);
	await expect(asked({ after: 'nothing.1' })).rejects.toThrow('no such change');
});

test.each([
	[{ kind: 'fact_added' }, ['coalition/one']],
	[{ instrument: 'model' }, ['coalition/two/2026-01-02']],
	[{ state: 'TX' }, []],
] as const)('the feed narrows by %j', async (filter, addresses) => {
	expect((await asked(filter)).map(({ address }) => address)).toEqual(addresses);
});

test('facts and versions of every policy come in order, and go on behind the last', async () => {
	const noFilter = { work: null, kind: null, state: null, since: null, until: null, after: null };
	const [fact] = await world.db.as(VISITOR, (tx) => facts(noFilter, 5, tx));
	expect(fact).toMatchObject({ kind: 'adopted', address: 'coalition/one', withdrawnAt: null });
	expect(await world.db.as(VISITOR, (tx) => facts({ ...noFilter, after: fact?.id ?? null }, 5, tx))).toEqual([]);
	const lines = (after: string | null, limit: number) =>
		world.db.as(VISITOR, (tx) => versions({ work: null, language: null, after }, limit, tx));
	const all = await lines(null, 10);
	expect(all.map(({ address }) => address)).toEqual([
		'coalition/one/2026-01-02',
		'coalition/one/2026-02-03',
		'coalition/two/2026-01-02',
	]);
	expect(await lines(all[0]?.id ?? null, 1)).toEqual(all.slice(1, 2));
	await expect(lines('6f1c2a9e-0000-4000-8000-000000000000', 1)).rejects.toThrow('no such version');
});

test('a version is found by its id alone', async () => {
	const found = await world.db.as(VISITOR, (tx) => versionOf(later.expressionId, tx));
	expect(found).toMatchObject({ address: 'coalition/one/2026-02-03', provisions: [{ eId: 'sec_1' }] });
	expect(await world.db.as(VISITOR, (tx) => versionOf('nothing', tx))).toBeNull();
});
