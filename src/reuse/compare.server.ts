import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import { outwait } from '#platform/advisory.server.ts';
import { append } from '#platform/journal.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { candidates } from './candidates.server.ts';
import type { VersionKey } from './clause.ts';
import { type Link, type Links, linksBetween } from './link.ts';
import { measured } from './reading.ts';
import { Held, packed, readingIn } from './readings.server.ts';
import { sharing } from './sharing.server.ts';
import { weighShelf, yardstick } from './yardstick.server.ts';
import type { Yardstick } from './yardstick.ts';

/** Versions of one transaction: some seconds of work that a power cut would undo. */
const BATCH = 24;
/** Neighbours of one text that are aligned with it, heaviest first; how many were left out stands beside the text. */
const MOST_NEIGHBOURS = 1_000;

/** How far a comparison of all has come. */
export interface Progress {
	/** Versions compared so far, and all that were to be. */
	readonly done: number;
	readonly of: number;
	/** Provisions linked so far. */
	readonly links: number;
}

type Comparing = Pick<World, 'db' | 'clock' | 'keep'>;

/**
 * Compares every public version that is new, was read again or was compared by an older algorithm with all others, a few to a
 * transaction: whoever is interrupted goes on where it stopped. `anew` forgets first what was compared.
 */
export async function compareTexts(
	world: Comparing,
	{ anew = false, told, signal }: { anew?: boolean; told?: (progress: Progress) => void; signal?: AbortSignal } = {},
): Promise<Progress> {
	await weighShelf(world);
	if (anew) await world.db.as(SYSTEM, (tx) => sql`delete from reuse_text where room = 'public'`.execute(tx));
	const held = world.keep.of(heldTerms);
	let [done, links, left] = [0, 0, Number.POSITIVE_INFINITY];
	while (left > 0 && !signal?.aborted) {
		const step = await world.db.as(SYSTEM, (tx) => compareNext(held, world, tx));
		done += step.done;
		links += step.links;
		left = step.left;
		told?.({ done, of: done + left, links });
	}
	return { done, of: done + left, links };
}

/** The terms that this process held ready last: one text more is compared with what the last ones were. */
function heldTerms(): Held {
	return new Held();
}

async function compareNext(held: Held, world: Comparing, tx: Tx) {
	await outwait('reuse', tx);
	const measure = await yardstick(world, tx);
	const { rows } = await sql<VersionKey & { digest: string; left: number }>`
		select e.work_id as "workId", e.id as "expressionId", e.digest, count(*) over ()::integer as left from library_expression e
		left join reuse_text t on t.work_id = e.work_id and t.expression_id = e.id
		where t.digest is distinct from e.digest or t.algorithm is distinct from ${measure.algorithm}
		order by e.day, e.work_id, e.id limit ${BATCH}`.execute(tx);
	let links = 0;
	for (const one of rows) links += await compareOne(one, measure, held, world, tx);
	// Kept pages and answers of the API learn from the journal that they are to be made anew.
	const subject = rows.at(-1)?.expressionId;
	if (subject !== undefined)
		await append([{ noun: 'reuse', kind: 'compared', subject, at: world.clock.now(), historic: true }], tx);
	return { done: rows.length, links, left: (rows[0]?.left ?? 0) - rows.length };
}

async function compareOne(
	one: VersionKey & { readonly digest: string },
	measure: Yardstick,
	held: Held,
	world: Comparing,
	tx: Tx,
): Promise<number> {
	const own = await readingIn(one, tx);
	const { keys } = own.terms;
	const mine = measured(keys, measure);
	await sql`delete from reuse_text where work_id = ${one.workId} and expression_id = ${one.expressionId}`.execute(tx);
	const { near, leftOut } = await candidates(mine.prints, measure.algorithm, one.workId, MOST_NEIGHBOURS, tx);
	const made = await sql<{ slot: number }>`
		insert into reuse_text (work_id, expression_id, digest, algorithm, terms, keys, left_out, compared_at)
		values (${one.workId}, ${one.expressionId}, ${one.digest}, ${measure.algorithm}, ${keys.length}, ${packed(keys)},
			${leftOut}, ${world.clock.now()})
		returning slot`.execute(tx);
	const slot = made.rows[0]?.slot ?? 0;
	await sql`
		insert into reuse_fingerprint (hash, slot, at)
		select hash, ${slot}, at from unnest(${signed(mine.prints.hashes)}::integer[], ${[...mine.prints.at]}::integer[])
			as f (hash, at)`.execute(tx);
	const rows: Row[] = [];
	for await (const { reading, spans, ...neighbour } of sharing(mine, near, held, measure, tx))
		rows.push(...rowsOf(linksBetween(reading, own, spans), neighbour, one));
	held.put(slot, mine.prepared, measure);
	await keep(rows, tx);
	return rows.length;
}

type Row = Link & { readonly w: string; readonly e: string; readonly ow: string; readonly oe: string };

/** One row each way. */
function rowsOf({ there, back }: Links, one: VersionKey, other: VersionKey): Row[] {
	return [
		...there.map((link) => ({ ...link, w: one.workId, e: one.expressionId, ow: other.workId, oe: other.expressionId })),
		...back.map((link) => ({ ...link, w: other.workId, e: other.expressionId, ow: one.workId, oe: one.expressionId })),
	];
}

async function keep(rows: readonly Row[], tx: Tx): Promise<void> {
	await sql`
		insert into reuse_link (work_id, expression_id, e_id, other_work_id, other_expression_id, other_e_id, same, terms,
			other_terms)
		select w, e, "eId", ow, oe, "otherEId", same, terms, "otherTerms"
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l (w uuid, e uuid, "eId" text, ow uuid, oe uuid,
			"otherEId" text, same integer, terms integer, "otherTerms" integer)`.execute(tx);
}

/** PostgreSQL has no unsigned numbers. */
function signed(hashes: Uint32Array): number[] {
	return Array.from(hashes, (hash) => hash | 0);
}
