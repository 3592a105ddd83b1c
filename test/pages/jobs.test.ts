import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { startSite } from './site.ts';

const folder = mkdtempSync(join(tmpdir(), 'citycompact-jobs-'));
chmodSync(folder, 0o711);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const site = await startSite({ COMPACT_DATA: folder });

test('the built server works on jobs beside its pages, and nobody is asked for lists', async () => {
	const world = await openWorld({ config: readConfig({ COMPACT_DATA: folder }), write: () => undefined });
	try {
		await world.db.as(SYSTEM, async (tx) => {
			await tx.deleteFrom('watch_ledger').execute();
			await world.queue.add(tx, 'watch.rebuild', {}, 'watch.rebuild');
		});
		const made = () => world.db.as(SYSTEM, (tx) => tx.selectFrom('watch_ledger').select('rules').execute());
		for (let tries = 0; (await made()).length === 0 && tries < 200; tries++) await sleep(100);
		expect(await made()).toHaveLength(1);
		expect((await fetch(`${site.origin}/watch`)).status).toBe(200);
		const asked = await world.db.as(SYSTEM, (tx) => tx.selectFrom('watch_fetch').select('id').execute());
		expect(asked).toEqual([]);
		expect(site.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
	} finally {
		await world.close();
	}
});
