import { createReadStream } from 'node:fs';
import { type FileHandle, open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { Invalid, NotFound } from '#kernel/error.ts';
import { type Entry, inflateEntry, looksZipped, zipEntries } from '#kernel/zip.ts';
import type { About } from './about.server.ts';
import { type Naming, type Said, saidOf } from './manifest.ts';
import type { Structured } from './structure/structure.ts';

/** A file as it is offered. A file that cannot be described comes with the sentence that says why. */
export interface Offer {
	readonly name: string;
	readonly about: About | { readonly wrong: string };
	bytes(): Promise<Uint8Array>;
	/** What a person made of the reading; absent: it is kept as read. */
	readonly correct?: (reading: Structured) => Structured;
}

/** What is said of the files that are named. */
export interface Saying {
	/** Of every file, where the manifest or the record does not say it. */
	readonly all: Said;
	/** Rows of a manifest; null where there is none. */
	readonly manifest: readonly Said[] | null;
	readonly naming: Naming;
	readonly describe: (said: Said) => Promise<Offer['about']>;
}

/** Folders of a clerk's archive are a few deep. */
const MAX_DEPTH = 12;
/** A zip is held whole; an archive of a hundred years of ordinances has less. */
const MAX_ZIP = 512 * 1024 * 1024;
/** As many bytes as the readers take, and one, so that they can say that it is too large. */
const MAX_FILE = 50_000_001;
/** A record of a policy of 50 MB does not fit in a line of text that a program can hold. */
const MAX_LINE = 20_000_000;
/** Lock files, resource forks and hidden files. */
const BYSTANDER = /(^|\/)(\.(?!\.?\/)|~\$|__MACOSX\/)/;
const RECORDS = /\.jsonl(\.gz)?$/i;

/**
 * The files in what was named, one at a time, each with what is said of it: files, folders with all below them, .zip
 * archives, and .jsonl or .jsonl.gz with a text in every line. With a manifest only the files that it names are offered,
 * and a row whose file is not there is offered as one that cannot be read. Throws `NotFound` where a path does not exist.
 */
export async function* offers(paths: readonly string[], saying: Saying): AsyncGenerator<Offer> {
	for (const path of paths) await found(path);
	const rows = new Map<string, { said: Said; used: boolean }>();
	for (const said of saying.manifest ?? []) rows.set(plainName(said.file ?? ''), { said, used: false });
	for (const path of paths) {
		for await (const file of files(path, basename(path), 0)) {
			if (RECORDS.test(file.name)) {
				yield* records(file, saying);
				continue;
			}
			const row = called(file.name).flatMap((name) => rows.get(name) ?? [])[0];
			if (row) row.used = true;
			else if (saying.manifest) continue;
			const about = await saying.describe({ ...saying.all, ...row?.said });
			yield { name: file.name, about, bytes: file.bytes };
		}
	}
	for (const { said, used } of rows.values()) {
		if (used) continue;
		const wrong = 'The manifest names this file, and it is not among those that were named. Check its name.';
		yield { name: said.file ?? 'without a name', about: { wrong }, bytes: async () => new Uint8Array() };
	}
}

interface Named {
	readonly name: string;
	bytes(): Promise<Uint8Array>;
	/** Where its lines can be read one by one. */
	readonly path: string | null;
}

async function* files(path: string, name: string, depth: number): AsyncGenerator<Named> {
	if ((await found(path)).isDirectory()) {
		if (depth > MAX_DEPTH) throw new Invalid(`The folders in ${path} are nested more than ${MAX_DEPTH} deep.`);
		for (const entry of (await readdir(path)).sort()) {
			if (!BYSTANDER.test(entry)) yield* files(join(path, entry), `${name}/${entry}`, depth + 1);
		}
		return;
	}
	const archive = RECORDS.test(path) ? null : await archived(path);
	if (!archive) {
		yield { name, path, bytes: () => readStart(path) };
		return;
	}
	for (const entry of archive.entries) {
		if (entry.name.endsWith('/') || BYSTANDER.test(entry.name)) continue;
		yield {
			name: `${name}/${entry.name}`,
			path: null,
			bytes: async () => {
				try {
					return inflateEntry(archive.bytes, entry, MAX_FILE);
				} catch {
					throw new Invalid('It is damaged or too large inside the zip. Take it out of the zip and offer it alone.');
				}
			},
		};
	}
}

/** A zip that is no document; Word files are zips too, and are known by their table of types. */
async function archived(path: string): Promise<{ bytes: Uint8Array; entries: readonly Entry[] } | null> {
	const file = await open(path).catch((cause) => unreadable(path, cause));
	try {
		const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
		if (!looksZipped(buffer)) return null;
		const bytes = await wholeZip(file, path);
		const entries = entriesOrNone(bytes);
		if (entries.length === 0 || entries.some((entry) => /^\/?(\[content_types\]\.xml|mimetype)$/i.test(entry.name)))
			return null;
		return { bytes, entries: entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
	} finally {
		await file.close();
	}
}

async function wholeZip(file: FileHandle, path: string): Promise<Uint8Array> {
	const { size } = await file.stat();
	if (size > MAX_ZIP) throw new Invalid(`${path} has more than 512 MB. Unpack it, and name the folder instead.`);
	return readFile(file);
}

/** A damaged zip is offered as it is: its refusal tells what is wrong with it. */
function entriesOrNone(bytes: Uint8Array): readonly Entry[] {
	try {
		return zipEntries(bytes);
	} catch {
		return [];
	}
}

/** Every line of records as a file of plain text, known by its number, else by its line. */
async function* records(file: Named, saying: Saying): AsyncGenerator<Offer> {
	let line = 0;
	for await (const text of linesOf(file)) {
		line++;
		if (text.trim() === '') continue;
		const where = `${file.name}, line ${line}`;
		const record = parsed(text);
		if (typeof record === 'string') {
			yield { name: where, about: { wrong: record }, bytes: async () => new Uint8Array() };
			continue;
		}
		const { text: words = '', ...said } = saidOf(record, saying.naming);
		const about = await saying.describe({ ...saying.all, ...said });
		const name = said.file ?? said.number ?? where;
		const missing = words === '' ? { wrong: 'It has no `text`. Say which field holds it: --field text=NAME.' } : null;
		yield { name, about: missing ?? about, bytes: async () => Buffer.from(words) };
	}
}

function parsed(line: string): object | string {
	if (line.length > MAX_LINE) return 'The line has more than 20 million letters. No policy is that long: leave it out.';
	try {
		const value: unknown = JSON.parse(line);
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
	} catch {
		return 'The line is no JSON that can be read. Every line holds one object.';
	}
	return 'The line holds no object. Every line is one: {"number": "…", "date": "…", "text": "…"}.';
}

async function* linesOf({ path, name, bytes }: Named): AsyncGenerator<string> {
	if (path === null) {
		if (/\.gz$/i.test(name)) throw new Invalid(`${name}: take the records out of the zip, and name them themselves.`);
		yield* Buffer.from(await bytes())
			.toString('utf8')
			.split('\n');
		return;
	}
	const stream = createReadStream(path);
	const input = /\.gz$/i.test(name) ? stream.pipe(createGunzip()) : stream;
	let broken: Error | null = null;
	stream.on('error', (cause) => input.destroy(cause));
	const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
	input.on('error', (cause: Error) => {
		broken = cause;
		lines.close();
	});
	try {
		yield* lines;
	} finally {
		stream.destroy();
	}
	if (broken) throw new Invalid(`${name} is damaged: copy it again. What came before the damage was read.`);
}

/** At most as many bytes as the readers need to say that a file is too large. */
async function readStart(path: string): Promise<Uint8Array> {
	const { size } = await found(path);
	if (size < MAX_FILE) return readFile(path).catch((cause) => unreadable(path, cause));
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_FILE), 0, MAX_FILE, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

async function found(path: string) {
	return stat(path).catch((cause) => unreadable(path, cause));
}

function unreadable(path: string, cause: NodeJS.ErrnoException): never {
	if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') throw new NotFound(`There is no file or folder ${path}.`);
	if (cause.code === 'EACCES') throw new Invalid(`${path} may not be read by this user: change its permissions.`);
	throw cause;
}

/** What a manifest may call a file: any end of its path, and the same without the ending of its name. */
function called(path: string): string[] {
	const pieces = plainName(path).split('/');
	const ends = pieces.map((_, i) => pieces.slice(i).join('/'));
	return [...ends, ...ends.map((name) => name.replace(/\.[^./]+$/, ''))];
}

/** As manifests and folders may write a name: with either slash, in any case. */
function plainName(name: string): string {
	return name.replaceAll('\\', '/').replace(/^\.\//, '').toLowerCase();
}
