import { createReadStream } from 'node:fs';
import { type FileHandle, open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Invalid, NotFound } from '#kernel/error.ts';
import { type Entry, inflateEntry, looksZipped, zipEntries } from '#kernel/zip.ts';
import { asInvalid, directory, type Found, fromTar, fromZip, MAX_LIST_BYTES } from './unpack.server.ts';

/** A file that may be a list, with the name and the place under which it was offered (both for show only). */
export interface Offered {
	readonly name: string;
	/** `file`, or the folder or archive that was named and the way inside it. Never the way to it. */
	readonly source: string;
	readonly bytes: Uint8Array;
}

/** Folders of captures are two deep. */
const MAX_DEPTH = 12;
/** Ten years of captures twice a day, both lists, are 15,000 files. */
const MAX_FILES = 50_000;
/** A zip from standard input has to be held whole, for its table of contents stands at its end. */
const MAX_PIPED_ZIP = 536_870_912;
/** Longest name that is kept. */
const MAX_NAME = 200;
/** A tar says so at byte 257. */
const PEEK = 262;

const LIST_NAME = /\.(xlsx|xlsm|xls|xlsb)$/i;
const ARCHIVE_NAME = /\.(zip|tar|tgz|tar\.gz)$/i;
/** Lock files, resource forks and hidden files carry the extension of the file they belong to. */
const BYSTANDER = /(^|\/)(\.(?!\.?\/)|~\$|__MACOSX\/)/;

/**
 * The files that may be lists in what was named: files, folders with all below them, .zip, .tar, .tar.gz, and `-` for
 * standard input. One file's bytes are held at a time (but a piped zip). A file that is named itself is always offered,
 * so that its refusal is told; in folders and archives only what looks like a list is. Throws NotFound where a path does
 * not exist, before anything is offered, and Invalid where an archive is damaged or beyond the limits.
 */
export async function* offered(paths: readonly string[], stdin: Readable): AsyncGenerator<Offered> {
	for (const path of paths) {
		if (path !== '-') await kindOf(path);
	}
	let count = 0;
	for (const path of paths) {
		for await (const file of path === '-' ? fromStream(stdin, '-') : fromPath(path)) {
			if (++count > MAX_FILES) throw new Invalid(`There are more than ${MAX_FILES} files: name fewer at a time.`);
			yield { ...file, name: shown(file.name) || 'without a name', source: shown(file.source) };
		}
	}
}

async function kindOf(path: string): Promise<'file' | 'folder'> {
	const found = await stat(path).catch((cause) => unreadable(path, cause));
	if (found.isDirectory()) return 'folder';
	if (!found.isFile()) throw new Invalid(`${path} is neither a file nor a folder.`);
	return 'file';
}

async function* fromPath(path: string): AsyncGenerator<Offered> {
	if ((await kindOf(path)) === 'folder') yield* fromFolder(path, basename(path), 0);
	else yield* fromFile(path, basename(path), 'file');
}

async function* fromFolder(path: string, source: string, depth: number): AsyncGenerator<Offered> {
	if (depth > MAX_DEPTH) throw new Invalid(`The folders in ${path} are nested more than ${MAX_DEPTH} deep.`);
	const entries = await readdir(path, { withFileTypes: true }).catch((cause) => unreadable(path, cause));
	for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
		const inside = join(path, entry.name);
		if (BYSTANDER.test(entry.name)) continue;
		if (entry.isDirectory()) yield* fromFolder(inside, `${source}/${entry.name}`, depth + 1);
		else if (entry.isFile() && (await mayHoldLists(inside))) yield* fromFile(inside, entry.name, source);
	}
}

async function mayHoldLists(path: string): Promise<boolean> {
	if (LIST_NAME.test(path) || ARCHIVE_NAME.test(path)) return true;
	return withFile(path, async (file) => {
		if (!looksZipped(await peek(file))) return false;
		return isWorkbook(await directory(file).catch(() => []));
	});
}

/** A file by what it holds, whatever its name: a workbook, an archive, or something that will be refused. */
async function* fromFile(path: string, name: string, source: string): AsyncGenerator<Offered> {
	const file = await openToRead(path);
	try {
		const head = await peek(file);
		const archive = source === 'file' ? name : `${source}/${name}`;
		if (looksZipped(head)) {
			// A damaged zip is offered as it is: the refusal tells what is wrong with it.
			const entries = await directory(file).catch(() => null);
			if (entries && !isDocument(entries) && entries.some((entry) => mayBeList(entry.name))) {
				for await (const found of fromZip(file, entries, mayBeList)) yield within(archive, found);
				return;
			}
		} else if (isGzip(head) || isTar(head)) {
			yield* fromStream(createReadStream(path), archive);
			return;
		}
		const { size } = await file.stat();
		if (size > MAX_LIST_BYTES) throw new Invalid(`${name} has ${size} bytes: no list is that large. Leave it out.`);
		yield { name, source, bytes: await readFile(file) };
	} finally {
		await file.close();
	}
}

