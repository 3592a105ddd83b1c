import { sql } from 'kysely';
import { UNSEEN, WORTH_ALIGNING } from '#concordance/candidate.ts';
import type { Fingerprints } from '#concordance/fingerprint.ts';
import { byHash } from '#concordance/span.ts';
import type { Tx } from '#platform/world.ts';
import type { VersionKey } from './clause.ts';

/** A version that shares fingerprints with a text. */
export interface Candidate extends VersionKey {
	readonly slot: number;
	/** What the shared ones weigh, in nats, as `candidatesOf` weighs them. */
	readonly weight: number;
	/** Those that both have, by rising hash, and where each stands in the candidate: the others name no passage. */
	readonly shared: Fingerprints;
}

interface Stored extends Omit<Candidate, 'shared'> {
	shared: Buffer;
	all: number;
}

/**
 * The versions that share enough with a text to be worth aligning with it, heaviest first: one look into the fingerprints for
 * each hash, and aggregates. How rare a fingerprint is counts only versions that the actor of the transaction may read.
 * @param workId whose versions are left out: those of one policy share nearly everything; null for a text that is none
 * @returns at most `most` of them, and how many there are besides
 */
export async function candidates(
	{ hashes }: Pick<Fingerprints, 'hashes'>,
	algorithm: string,
	workId: string | null,
	most: number,
	tx: Tx,
): Promise<{ readonly near: readonly Candidate[]; readonly leftOut: number }> {
	const own = Array.from(new Set(hashes), (hash) => hash | 0);
	// The planner knows neither how rare most hashes are nor how few versions are left: each step says where it is to look, and
	// compiling would take longer than the statement runs.
	await sql`set local jit = off`.execute(tx);
	const { rows } = await sql<Stored>`
		with met as materialized (
			select own.hash, f.slot, f.at from unnest(${own}::integer[]) as own (hash)
			cross join lateral (select slot, at from reuse_fingerprint where hash = own.hash offset 0) f
		), once as materialized (
			select distinct hash, slot from met
		), rare as (
			select hash, ln(((select count(*) from reuse_text where algorithm = ${algorithm}) + 1 + ${UNSEEN}::double precision)
				/ (count(*) + 1 + ${UNSEEN}::double precision / 1000)) as weight
			from once group by hash
		), near as materialized (
			select slot, sum(weight) as weight from once join rare using (hash) group by slot
			having sum(weight) >= ${WORTH_ALIGNING}
		), heaviest as materialized (
			select t.*, near.slot, near.weight, count(*) over ()::integer as "all"
			from near cross join lateral (
				select work_id as "workId", expression_id as "expressionId" from reuse_text
				where slot = near.slot and algorithm = ${algorithm} and work_id is distinct from ${workId} offset 0
			) t
			order by near.weight desc, near.slot limit ${most}
		)
		select h.*, s.shared from heaviest h join (
			select slot, string_agg(int4send(hash) || int4send(at), '') as shared from met
			where slot in (select slot from heaviest) group by slot
		) s using (slot)
		order by h.weight desc, h.slot`.execute(tx);
	return {
		near: rows.map(({ all: _all, shared, ...row }) => ({ ...row, shared: fingerprintsIn(shared) })),
		leftOut: (rows[0]?.all ?? 0) - rows.length,
	};
}

/** As the engine wants them, from pairs of four bytes, the highest first. */
function fingerprintsIn(bytes: Buffer): Fingerprints {
	const half = (from: number) =>
		Uint32Array.from({ length: bytes.length / 8 }, (_, n) => bytes.readUInt32BE(n * 8 + from));
	return byHash({ hashes: half(0), at: half(4) });
}
