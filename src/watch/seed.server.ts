import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import type { Tx, World } from '#platform/world.ts';
import { pack, READER } from './pack.server.ts';
import { rebuild } from './rebuild.server.ts';
import { sampleLists } from './sample.ts';

/** Gives a database that never held a list the sample lists, so that a new installation has something to show. Safe to call at every start. */
export async function seedSample(world: Pick<World, 'db' | 'clock'>): Promise<void> {
	const seeded = await world.db.as(SYSTEM, async (tx) => {
		const any = await tx.selectFrom('watch_list').select('sha256').limit(1).executeTakeFirst();
		const ever = await tx.selectFrom('watch_ledger').select('rules').executeTakeFirst();
		if (any || ever) return false;
		for (const sample of sampleLists()) {
			const sha256 = createHash('sha256').update(JSON.stringify(sample)).digest('hex');
			const list = { ...sample, sha256 };
			await tx
				.insertInto('watch_list')
				.values({
					sha256,
					kind: list.kind,
					modified: new Date(list.modified),
					standing: 'read',
					row_count: list.rows.length,
					reading: pack(list),
					reader: READER,
					sample: true,
					added_at: world.clock.now(),
				})
				.onConflict((conflict) => conflict.doNothing())
				.execute();
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

/** Sample data ends for good with the first real list: its lists go, and what was derived from them goes without a trace, for it was never a fact. */
export async function endSample(tx: Tx): Promise<void> {
	const both = await sql<{ over: boolean }>`
		select bool_or(sample) and bool_or(not sample and standing = 'read') as over from watch_list`.execute(tx);
	if (!both.rows[0]?.over) return;
	await sql`delete from watch_list where sample`.execute(tx);
	for (const table of [
		'watch_event',
		'watch_agency',
		'watch_agreement',
		'watch_application',
		'watch_review',
		'watch_alias',
		'watch_ledger',
	]) {
		await sql`delete from ${sql.table(table)}`.execute(tx);
	}
}
