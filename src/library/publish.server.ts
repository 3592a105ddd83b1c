import { sql } from 'kysely';
import { OPERATOR, SYSTEM } from '#access/actor.ts';
import { sha256 } from '#kernel/digest.ts';
import { Conflict, NotFound } from '#kernel/error.ts';
import { getBlob } from '#platform/blob.server.ts';
import { append } from '#platform/journal.server.ts';
import type { World } from '#platform/world.ts';
import type { Inside } from './read/block.ts';
import { readFile } from './read/read.server.ts';

/** What a version's file holds beside the words people see, and the proof that somebody was shown it. */
export interface Seen {
	readonly inside: Inside;
	/** To be given back on publishing: it changes with the file and with what is found in it. */
	readonly digest: string;
	readonly published: boolean;
	readonly name: string;
}

/** Bytes of a published file. */
export interface PublishedFile {
	readonly name: string;
	readonly mediaType: string;
	readonly bytes: Uint8Array;
}

/** Shows which authors, comments, hidden text and revisions are inside a version's file. Throws `NotFound` where it has none. */
export async function insideOf(workId: string, expressionId: string, world: Pick<World, 'db'>): Promise<Seen> {
	const file = await world.db.as(OPERATOR, async (tx) => {
		const { rows } = await sql<{ blob_id: string | null; source_name: string | null; published_at: Date | null }>`
			select blob_id, source_name, published_at from library_expression
			where work_id = ${workId} and id = ${expressionId}`.execute(tx);
		const row = rows[0];
		if (!row?.blob_id) throw new NotFound('This version came without a file.');
		return { ...row, ...(await getBlob(row.blob_id, tx)) };
	});
	const name = file.source_name ?? 'file';
	const blocks = await readFile(file.bytes, name);
	if ('refused' in blocks) throw new Conflict(`The file cannot be read any more: ${blocks.detail}`);
	const { inside } = blocks;
	return {
		inside,
		name,
		published: file.published_at !== null,
		digest: sha256(`${file.sha256} ${JSON.stringify(inside)}`),
	};
}

/**
 * Publishes the bytes of a version's file: from then on anybody may have them. Throws `Conflict` unless `seen` is the
 * digest that `insideOf` gives now: nobody publishes what they were not shown.
 */
export async function publish(
	workId: string,
	expressionId: string,
	seen: string,
	by: string,
	world: Pick<World, 'db' | 'clock'>,
): Promise<void> {
	const now = await insideOf(workId, expressionId, world);
	if (now.digest !== seen)
		throw new Conflict(
			'Look at what is inside first (`citycompact library inside`), and give the number that it prints.',
		);
	await world.db.as(OPERATOR, async (tx) => {
		const at = world.clock.now();
		const done = await sql`
			update library_expression set published_at = ${at}, published_by = ${by}
			where work_id = ${workId} and id = ${expressionId} and published_at is null returning id`.execute(tx);
		if (done.rows.length === 0) throw new Conflict('The file is published already.');
		await append([{ noun: 'library', kind: 'file_published', subject: expressionId, at, historic: false }], tx);
	});
}

/** The bytes of a version's file where somebody published them; null otherwise. */
export async function publishedFile(
	workId: string,
	expressionId: string,
	world: Pick<World, 'db'>,
): Promise<PublishedFile | null> {
	return world.db.as(SYSTEM, async (tx) => {
		const { rows } = await sql<{ blob_id: string | null; source_name: string | null }>`
			select blob_id, source_name from library_expression
			where work_id = ${workId} and id = ${expressionId} and published_at is not null`.execute(tx);
		const row = rows[0];
		if (!row?.blob_id) return null;
		const { bytes, mediaType } = await getBlob(row.blob_id, tx);
		return { name: row.source_name ?? 'file', mediaType, bytes };
	});
}
