import { sql } from 'kysely';
import type { RelationKind } from '#library/policy.ts';
import type { Tx } from '#platform/world.ts';
import type { Documented } from './documented.ts';

/** What sources say of how policies stand to each other, where both are among those asked for; what was withdrawn is left out. */
export async function documented(workIds: readonly string[], tx: Tx): Promise<readonly Documented[]> {
	const { rows } = await sql<Documented & { kind: RelationKind }>`
		select work_id as "workId", other_id as "otherId", kind, source, source_address as "sourceAddress"
		from library_relation
		where work_id = any(${workIds}::uuid[]) and other_id = any(${workIds}::uuid[]) and withdrawn_at is null
		order by at, id`.execute(tx);
	return rows;
}
