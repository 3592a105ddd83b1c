import { sql } from 'kysely';
import type { Tx } from './world.ts';

/** Advisory locks over all processes on a database. One table, so that no two of them share a number. */
const NUMBERS = {
	'watch.rebuild': 287_002,
	places: 287_003,
	'watch.fetch': 287_004,
	'watch.report': 287_005,
	'library.shelf': 287_006,
	'library.index': 287_007,
	reuse: 287_017,
	'interest.ask': 287_014,
	'coalition.sample': 287_015,
	'alerts.ask': 287_016,
	'adoption.party': 287_018,
	'adoption.shelve': 287_019,
} as const;
export type Lock = keyof typeof NUMBERS;

/** Takes a lock to the end of the transaction; waits no longer than a session may. @param of whose lock it is, where each of many has its own */
export async function hold(lock: Lock, tx: Tx, of?: string): Promise<void> {
	if (of === undefined) await sql`select pg_advisory_xact_lock(${NUMBERS[lock]})`.execute(tx);
	else await sql`select pg_advisory_xact_lock(${NUMBERS[lock]}, hashtext(${of}))`.execute(tx);
}

/** Takes a lock to the end of the transaction, waiting as long as whoever holds it takes. */
export async function outwait(lock: Lock, tx: Tx): Promise<void> {
	await sql`set local lock_timeout = 0`.execute(tx);
	await hold(lock, tx);
}

/** Takes a lock to the end of the transaction where nobody holds it; false where somebody does. */
export async function holdIfFree(lock: Lock, tx: Tx): Promise<boolean> {
	const found = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${NUMBERS[lock]}) as mine`.execute(tx);
	return found.rows[0]?.mine ?? false;
}