/** What a stream holds: gzip is opened once, a tar passes by file by file, a zip or a single file is held whole. */
async function* fromStream(stream: Readable, source: string, packed = true): AsyncGenerator<Offered> {
	const { head, whole } = await peekStream(stream).catch((cause: NodeJS.ErrnoException) => {
		throw cause.code?.startsWith('Z_') ? new Invalid(`${source} is damaged (${cause.message}): copy it again.`) : cause;
	});
	if (packed && isGzip(head)) {
		yield* fromStream(gunzipped(whole), source, false);
	} else if (isTar(head)) {
		for await (const found of fromTar(whole, mayBeList)) yield within(source, found);
	} else {
		const bytes = await held(whole);
		const entries = listsIn(bytes);
		if (entries.length === 0)
			yield { name: source === '-' ? 'standard input' : source.replace(/^.*\//, ''), source, bytes };
		for (const entry of entries) yield unpacked(bytes, entry, source);
	}
}

/** A file that came over the network: offered as it is, or each list in it apart. What `open` throws is of that list alone. */
export interface Sent {
	readonly name: string;
	/** Throws `Invalid` where it is damaged or beyond the limits. */
	open(): Offered;
}

/**
 * The files that may be lists in bytes that were sent: a zip that is no document is opened, anything else is one file. The
 * name is for show only, its folders are left out.
 */
export function sentFiles(name: string, bytes: Uint8Array): readonly Sent[] {
	const plain = shown(name.replace(/^.*[\\/]/, '')) || 'without a name';
	const entries = listsIn(bytes);
	if (entries.length === 0) return [{ name: plain, open: () => ({ name: plain, source: 'upload', bytes }) }];
	return entries.map((entry) => {
		const own = shown(basename(entry.name)) || 'without a name';
		return {
			name: own,
			open: () => {
				const { source, ...file } = unpacked(bytes, entry, plain);
				return { ...file, name: own, source: shown(source) };
			},
		};
	});
}

/** The entries of a zip that may be lists; none where the bytes are no zip, or a document that is packed as one. */
function listsIn(bytes: Uint8Array): readonly Entry[] {
	const entries = looksZipped(bytes) ? entriesOrNone(bytes) : [];
	return isDocument(entries) ? [] : entries.filter(({ name }) => mayBeList(name));
}

function unpacked(bytes: Uint8Array, entry: Entry, source: string): Offered {
	const folder = entry.name.split('/').slice(0, -1).join('/');
	const inner = asInvalid(() => inflateEntry(bytes, entry, MAX_LIST_BYTES));
	return within(source, { folder, name: basename(entry.name), bytes: inner });
}

function within(source: string, { folder, name, bytes }: Found): Offered {
	return { name, source: folder === '' ? source : `${source}/${folder}`, bytes };
}

function mayBeList(path: string): boolean {
	return LIST_NAME.test(path) && !BYSTANDER.test(path);
}

function isWorkbook(entries: readonly Entry[]): boolean {
	return entries.some(({ name }) => /^\/?xl[/\\]workbook/i.test(name));
}

/** Documents are zips too, and may have workbooks embedded: they are no archives. */
function isDocument(entries: readonly Entry[]): boolean {
	return isWorkbook(entries) || entries.some(({ name }) => /^\/?\[content_types\]\.xml$/i.test(name));
}

function isGzip(head: Uint8Array): boolean {
	return head[0] === 0x1f && head[1] === 0x8b;
}

function isTar(head: Uint8Array): boolean {
	return Buffer.from(head.subarray(257, 262)).toString('latin1') === 'ustar';
}

function entriesOrNone(bytes: Uint8Array): Entry[] {
	try {
		return zipEntries(bytes);
	} catch {
		return [];
	}
}

function openToRead(path: string): Promise<FileHandle> {
	return open(path).catch((cause) => unreadable(path, cause));
}

function unreadable(path: string, cause: NodeJS.ErrnoException): never {
	if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') throw new NotFound(`There is no file or folder ${path}.`);
	if (cause.code === 'EACCES') throw new Invalid(`${path} may not be read by this user: change its permissions.`);
	throw cause;
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
	const file = await openToRead(path);
	try {
		return await use(file);
	} finally {
		await file.close();
	}
}

async function peek(file: FileHandle): Promise<Uint8Array> {
	const { buffer, bytesRead } = await file.read(Buffer.alloc(PEEK), 0, PEEK, 0);
	return buffer.subarray(0, bytesRead);
}

/** The first bytes of a stream, and a stream that still holds them. */
async function peekStream(stream: Readable): Promise<{ head: Uint8Array; whole: Readable }> {
	const pieces: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
	let head = Buffer.alloc(0);
	let next = await pieces.next();
	while (!next.done) {
		head = Buffer.concat([head, next.value]);
		if (head.length >= PEEK) break;
		next = await pieces.next();
	}
	async function* whole(): AsyncGenerator<Buffer> {
		try {
			yield head;
			for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) yield piece.value;
		} finally {
			await pieces.return?.();
		}
	}
	return { head, whole: Readable.from(whole(), { objectMode: false }) };
}

async function held(stream: Readable): Promise<Uint8Array> {
	const pieces: Buffer[] = [];
	let length = 0;
	for await (const piece of stream) {
		length += (piece as Buffer).length;
		if (length > MAX_PIPED_ZIP) throw new Invalid('Too much comes in by standard input: name the file instead.');
		pieces.push(piece as Buffer);
	}
	return Buffer.concat(pieces, length);
}

function gunzipped(stream: Readable): Readable {
	const opened = createGunzip();
	pipeline(stream, opened).catch((cause: Error) => opened.destroy(cause));
	return opened;
}

/** Names come from strangers and are only shown: no control or direction characters, not too long. */
export function shown(name: string): string {
	return name
		.toWellFormed()
		.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
		.trim()
		.slice(0, MAX_NAME)
		.toWellFormed();
}
