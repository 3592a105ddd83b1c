import { createHash } from 'node:crypto';
import { SYSTEM } from '#access/actor.ts';
import { furnishSample } from '#places/sample.server.ts';
import type { World } from '#platform/world.ts';
import { rebuild } from './rebuild.server.ts';
import { sampleLists } from './sample.ts';
import { shelve } from './shelf.server.ts';

/** Gives a database that never held a list the sample lists, so that a new installation has something to show. Safe to call at every start. */
export async function seedSample(world: Pick<World, 'db' | 'clock'>): Promise<void> {
	const seeded = await world.db.as(SYSTEM, async (tx) => {
		const any = await tx.selectFrom('watch_list').select('sha256').limit(1).executeTakeFirst();
		const ever = await tx.selectFrom('watch_ledger').select('rules').executeTakeFirst();
		if (any || ever) return false;
		await furnishSample(world, tx);
		for (const sample of sampleLists()) {
			const sha256 = createHash('sha256').update(JSON.stringify(sample)).digest('hex');
			const list = { ...sample, sha256 };
			await shelve(sha256, list, { blobId: null, addedAt: world.clock.now(), sample: true }, tx);
			await tx
				.insertInto('watch_sighting')
				.values({
					sha256,
					name: `SAMPLE ${list.kind} ${list.modified.slice(0, 10)}.xlsx`,
					source: 'sample',
					seen_at: world.clock.now(),
				})
				.onConflict((conflict) => conflict.doNothing())
				.execute();
		}
		return true;
	});
	if (seeded) await rebuild(world);
}
