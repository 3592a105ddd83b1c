import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { backup, restore } from '#platform/backup.server.ts';
import { openDatabase } from '#platform/database.server.ts';
import type { Ground } from '#platform/ground.server.ts';
import type { List } from '#watch/list.ts';
import { sampleLists } from '#watch/sample.ts';
import { seedSample } from '#watch/seed.server.ts';
import { clearSample, shelve, unpacker } from '#watch/shelf.server.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { world } = here;
const folder = mkdtempSync(join(tmpdir(), 'citycompact-shelf-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function count(table: string): Promise<number> {
	const { rows } = await world.db.as(SYSTEM, (tx) =>
		sql<{ count: number }>`select count(*)::integer as count from ${sql.table(table)}`.execute(tx),
	);
	return rows[0]?.count ?? 0;
}

async function clear(ground: Ground): Promise<void> {
	const db = openDatabase({ connection: ground.app, sessions: 1 });
	await db.as(SYSTEM, clearSample).finally(() => db.close());
}

describe('sample data', () => {
	test('is no news: the journal holds nothing of it', async () => {
		await seedSample(world);
		expect(await count('watch_event')).toBeGreaterThan(0);
		expect(await count('journal')).toBe(0);
	});

	test('makes room for a backup; what a person added does not', async () => {
		const file = join(folder, 'sample.backup');
		await backup(file, null, here.ground, new Date('2026-07-01T12:00:00Z'));
		await expect(restore(file, null, here.ground)).rejects.toThrow('not empty');
		const before = await count('watch_event');
		await restore(file, null, here.ground, clear);
		expect(await count('watch_event')).toBe(before);
		await world.db.as(SYSTEM, (tx) =>
			sql`insert into watch_overrule values (gen_random_uuid(), 'release', '{}', 'r', 'a', now())`.execute(tx),
		);
		await expect(restore(file, null, here.ground, clear)).rejects.toThrow('not empty (watch_overrule');
	});
});

test('lists come off the shelf as they were put there, and share what is the same on all of them', async () => {
	const [first, second] = sampleLists().filter((list) => list.kind === 'participating');
	const names = ['a', 'b'].map((letter) => letter.repeat(64));
	const put = [first, second].map((list, n) => ({ ...list, sha256: names[n] })) as List[];
	const source = { blobId: null, addedAt: new Date(), sample: true };
	const readings = await world.db.as(SYSTEM, async (tx) => {
		for (const list of put) await shelve(list.sha256, list, source, tx);
		const { rows } = await sql<{ reading: Buffer }>`
			select reading from watch_list where sha256 = any(${names}) order by sha256`.execute(tx);
		return rows.map((row) => row.reading);
	});
	const unpack = unpacker();
	const got = put.map(({ sha256, kind, modified }, n) =>
		unpack({ sha256, kind, modified, reading: readings[n] as Buffer }),
	);
	expect(got).toEqual(put);
	const cells = got.map((list) => new Set(list.rows.map((row) => row.cells)));
	expect([...(cells[0] ?? [])].some((one) => cells[1]?.has(one))).toBe(true);
});
