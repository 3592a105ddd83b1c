import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { readConfig } from '#platform/config.server.ts';
import { asOwner, openGround } from '#platform/ground.server.ts';
import { findPostmaster } from '#platform/postmaster.server.ts';
import { type OpenWorld, openWorld } from '#platform/world.server.ts';

const SYSTEM = { role: 'system', city: null };
const opened: OpenWorld[] = [];
const folders: string[] = [];

async function open(
	folder = mkdtempSync(join(tmpdir(), 'citycompact-world-')),
): Promise<{ world: OpenWorld; folder: string }> {
	folders.push(folder);
	const world = await openWorld({ config: readConfig({ COMPACT_DATA: folder }), write: () => undefined });
	opened.push(world);
	return { world, folder };
}

afterEach(async () => {
	for (const world of opened.splice(0)) await world.close();
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('a new world is ready, has its secret, and leaves no process behind', async () => {
	const { world, folder } = await open();
	expect(await world.ready()).toBe('ready');
	expect(existsSync(join(folder, 'secret'))).toBe(true);
	await world.close();
	expect(findPostmaster(join(folder, 'pgdata'))).toBeNull();
	expect(await world.ready()).toBe('database');
});

test('a data folder where none can be made is refused with a sentence', async () => {
	const config = readConfig({ COMPACT_DATA: '/proc/citycompact/data' });
	await expect(openWorld({ config, write: () => undefined })).rejects.toThrow('COMPACT_DATA to a folder of your own');
});

test('a world whose database stands at another migration is not ready', async () => {
	const { world, folder } = await open();
	const ground = await openGround(readConfig({ COMPACT_DATA: folder }), () => undefined);
	await asOwner(ground, (session) =>
		session.query(`insert into migration (number, name, sha256) values (9999, 'later', '')`),
	);
	expect(await world.ready()).toBe('migrations');
	await ground.close();
});

test('jobs go on after the database was killed with -9, without anybody’s help', async () => {
	const { world, folder } = await open();
	let done = 0;
	world.work({
		tasks: {
			count: async () => {
				done++;
			},
		},
	});
	await world.db.as(SYSTEM, (tx) => world.queue.add(tx, 'count'));
	while (done < 1) await sleep(10);
	process.kill(findPostmaster(join(folder, 'pgdata'))?.pid ?? 0, 'SIGKILL');
	for (let asked = false; !asked; await sleep(20)) {
		asked = await world.db
			.as(SYSTEM, (tx) => world.queue.add(tx, 'count'))
			.then(
				() => true,
				() => false,
			);
	}
	while (done < 2) await sleep(10);
	expect(await world.ready()).toBe('ready');
}, 30_000);

test('two worlds in one folder share the database, and the first to go takes nothing along', async () => {
	const { world, folder } = await open();
	const { world: other } = await open(folder);
	await world.close();
	expect(await other.ready()).toBe('ready');
});
