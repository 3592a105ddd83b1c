import { sql } from 'kysely';
import { UNSEEN, WORTH_ALIGNING } from '#concordance/candidate.ts';
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
 * The versions that share enough with a text to be worth aligning with it, heaviest first: one join over the fingerprints and two aggregates. How rare a
 * fingerprint is counts only versions that the actor of the transaction may read.
 * @param workId whose versions are left out: those of one policy share nearly everything; null for a text that is none
 */
export async function candidates(
	hashes: Uint32Array,
	algorithm: string,
	workId: string | null,
	tx: Tx,
): Promise<Candidate[]> {
	const own = Array.from(new Set(hashes), (hash) => hash | 0);
	const { rows } = await sql<Candidate>`
		with met as (
			select distinct f.hash, f.slot from unnest(${own}::integer[]) as own (hash)
			join reuse_fingerprint f on f.hash = own.hash
		), weighed as (
			select slot, ln(((select count(*) from reuse_text where algorithm = ${algorithm}) + 1 + ${UNSEEN}::double precision)
				/ (count(*) over (partition by hash) + 1 + ${UNSEEN}::double precision / 1000)) as weight
			from met
		)
		select t.work_id as "workId", t.expression_id as "expressionId", t.slot, sum(w.weight) as weight
		from weighed w join reuse_text t on t.slot = w.slot and t.algorithm = ${algorithm}
		where t.work_id is distinct from ${workId}
		group by t.work_id, t.expression_id, t.slot
		having sum(w.weight) >= ${WORTH_ALIGNING}
		order by sum(w.weight) desc, t.slot`.execute(tx);
	return rows;
}
