import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { Invalid, NotFound } from '#kernel/error.ts';
import type { Room } from './room.ts';
import type { Tx, World } from './world.ts';

/** Held whole in memory on the way in and out. */
export const BLOB_LIMIT_BYTES = 50 * 1024 * 1024;

export interface NewBlob {
	/** City, or null for the coalition. */
	readonly owner: string | null;
	readonly room: Room;
	readonly bytes: Uint8Array;
	readonly mediaType: string;
}

export interface Blob {
	readonly sha256: string;
	readonly bytes: Uint8Array;
	readonly mediaType: string;
}

/** Keeps bytes and returns their id; the same bytes of the same owner in the same room are kept once. Throws `Invalid` above 50 MB. */
export async function putBlob(blob: NewBlob, world: Pick<World, 'clock'>, tx: Tx): Promise<string> {
	const { owner, room, bytes, mediaType } = blob;
	if (bytes.length > BLOB_LIMIT_BYTES) throw new Invalid('The file is larger than 50 MB. Offer a smaller one.');
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	const known = () =>
		sql<{ id: string }>`
			select id from blob where owner_city is not distinct from ${owner} and room = ${room} and sha256 = ${sha256}`.execute(
			tx,
		);
	const before = (await known()).rows[0];
	if (before) return before.id;
	const made = await sql<{ id: string }>`
		insert into blob (owner_city, room, sha256, bytes, media_type, size, created_at)
		values (${owner}, ${room}, ${sha256}, ${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)}, ${mediaType}, ${bytes.length}, ${world.clock.now()})
		on conflict do nothing returning id`.execute(tx);
	// Somebody else kept the same bytes in between.
	const id = (made.rows[0] ?? (await known()).rows[0])?.id;
	if (!id) throw new Error('Bytes were neither kept nor found.');
	return id;
}

/** The bytes of an id; `NotFound` also where the wall hides them. */
export async function getBlob(id: string, tx: Tx): Promise<Blob> {
	const { rows } = await sql<{ sha256: string; bytes: Buffer; media_type: string }>`
		select sha256, bytes, media_type from blob where id = ${id}`.execute(tx);
	const row = rows[0];
	if (!row) throw new NotFound('There is no such file.');
	return { sha256: row.sha256, bytes: row.bytes, mediaType: row.media_type };
}
