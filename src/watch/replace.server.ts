import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#platform/world.ts';

export type Cell = string | number | boolean | null | readonly string[] | readonly number[] | object;
export type Derived = Readonly<{ [column: string]: Cell }> & { readonly id: string };

/** What a replacement did, as ids. */
export interface Difference {
	readonly inserted: readonly string[];
	readonly changed: readonly string[];
	/** Ids that stood in the table and are not in the new records; they are still there: the caller decides what becomes of them. */
	readonly vanished: readonly string[];
}

/** Rows of one statement: large enough that round trips do not count, small enough that a statement stays under a few megabytes. */
const BATCH = 2_000;

/**
 * Makes a derived table hold `records`, touching only what differs: a digest beside each row tells without reading the row.
 * The columns of the first record are those of all; `table` and columns are names from our own code, never input.
 */
export async function replace(
	table: string,
	records: readonly Derived[],
	tx: Tx,
	keep = sql<boolean>`true`,
): Promise<Difference> {
	const before = new Map<string, string>();
	const standing = await sql<{ id: string; digest: string }>`
		select id, digest from ${sql.table(table)} where ${keep}`.execute(tx);
	for (const row of standing.rows) before.set(row.id, row.digest);

	const inserted: string[] = [];
	const changed: string[] = [];
	const fresh: (Derived & { digest: string })[] = [];
	for (const record of records) {
		const digest = createHash('sha256').update(JSON.stringify(record)).digest('base64url');
		const old = before.get(record.id);
		before.delete(record.id);
		if (old === digest) continue;
		(old === undefined ? inserted : changed).push(record.id);
		fresh.push({ ...record, digest });
	}
	for (let from = 0; from < fresh.length; from += BATCH) await upsert(table, fresh.slice(from, from + BATCH), tx);
	return { inserted, changed, vanished: [...before.keys()] };
}

async function upsert(table: string, records: readonly Derived[], tx: Tx): Promise<void> {
	const columns = Object.keys(records[0] as Derived).map((name) => sql.ref(name));
	const others = columns.filter((_, i) => Object.keys(records[0] as Derived)[i] !== 'id');
	await sql`
		insert into ${sql.table(table)} (${sql.join(columns)})
		select ${sql.join(columns)} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(records)}::json)
		on conflict (id) do update set (${sql.join(others)}) = row(${sql.join(others.map((c) => sql`excluded.${c}`))})`.execute(
		tx,
	);
}
