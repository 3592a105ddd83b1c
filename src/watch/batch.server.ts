import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { Conflict, Invalid } from '#kernel/error.ts';
import type { Tx, World } from '#platform/world.ts';

/** Records of one batch: a few milliseconds of one session. */
export const BATCH = 1_000;

interface Reading<Row> {
	/** The row with an id. */
	find(id: string, tx: Tx): Promise<Row | undefined>;
	read(last: Row | null, tx: Tx): Promise<readonly Row[]>;
}

/**
 * Rows of the public ledger, read in short transactions so that neither memory nor a session is held while a reader is
 * slow. `read` gives the rows behind `last` (null: from the beginning); a batch that is not full is the last. Throws
 * `Conflict` where the ledger was made anew in between: half an old and half a new one is neither; and `Invalid` where
 * the row to begin behind is not there.
 * @param after id of the row that a reader had last; null begins at the first
 */
export async function* inBatches<Row>(
	after: string | null,
	{ find, read }: Reading<Row>,
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
			const begin = from ?? (after === null ? null : ((await find(after, tx)) ?? notThere(after)));
			return read(begin, tx);
		});
		yield* batch;
		if (batch.length < size) return;
		last = batch.at(-1) ?? null;
	}
}

function notThere(id: string): never {
	throw new Invalid(
		`There is no record ${id} to go on after. \`after\` takes what \`next\` gave in the answer before; without it the answer begins at the first record.`,
	);
}
