import { createReadStream } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { pipeline as join, Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import { Conflict, Invalid } from '#kernel/error.ts';
import { dump, type Foot, type Line } from './dump.server.ts';
import { asOwner, type Ground } from './ground.server.ts';
import { type Loaded, load } from './load.server.ts';

/** Called now and then with the number of rows so far. */
export type Told = (rows: number) => void;

/** Public age keys, or null for a backup that anybody can read. */
export type Recipients = readonly string[] | null;

const AGE = 'age-encryption.org/';
const GZIP = Buffer.from([0x1f, 0x8b]);
const NEWLINE = 0x0a;
/** Lines are put together to pieces of this size before they are compressed. */
const PIECE_BYTES = 64 * 1024;

/** Writes everything into a new file that only its owner may read; there is no file until it is complete. Returns what each table held. */
export async function backup(
	file: string,
	recipients: Recipients,
	ground: Ground,
	now: Date,
	told: Told = () => {},
): Promise<readonly Foot[]> {
	const draft = `${file}.part`;
	const handle = await open(draft, 'wx', 0o600).catch((error) => {
		throw unwritable(error, draft);
	});
	try {
		const feet: Foot[] = [];
		await asOwner(ground, async (session) => {
			const plain = through(
				Readable.from(pieces(dump(session, now), feet, told)),
				createGzip({ level: constants.Z_BEST_SPEED }),
			);
			const sealed = recipients ? await seal(plain, recipients) : plain;
			await pipeline(sealed, handle.createWriteStream({ flush: true }));
		});
		// Unlike a rename, a link never replaces a backup that is there.
		await link(draft, file).catch((error) => {
			throw unwritable(error, file);
		});
		return feet;
	} finally {
		await handle.close().catch(() => undefined);
		await rm(draft, { force: true });
	}
}

/** Fills an empty database from a file; `identity` is the private age key of an encrypted one. */
export async function restore(
	file: string,
	identity: string | null,
	ground: Ground,
	makeRoom: (ground: Ground) => Promise<void> = async () => {},
	told: Told = () => {},
): Promise<Loaded> {
	return load(linesIn(await unsealed(file, identity)), ground, makeRoom, told);
}

/** Fills an empty database from a running one. */
export async function copy(
	from: Ground,
	to: Ground,
	now: Date,
	makeRoom: (ground: Ground) => Promise<void> = async () => {},
	told: Told = () => {},
): Promise<Loaded> {
	return asOwner(from, (session) => load(dump(session, now), to, makeRoom, told));
}

async function* pieces(lines: AsyncIterable<Line>, feet: Foot[], told: Told): AsyncGenerator<Buffer> {
	let waiting: string[] = [];
	let size = 0;
	let rows = 0;
	for await (const line of lines) {
		if ('foot' in line) feet.push(line.foot);
		if ('row' in line) told(++rows);
		const text = 'row' in line ? line.text : JSON.stringify(line);
		waiting.push(text, '\n');
		size += text.length;
		if (size < PIECE_BYTES) continue;
		yield Buffer.from(waiting.join(''));
		[waiting, size] = [[], 0];
	}
	yield Buffer.from(waiting.join(''));
}

async function seal(plain: Readable, recipients: readonly string[]): Promise<Readable> {
	const encrypter = new Encrypter();
	for (const recipient of recipients) encrypter.addRecipient(recipient);
	const stream = await encrypter.encrypt(Readable.toWeb(plain) as unknown as globalThis.ReadableStream<Uint8Array>);
	return Readable.fromWeb(stream as unknown as ReadableStream<Uint8Array>);
}

async function unsealed(file: string, identity: string | null): Promise<Readable> {
	const head = await beginning(file);
	const encrypted = head.subarray(0, AGE.length).toString('latin1') === AGE;
	if (!encrypted && !head.subarray(0, 2).equals(GZIP)) throw new Invalid(`${file} is no backup of City Compact.`);
	const bytes = () => createReadStream(file);
	if (!encrypted) return through(bytes(), createGunzip());
	if (!identity) throw new Invalid('This backup is encrypted. Name the file with the private key: --key FILE');
	const decrypter = new Decrypter();
	try {
		decrypter.addIdentity(identity);
		const stream = await decrypter.decrypt(Readable.toWeb(bytes()) as unknown as globalThis.ReadableStream<Uint8Array>);
		return through(Readable.fromWeb(stream as unknown as ReadableStream<Uint8Array>), createGunzip());
	} catch (error) {
		throw new Invalid(
			'This private key does not open the backup. Name the key that belongs to one of its public keys.',
			{
				cause: error,
			},
		);
	}
}

async function beginning(file: string): Promise<Buffer> {
	try {
		const handle = await open(file, 'r');
		try {
			const { buffer, bytesRead } = await handle.read(Buffer.alloc(AGE.length), 0, AGE.length, 0);
			return buffer.subarray(0, bytesRead);
		} finally {
			await handle.close();
		}
	} catch (error) {
		throw new Invalid(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
	}
}

async function* linesIn(stream: Readable): AsyncGenerator<Line> {
	let rest: Buffer[] = [];
	try {
		for await (const chunk of stream as AsyncIterable<Buffer>) {
			let from = 0;
			for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
				yield lineOf(Buffer.concat([...rest, chunk.subarray(from, at)]));
				rest = [];
				from = at + 1;
			}
			if (from < chunk.length) rest.push(chunk.subarray(from));
		}
	} catch (error) {
		throw new Invalid('The backup is damaged or cut short; nothing was changed. Use another copy.', { cause: error });
	}
}

/** Unlike `pipe`, ends the transform with the error of its source. */
function through(source: Readable, transform: Transform): Readable {
	return join(source, transform, () => undefined);
}

function lineOf(bytes: Buffer): Line {
	const text = bytes.toString('utf8');
	const value = JSON.parse(text);
	return Array.isArray(value) ? { row: value, text } : value;
}

function unwritable(error: NodeJS.ErrnoException, file: string): Error {
	if (error.code === 'EEXIST') return new Conflict(`${file} exists already. Choose another name, or remove it first.`);
	return new Invalid(`${file} cannot be written (${error.code}). Choose another place.`);
}
