import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Invalid } from '#kernel/error.ts';
import { readConfig } from '#platform/config.server.ts';
import { failure } from '#platform/failure.ts';
import { asOwner, openGround } from '#platform/ground.server.ts';
import { findPostmaster } from '#platform/postmaster.server.ts';
import { openWorld } from '#platform/world.server.ts';

const CANARY = 'canary7e1f';
const folder = mkdtempSync(join(tmpdir(), 'citycompact-canary-'));
const config = readConfig({ COMPACT_DATA: folder, COMPACT_ENV: 'production' });
const SYSTEM = { role: 'system', city: null };
const seen = { stdout: '', stderr: '', jobs: '', database: '' };

beforeAll(async () => {
	const spies = (['stdout', 'stderr'] as const).map((name) =>
		vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
			seen[name] += String(chunk);
			return true;
		}),
	);
	const world = await openWorld({ config });
	let failed = 0;
	world.work({
		tasks: {
			fail: async () => {
				failed++;
				throw new Invalid(`The clerk wrote ${CANARY}`);
			},
			query: async () => {
				failed++;
				await world.db.as(SYSTEM, (tx) => sql`select ${CANARY}::integer`.execute(tx));
			},
		},
	});
	const plant = (statement: (value: string) => Promise<unknown>) =>
		statement(CANARY).catch((error) => world.log.error(failure(error), 'planted'));
	await plant((value) => world.db.as(SYSTEM, (tx) => sql`select ${value}::integer`.execute(tx)));
	await plant((value) => world.db.as(SYSTEM, (tx) => sql.raw(`select '${value}'::uuid`).execute(tx)));
	await plant((value) =>
		world.db.as(SYSTEM, (tx) => sql`insert into watch_alias values (${value}, 'x'), (${value}, 'y')`.execute(tx)),
	);
	await plant((value) =>
		world.db.as({ role: 'visitor', city: value }, (tx) => sql`select nothing from ${sql.table(value)}`.execute(tx)),
	);
	await plant((value) => world.db.as(SYSTEM, (tx) => world.queue.add(tx, 'fail', { note: `a ${value}` })));
	await plant((value) => world.mail.send({ to: `${value}@example.org`, subject: value, text: value }));
	world.log.info({ route: '/watch', query: CANARY, referrer: CANARY }, 'request');
	await world.db.as(SYSTEM, async (tx) => {
		await world.queue.add(tx, 'fail');
		await world.queue.add(tx, 'query');
	});
	while (failed < 2) await sleep(10);
	await sleep(100);
	await world.close();
	for (const spy of spies) spy.mockRestore();

	const ground = await openGround(config, () => undefined);
	seen.jobs = await asOwner(ground, async (session) => {
		const tables = await session.query(
			`select oid::regclass::text as name from pg_class where relnamespace = 'graphile_worker'::regnamespace and relkind = 'r'`,
		);
		const texts: string[] = [];
		for (const { name } of tables.rows) texts.push(JSON.stringify((await session.query(`select * from ${name}`)).rows));
		return texts.join('\n');
	});
	await ground.close();
	const log = join(folder, 'pgdata', 'log');
	seen.database = readdirSync(log)
		.map((name) => readFileSync(join(log, name), 'utf8'))
		.join('\n');
}, 30_000);

afterAll(() => {
	expect(findPostmaster(join(folder, 'pgdata'))).toBeNull();
	rmSync(folder, { recursive: true, force: true });
});

test.each([
	['stderr', 'planted'],
	['jobs', 'Invalid'],
	['database', 'ready to accept connections'],
] as const)('what was planted is nowhere in %s, which was read', (place, proof) => {
	expect(seen[place]).toContain(proof);
	expect(seen[place]).not.toContain(CANARY);
});

test('nothing but results goes to standard output', () => {
	expect(seen.stdout).toBe('');
});

test('the log says what failed: the code of the database, the task, the setting that is missing', () => {
	for (const word of ['22P02', '23505', '"task":"fail"', '"setting":"SMTP_URL"']) expect(seen.stderr).toContain(word);
});
