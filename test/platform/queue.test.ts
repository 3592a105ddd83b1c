import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { Invalid } from '#kernel/error.ts';
import { openPool } from '#platform/pool.server.ts';
import { type Jobs, startJobs } from '#platform/queue.server.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { db, queue } = here.world;
const SYSTEM = { role: 'system', city: null };
const running: (() => Promise<void>)[] = [];

function work(tasks: Jobs['tasks'], schedule: Jobs['schedule'] = []): void {
	const pool = openPool({ connection: here.ground.app, sessions: 4 });
	const jobs = startJobs({ tasks, schedule }, pool, here.world.log);
	running.push(async () => {
		await jobs.stop();
		await pool.end();
	});
}

async function until(true_: () => boolean | Promise<boolean>): Promise<void> {
	for (let tries = 0; tries < 500; tries++) {
		if (await true_()) return;
		await sleep(10);
	}
	throw new Error('It did not happen within five seconds.');
}

async function jobs(): Promise<{ task: string; error: string | null; payload: unknown }[]> {
	return here.owner(async (session) => {
		const { rows } = await session.query(`
			select t.identifier as task, last_error as error, payload
			from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id`);
		return rows;
	});
}

afterEach(async () => {
	for (const stop of running.splice(0)) await stop();
	await here.owner((session) => session.query('delete from graphile_worker._private_jobs'));
	here.logged.length = 0;
});

describe('a job', () => {
	test('is worked on with the ids it was given, by the role of the app', async () => {
		const done: unknown[] = [];
		work({
			look: async (payload) => {
				const role = await db.as(
					SYSTEM,
					async (tx) => (await sql<{ r: string }>`select current_user::text as r`.execute(tx)).rows[0]?.r,
				);
				done.push([payload, role]);
			},
		});
		await db.as(SYSTEM, (tx) => queue.add(tx, 'look', { list: 'abc-1' }));
		await until(() => done.length === 1);
		expect(done).toEqual([[{ list: 'abc-1' }, 'compact_app']]);
		await until(async () => (await jobs()).length === 0);
	});

	test('does not exist where its change does not', async () => {
		const broken = db.as(SYSTEM, async (tx) => {
			await queue.add(tx, 'look');
			throw new Error('half way');
		});
		await expect(broken).rejects.toThrow('half way');
		expect(await jobs()).toEqual([]);
	});

	test('with a key waits once, however often it is asked for', async () => {
		for (let n = 0; n < 3; n++) await db.as(SYSTEM, (tx) => queue.add(tx, 'rebuild', {}, 'rebuild'));
		expect((await jobs()).map((job) => job.task)).toEqual(['rebuild']);
	});

	test.each(['two words', 'clerk@example.org', 'https://example.org/?q=1', ''])(
		'is not given %j: ids only',
		async (value) => {
			await expect(db.as(SYSTEM, (tx) => queue.add(tx, 'look', { id: value }))).rejects.toThrow('that is no id');
			expect(await jobs()).toEqual([]);
		},
	);

	test('that may wait is not begun before its time, and asked for again at once it is begun at once', async () => {
		const done: unknown[] = [];
		work({ wait: async () => void done.push(1), look: async () => void done.push(2) });
		await db.as(SYSTEM, (tx) => queue.add(tx, 'wait', {}, 'wait', 3_600));
		await db.as(SYSTEM, (tx) => queue.add(tx, 'look'));
		await until(() => done.length === 1);
		expect(done).toEqual([2]);
		await db.as(SYSTEM, (tx) => queue.add(tx, 'wait', {}, 'wait'));
		await until(() => done.length === 2);
	});

	test('of each day is known to the clock under its own name, once however many processes have it', async () => {
		const schedule = [{ task: 'watch.look', key: 'watch.look', hour: 21, minute: 7 }];
		for (let n = 0; n < 2; n++) work({ 'watch.look': async () => undefined }, schedule);
		await until(async () => (await known()).length > 0);
		expect(await known()).toEqual([{ identifier: 'watch.look' }]);
	});

	function known(): Promise<unknown[]> {
		return here.owner((session) =>
			session.query('select identifier from graphile_worker._private_known_crontabs').then(({ rows }) => rows),
		);
	}

	test('that fails leaves its kind of failure, not its words, in its row and in the log, and comes again', async () => {
		work({
			fail: async () => {
				throw new Invalid('The clerk wrote canary@example.org');
			},
		});
		await db.as(SYSTEM, (tx) => queue.add(tx, 'fail'));
		await until(async () => (await jobs())[0]?.error != null);
		expect(await jobs()).toMatchObject([{ task: 'fail', error: 'Invalid' }]);
		expect(here.logged).toMatchObject([
			{ level: 'error', entry: { task: 'fail', error: 'Invalid' }, message: 'a job failed' },
		]);
		expect(JSON.stringify([await jobs(), here.logged])).not.toContain('canary');
	});
});
