import { createHash } from 'node:crypto';
import { SYSTEM } from '#access/actor.ts';
import { NotFound } from '#kernel/error.ts';
import { Unreadable } from '#kernel/unreadable.ts';
import { getBlob } from '#platform/blob.server.ts';
import type { World } from '#platform/world.ts';
import { cleanWorkbook } from './clean/workbook.ts';

/** A list's workbook without the names of people. */
export interface Cleaned {
	readonly bytes: Uint8Array;
	/** SHA-256 of these bytes, hex: it differs from that of the published file. */
	readonly sha256: string;
	/** Bytes of the published file. */
	readonly publishedSize: number;
}

/**
 * The workbook as it was published, cleaned for the public; null for a sample list, which has no file. The published bytes
 * are the members': they are read here as the system and never leave. Made anew each time, in some twenty milliseconds.
 * Throws `NotFound` where there is no such list, or where nobody read it: what a refused file holds nobody knows.
 */
export async function cleanedOriginal(sha256: string, world: Pick<World, 'db'>): Promise<Cleaned | null> {
	const published = await world.db.as(SYSTEM, async (tx) => {
		const list = await tx
			.selectFrom('watch_list')
			.select('blob_id')
			.where('sha256', '=', sha256)
			.where('standing', '=', 'read')
			.executeTakeFirst();
		if (!list) throw new NotFound('No list with this SHA-256 was read here.');
		return list.blob_id === null ? null : (await getBlob(list.blob_id, tx)).bytes;
	});
	if (published === null) return null;
	try {
		const bytes = cleanWorkbook(published);
		const hash = createHash('sha256').update(bytes).digest('hex');
		return { bytes, sha256: hash, publishedSize: published.length };
	} catch (cause) {
		if (cause instanceof Unreadable) throw new NotFound('This workbook is too large to be cleaned for the public.');
		throw cause;
	}
}
