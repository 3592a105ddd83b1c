import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, normalize } from 'node:path/posix';
import type { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { Invalid } from '#kernel/error.ts';
import { type Entry, inflateEntry, zipEntries } from '#kernel/zip.ts';
import { refusalOf } from './refusal.ts';

/** A file found inside an archive. */
export interface Found {
	/** Folder inside the archive, '' at its top. */
	readonly folder: string;
	readonly name: string;
	readonly bytes: Uint8Array;
}

/** A list has .1 MB; nothing larger than this is taken into memory from an archive. */
export const MAX_LIST_BYTES = 20_000_000;
/** What an archive may unpack to: ten years of captures twice a day take 1.2 GB. */
const MAX_UNPACKED = 4_000_000_000;
/** The central directory of the largest zip that is taken: 20,000 entries with long names. */
const MAX_DIRECTORY = 8_388_608;
/** A local header with the longest name and extra field that it can have. */
const MAX_LOCAL_HEADER = 30 + 2 * 65_535;

/** The table of contents of a zip on disk; only its end is read. Throws Unreadable where it is damaged. */
export async function directory(file: FileHandle): Promise<Entry[]> {
	const { size } = await file.stat();
	const from = Math.max(0, size - MAX_DIRECTORY);
	return zipEntries(await readAt(file, from, size - from), from);
}

/** The wanted files of a zip on disk, one at a time, in the order of their names. */
export async function* fromZip(
	file: FileHandle,
	entries: readonly Entry[],
	wanted: (path: string) => boolean,
): AsyncGenerator<Found> {
	const chosen = entries.filter((entry) => wanted(entry.name)).sort((a, b) => (a.name < b.name ? -1 : 1));
	for (const entry of chosen) {
		checkSize(entry.name, entry.size);
		const packed = await readAt(file, entry.headerAt, Math.min(entry.packedSize, MAX_LIST_BYTES) + MAX_LOCAL_HEADER);
		const bytes = asInvalid(() => inflateEntry(packed, { ...entry, headerAt: 0 }, MAX_LIST_BYTES));
		yield { folder: folderOf(entry.name), name: basename(entry.name), bytes };
	}
}

/** The wanted files of a tar as it streams by, one at a time, in its own order. */
export async function* fromTar(stream: Readable, wanted: (path: string) => boolean): AsyncGenerator<Found> {
	const tar = extract();
	let passed = 0;
	stream.on('data', (piece: Buffer) => {
		passed += piece.length;
		if (passed > MAX_UNPACKED) stream.destroy(new Invalid(`The archive unpacks to more than ${MAX_UNPACKED} bytes.`));
	});
	stream.on('error', (cause) => tar.destroy(cause));
	stream.pipe(tar);
	try {
		for await (const entry of tar) {
			const { name, size = 0, type } = entry.header;
			if (type !== 'file' || !wanted(name)) {
				entry.resume();
				continue;
			}
			checkSize(name, size);
			const pieces: Buffer[] = [];
			for await (const piece of entry) pieces.push(piece as Buffer);
			yield { folder: folderOf(name), name: basename(name), bytes: Buffer.concat(pieces) };
		}
	} catch (cause) {
		if (cause instanceof Invalid) throw cause;
		throw new Invalid(`The archive is damaged (${cause instanceof Error ? cause.message : cause}): copy it again.`);
	} finally {
		stream.destroy();
	}
}

/** Runs what may refuse, and says a refusal as an error of the one who named the archive. */
export function asInvalid<T>(run: () => T): T {
	try {
		return run();
	} catch (cause) {
		throw refusalOf(cause) !== null ? new Invalid((cause as Error).message) : cause;
	}
}

async function readAt(file: FileHandle, from: number, length: number): Promise<Uint8Array> {
	const buffer = Buffer.alloc(length);
	let filled = 0;
	while (filled < length) {
		const { bytesRead } = await file.read(buffer, filled, length - filled, from + filled);
		if (bytesRead === 0) break;
		filled += bytesRead;
	}
	return buffer.subarray(0, filled);
}

function checkSize(name: string, size: number): void {
	if (size > MAX_LIST_BYTES)
		throw new Invalid(`${basename(name)} has ${size} bytes: no list is that large. Leave it out.`);
}

function folderOf(path: string): string {
	const folder = dirname(normalize(path));
	return folder === '.' ? '' : folder;
}
