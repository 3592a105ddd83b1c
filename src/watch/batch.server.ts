import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { Conflict } from '#kernel/error.ts';
import type { Tx, World } from '#platform/world.ts';

/** Records of one batch: a few milliseconds of one session. */
export const BATCH = 1_000;

/**
 * Rows of the public ledger, read in short transactions so that neither memory nor a session is held while a reader is
 * slow. `read` gives the rows behind `last` (null: from the beginning); a batch that is not full is the last. Throws
 * `Conflict` where the ledger was made anew in between: half an old and half a new one is neither.
 */
export async function* inBatches<Row>(
	read: (last: Row | null, tx: Tx) => Promise<readonly Row[]>,
	world: Pick<World, 'db'>,
	size = BATCH,
): AsyncGenerator<Row> {
	let last: Row | null = null;
	let edition: number | null = null;
	for (;;) {
		const from: Row | null = last;
		const batch: readonly Row[] = await world.db.as(VISITOR, async (tx) => {
			const made = await sql<{ made_at: Date }>`select made_at from watch_ledger`.execute(tx);
			const found = made.rows[0]?.made_at.getTime() ?? 0;
			edition ??= found;
			if (edition !== found) throw new Conflict('The ledger was made anew while it was read. Ask again.');
			return read(from, tx);
		});
		yield* batch;
		if (batch.length < size) return;
		last = batch.at(-1) ?? null;
	}
}
