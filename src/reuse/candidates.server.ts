import { sql } from 'kysely';
import { UNSEEN, WORTH_ALIGNING } from '#concordance/candidate.ts';
import type { Fingerprints } from '#concordance/fingerprint.ts';
import type { Tx } from '#platform/world.ts';

/** A version that shares fingerprints with a text. */
export interface Candidate {
	readonly workId: string;
	readonly expressionId: string;
	readonly slot: number;
	/** What the shared ones weigh, in nats, as `candidatesOf` weighs them. */
	readonly weight: number;
}

/**
 * The versions that share enough with a text to be worth aligning with it, heaviest first: one look into the fingerprints for
 * each hash, and two aggregates. How rare a fingerprint is counts only versions that the actor of the transaction may read.
 * @param workId whose versions are left out: those of one policy share nearly everything; null for a text that is none
 */
export async function candidates(
	{ hashes }: Pick<Fingerprints, 'hashes'>,
	algorithm: string,
	workId: string | null,
	tx: Tx,
): Promise<Candidate[]> {
	const own = Array.from(new Set(hashes), (hash) => hash | 0);
	// The planner knows neither how rare most hashes are nor how few versions are left: each step says where it is to look, and
	// compiling would take longer than the statement runs.
	await sql`set local jit = off`.execute(tx);
	const { rows } = await sql<Candidate>`
		with met as (
			select own.hash, f.slot from unnest(${own}::integer[]) as own (hash)
			cross join lateral (select distinct slot from reuse_fingerprint where hash = own.hash offset 0) f
		), weighed as (
			select slot, ln(((select count(*) from reuse_text where algorithm = ${algorithm}) + 1 + ${UNSEEN}::double precision)
				/ (count(*) over (partition by hash) + 1 + ${UNSEEN}::double precision / 1000)) as weight
			from met
		), near as materialized (
			select slot, sum(weight) as weight from weighed group by slot having sum(weight) >= ${WORTH_ALIGNING}
		)
		select t.work_id as "workId", t.expression_id as "expressionId", near.slot, near.weight
		from near cross join lateral (
			select work_id, expression_id from reuse_text
			where slot = near.slot and algorithm = ${algorithm} and work_id is distinct from ${workId} offset 0
		) t
		order by near.weight desc, near.slot`.execute(tx);
	return rows;
}
