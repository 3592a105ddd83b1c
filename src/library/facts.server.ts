import { type RawBuilder, sql } from 'kysely';
import { type Day, isoSecond } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import type { WorkFact } from './history.ts';
import type { Fact, FactKind } from './policy.ts';

export interface FactFilter {
	/** Id of a policy. */
	readonly work: string | null;
	readonly kind: FactKind | null;
	/** Postal code. */
	readonly state: string | null;
	readonly since: Day | null;
	readonly until: Day | null;
	/** Id of the last fact of an earlier answer. */
	readonly after: string | null;
}

/** Facts of every policy that is on the shelf, in the order of their days. */
export async function facts(filter: FactFilter, limit: number, tx: Tx): Promise<WorkFact[]> {
	const parts: RawBuilder<unknown>[] = [sql`w.withdrawn_at is null`];
	if (filter.work) parts.push(sql`w.id::text = ${filter.work}`);
	if (filter.kind) parts.push(sql`f.kind = ${filter.kind}`);
	if (filter.state) parts.push(sql`w.state_code = ${filter.state}`);
	if (filter.since) parts.push(sql`f.day >= ${filter.since}::date`);
	if (filter.until) parts.push(sql`f.day <= ${filter.until}::date`);
	if (filter.after)
		parts.push(sql`(f.day, f.id) > (select b.day, b.id from library_fact b where b.id::text = ${filter.after})`);
	const { rows } = await sql<
		Fact & {
			workId: string;
			address: string;
			title: string;
			at: Date;
			withdrawn_at: Date | null;
			withdrawn_reason: string | null;
		}
	>`
		select f.id, f.kind, f.day, f.source, f.source_address as "sourceAddress", f.note, f.at, f.withdrawn_at,
			f.withdrawn_reason, w.id as "workId", w.address, w.title
		from library_fact f join library_work w on w.id = f.work_id
		where ${sql.join(parts, sql` and `)} order by f.day, f.id limit ${limit}`.execute(tx);
	return rows.map(({ at, withdrawn_at, withdrawn_reason, ...fact }) => ({
		...fact,
		addedAt: isoSecond(at),
		withdrawnAt: withdrawn_at && isoSecond(withdrawn_at),
		withdrawnReason: withdrawn_reason,
	}));
}
