import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import { putBlob } from '#platform/blob.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { List, ListKind } from './list.ts';
import type { Problem } from './problem.ts';
import type { Offered } from './read/archive.server.ts';
import type { Refusal } from './read/refusal.ts';
import { readSheet } from './read/sheet.ts';
import { type Rebuilt, rebuild } from './rebuild.server.ts';
import { shelve } from './shelf.server.ts';

/** What became of one offered file. */
export type Outcome =
	| {
			readonly name: string;
			readonly sha256: string;
			readonly outcome: 'added';
			readonly kind: ListKind;
			readonly modified: string;
			readonly rows: number;
			readonly problems: readonly Problem[];
	  }
	| { readonly name: string; readonly sha256: string; readonly outcome: 'known' }
	| {
			readonly name: string;
			readonly sha256: string;
			readonly outcome: 'refused';
			readonly code: string;
			readonly detail: string;
	  };

export interface Report {
	readonly files: readonly Outcome[];
	readonly ledger: Rebuilt;
}

/** An import that lives makes the ledger itself. A job that began at once would make it again and again beside the import. */
const RECOVERY_SECONDS = 60;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Imports files into the watch: one transaction a file (bytes, list, sighting, problems, and the queue entry that
 * rebuilds the ledger should this process die), then the ledger once for the batch. A file that is not a list is kept
 * with its reason and changes nothing else; a file already known only gains a sighting. The first real list ends the
 * sample data. `told` hears of each file as it is done.
 */
export async function ingest(
	files: AsyncIterable<Offered>,
	world: Pick<World, 'db' | 'clock' | 'queue'>,
	told: (outcome: Outcome) => void = () => {},
): Promise<Report> {
	const outcomes: Outcome[] = [];
	for await (const file of files) {
		const outcome = await takeFile(file, { ledgerIn: RECOVERY_SECONDS }, world);
		outcomes.push(outcome);
		told(outcome);
	}
	return { files: outcomes, ledger: await rebuild(world) };
}

/** How a file is taken in. */
export interface Taking {
	/** Seconds until a job makes the ledger, counted from the last file. */
	readonly ledgerIn: number;
	/** Leaves a trace in the transaction of the file, where a person signed in. */
	readonly trace?: (sha256: string, tx: Tx) => Promise<void>;
}

/** Takes one offered file in, and asks for the ledger to be made by a job. */
export async function takeFile(
	file: Offered,
	{ ledgerIn, trace }: Taking,
	world: Pick<World, 'db' | 'clock' | 'queue'>,
): Promise<Outcome> {
	const sha256 = createHash('sha256').update(file.bytes).digest('hex');
	const result = await world.db.as(SYSTEM, async (tx) => {
		const kept = await keep(file, sha256, ledgerIn, world, tx);
		if (kept !== 'known') await trace?.(sha256, tx);
		return kept;
	});
	return outcomeOf(file.name, sha256, result);
}

function outcomeOf(name: string, sha256: string, result: List | Refusal | 'known'): Outcome {
	if (result === 'known') return { name, sha256, outcome: 'known' };
	if ('refused' in result) return { name, sha256, outcome: 'refused', code: result.refused, detail: result.detail };
	const { kind, modified, rows, problems } = result;
	return { name, sha256, outcome: 'added', kind, modified, rows: rows.length, problems };
}

async function keep(
	file: Offered,
	sha256: string,
	ledgerIn: number,
	world: Pick<World, 'clock' | 'queue'>,
	tx: Tx,
): Promise<List | Refusal | 'known'> {
	const at = world.clock.now();
	const known = await sql`
		with known as (select sha256 from watch_list where sha256 = ${sha256}),
		noted as (
			insert into watch_sighting (sha256, name, source, seen_at)
			select sha256, ${file.name}, ${file.source}, ${at} from known on conflict do nothing)
		select 1 from known`.execute(tx);
	if (known.rows.length > 0) return 'known';

	const result = readSheet(file.bytes, sha256);
	// Mail wrappers in the original hold names of mailboxes: the bytes are for members, what was read of them is for all.
	const blobId = await putBlob({ owner: null, room: 'members', bytes: file.bytes, mediaType: XLSX }, world, tx);
	await shelve(sha256, result, { blobId, addedAt: at, sample: false }, tx);
	await sql`
		insert into watch_sighting (sha256, name, source, seen_at)
		values (${sha256}, ${file.name}, ${file.source}, ${at}) on conflict do nothing`.execute(tx);
	if (!('refused' in result)) await world.queue.add(tx, 'watch.rebuild', {}, 'watch.rebuild', ledgerIn);
	return result;
}
