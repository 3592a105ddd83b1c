import { sql } from 'kysely';
import { Conflict, NotFound } from '#kernel/error.ts';
import { type Blob, getBlob, putBlob } from '#platform/blob.server.ts';
import { append } from '#platform/journal.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { PAPER_KINDS, type Paper, type PaperKind } from './paper.ts';

/** The papers beside a policy, in the order they came; those withdrawn with the reason. */
export async function papersOf(workId: string, tx: Tx): Promise<readonly Paper[]> {
	const { rows } = await sql<Paper>`
		select nth, kind, sha256, size, at, case when withdrawn_at is not null
			then jsonb_build_object('at', withdrawn_at, 'reason', withdrawn_reason) end as withdrawn
		from library_paper where work_id = ${workId} order by nth`.execute(tx);
	return rows;
}

/** The bytes of a paper. Throws `NotFound` where there is none, and `Conflict` with the reason where it was withdrawn. */
export async function paperFile(workId: string, nth: number, tx: Tx): Promise<Blob & { readonly kind: PaperKind }> {
	const { rows } = await sql<{ kind: PaperKind; blob: string | null; reason: string | null }>`
		select kind, blob_id as blob, withdrawn_reason as reason from library_paper
		where work_id = ${workId} and nth = ${nth}`.execute(tx);
	const [row] = rows;
	if (!row) throw new NotFound('There is no such paper.');
	if (row.blob === null) throw new Conflict(`This paper was withdrawn: ${row.reason ?? ''}`);
	return { ...(await getBlob(row.blob, tx)), kind: row.kind };
}

/** Puts a paper beside a policy for everybody. The same bytes stand there once; `tx` acts for the coalition. */
export async function addPaper(
	workId: string,
	{ kind, bytes, sha256 }: { readonly kind: PaperKind; readonly bytes: Uint8Array; readonly sha256: string },
	by: string,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	const { mediaType } = PAPER_KINDS[kind];
	const blob = await putBlob({ owner: null, room: 'public', bytes, mediaType }, world, tx);
	// Numbers are given one after the other.
	await sql`select from library_work where id = ${workId} for update`.execute(tx);
	const made = await sql`
		insert into library_paper (work_id, nth, kind, blob_id, sha256, size, author, at)
		select ${workId}::uuid, coalesce(max(nth), 0) + 1, ${kind}, ${blob}::uuid, ${sha256}, ${bytes.length}::integer, ${by},
			${world.clock.now()}::timestamptz
		from library_paper where work_id = ${workId}
		on conflict (work_id, sha256) do nothing`.execute(tx);
	if (made.numAffectedRows === 1n) await tell('paper_added', workId, world, tx);
}

/** Takes a paper back with the reason, which stays beside the policy; nothing where it does not stand there. `tx` acts for the coalition. */
export async function withdrawPaper(
	workId: string,
	sha256: string,
	reason: string,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	const made = await sql`
		update library_paper set blob_id = null, withdrawn_at = ${world.clock.now()}, withdrawn_reason = ${reason}
		where work_id = ${workId} and sha256 = ${sha256} and withdrawn_at is null`.execute(tx);
	if (made.numAffectedRows === 1n) await tell('paper_withdrawn', workId, world, tx);
}

/** Kept pages learn from the journal that they are to be made anew. */
async function tell(kind: string, subject: string, { clock }: Pick<World, 'clock'>, tx: Tx): Promise<void> {
	await append([{ noun: 'library', kind, subject, at: clock.now(), historic: false }], tx);
}
