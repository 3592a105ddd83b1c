import { sql } from 'kysely';
import type { Room } from './room.ts';
import type { Tx } from './world.ts';

export interface NewEntry {
	readonly noun: string;
	readonly kind: string;
	/** Id of what it is about; never its text. */
	readonly subject: string;
	readonly at: Date;
	/** About the past: recorded, but nobody is written to. */
	readonly historic: boolean;
	/** Left out: the coalition, in public. */
	readonly owner?: string | null;
	readonly room?: Room;
}

export interface Entry extends Required<NewEntry> {
	readonly position: number;
}

/** Appends in the caller's transaction, so that an entry exists exactly when its change does. */
export async function append(entries: readonly NewEntry[], tx: Tx): Promise<void> {
	if (entries.length === 0) return;
	const rows = entries.map((entry, order) => ({ owner: null, room: 'public', ...entry, order }));
	await sql`
		insert into journal (at, owner_city, room, noun, kind, subject, historic)
		select at, owner, room, noun, kind, subject, historic
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
			as r (at timestamptz, owner text, room text, noun text, kind text, subject text, historic boolean, "order" integer)
		order by "order"`.execute(tx);
}

/**
 * Up to `limit` entries after a position, oldest first. Stops before entries of transactions that began earlier than one
 * still open: positions are handed out before a transaction ends, and a reader that remembers its last must not pass one by.
 */
export async function entriesAfter(position: number, limit: number, tx: Tx): Promise<readonly Entry[]> {
	const { rows } = await sql<Entry>`
		select position, at, owner_city as owner, room, noun, kind, subject, historic
		from journal
		where position > ${position} and written_in < pg_snapshot_xmin(pg_current_snapshot())
		order by position limit ${limit}`.execute(tx);
	return rows;
}
