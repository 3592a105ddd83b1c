import { mkdirSync, readFileSync } from 'node:fs';
import { SYSTEM } from '#access/actor.ts';
import { Invalid } from '#kernel/error.ts';
import { clearShelf } from '#library/shelf.server.ts';
import { backup, copy, restore } from '#platform/backup.server.ts';
import { readConfig } from '#platform/config.server.ts';
import { openDatabase } from '#platform/database.server.ts';
import type { Foot } from '#platform/dump.server.ts';
import { type Ground, groundAt, openGround, prepare } from '#platform/ground.server.ts';
import { addRecipient, newKey, recipients, removeRecipient } from '#platform/recipients.server.ts';
import { clearSample } from '#watch/shelf.server.ts';
import { type Noun, Usage, type Verb } from './command.ts';
import type { Io } from './io.ts';

const backing: Verb = {
	name: 'backup',
	summary: 'Write everything into one file, encrypted to the public keys of `db keys`',
	detail: [
		'All own tables and files as of one moment; jobs under way are not in it. Works while the server runs. The file can be read by its owner only and is complete or not there. docs/backup.md describes its format.',
	],
	operands: [{ name: 'FILE', summary: 'a file that does not exist yet' }],
	options: { plain: { summary: 'Write it readable for anybody who has the file' } },
	examples: [{ command: 'db backup compact-2026-07-01.backup', what: 'Keep what there is today' }],
	async run(args, io) {
		const { data } = readConfig();
		const keys = args.has('plain') ? null : recipients(data);
		if (keys?.length === 0) {
			throw new Invalid(
				'There is no public key to encrypt to. Set one with `citycompact db keys --add age1...` (`db new-key` makes a pair), or write a readable file with --plain.',
			);
		}
		await inGround(io, async (ground) => {
			await prepare(ground);
			const feet = await counted('Backing up', io, (told) =>
				backup(args.operands[0] ?? '', keys, ground, new Date(), told),
			);
			await io.write(`${summary(feet)} written to ${args.operands[0]}, ${sealing(keys)}.\n`);
		});
	},
};

const restoring: Verb = {
	name: 'restore',
	summary: 'Fill an empty database from a backup',
	detail: [
		'All of it or nothing; every row is read back and compared. Needs an empty database, or one that holds only sample data: a new COMPACT_DATA, or a new database at DATABASE_URL.',
	],
	operands: [{ name: 'FILE', summary: 'a file that `db backup` wrote' }],
	options: { key: { summary: 'File with the private age key of an encrypted backup', value: 'FILE' } },
	examples: [
		{ command: 'db restore compact-2026-07-01.backup --key key.txt', what: 'Fill the database of a new COMPACT_DATA' },
	],
	async run(args, io) {
		const keyFile = args.text('key');
		const identity = keyFile ? readIdentity(keyFile) : null;
		await inGround(io, async (ground) => {
			const { tables, header } = await counted('Restoring', io, (told) =>
				restore(args.operands[0] ?? '', identity, ground, withoutSample, told),
			);
			await io.write(`${summary(tables)} restored as of ${header.made}, each compared.\n`);
		});
	},
};

const copying: Verb = {
	name: 'copy',
	summary: 'Copy everything into another, empty PostgreSQL',
	detail: [
		'For moving from the embedded database to one of your own. Every row is read back and compared. A password in the address shows in the list of processes: leave it out and put it into PGPASSWORD or ~/.pgpass.',
	],
	options: { to: { summary: 'postgres:// address of the empty database, as its owner', value: 'URL' } },
	examples: [{ command: 'db copy --to postgres://owner@db.example.org/compact', what: 'Move to a database server' }],
	async run(args, io) {
		const url = args.text('to');
		if (!url || !URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
			throw new Usage('Name the other database with --to postgres://...');
		}
		await inGround(io, async (from) => {
			await prepare(from);
			const to = await groundAt(url);
			const { tables } = await counted('Copying', io, (told) => copy(from, to, new Date(), withoutSample, told));
			await io.write(`${summary(tables)} copied, each compared. Set DATABASE_URL to use the copy.\n`);
		});
	},
};

const keys: Verb = {
	name: 'keys',
	summary: 'Show or change the public keys that backups are encrypted to',
	detail: ['Public age keys only: a private key never belongs on the server.'],
	options: {
		add: { summary: 'Encrypt later backups to this key too', value: 'KEY', many: true },
		remove: { summary: 'Encrypt later backups to this key no more', value: 'KEY', many: true },
	},
	examples: [
		{ command: 'db keys', what: 'Show the keys' },
		{ command: 'db keys --add age1...', what: 'Add the key of another keeper' },
	],
	async run(args, io) {
		const { data } = readConfig();
		mkdirSync(data, { recursive: true, mode: 0o700 });
		for (const key of args.all('add')) addRecipient(data, key);
		for (const key of args.all('remove')) removeRecipient(data, key);
		const known = recipients(data);
		if (known.length === 0) io.say('There are no keys yet.');
		for (const key of known) await io.write(`${key}\n`);
	},
};

const newPair: Verb = {
	name: 'new-key',
	summary: 'Make a pair of keys for backups: run this on your own machine, not on the server',
	detail: [
		'Prints both keys and keeps neither. Without the private key nobody opens a backup: keep it in two places that are not the server.',
	],
	examples: [{ command: 'db new-key > key.txt', what: 'Keep the pair in a file of your own' }],
	async run(_args, io) {
		const { privateKey, publicKey } = await newKey();
		await io.write(`# public key: ${publicKey}\n${privateKey}\n`);
		io.say(`On the server: npx citycompact db keys --add ${publicKey}`);
	},
};

export const db: Noun = {
	name: 'db',
	summary: 'Back up, restore and move the database',
	verbs: [backing, restoring, copying, keys, newPair],
};

async function inGround(io: Io, work: (ground: Ground) => Promise<void>): Promise<void> {
	const ground = await openGround(readConfig(), io.say);
	try {
		await work(ground);
	} finally {
		await ground.close();
	}
}

/** A server that was started before anybody restored has given its database sample data. */
async function withoutSample(ground: Ground): Promise<void> {
	const db = openDatabase({ connection: ground.app, sessions: 1 });
	try {
		await db.as(SYSTEM, async (tx) => {
			await clearShelf(tx);
			await clearSample(tx);
		});
	} finally {
		await db.close();
	}
}

async function counted<T>(label: string, io: Io, work: (told: (rows: number) => void) => Promise<T>): Promise<T> {
	const bar = io.progress(label);
	try {
		return await work((rows) => bar.at(rows, 0, 'rows'));
	} finally {
		bar.end();
	}
}

function summary(feet: readonly Foot[]): string {
	const rows = feet.reduce((sum, foot) => sum + foot.rows, 0);
	return `${rows} rows of ${feet.length} tables`;
}

function sealing(keys: readonly string[] | null): string {
	if (!keys) return 'readable for anybody who has it';
	return `encrypted to ${keys.length} ${keys.length === 1 ? 'key' : 'keys'}`;
}

function readIdentity(file: string): string {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		throw new Invalid(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
	}
	const identity = text.split('\n').find((line) => line.trim().startsWith('AGE-SECRET-KEY-'));
	if (!identity) throw new Invalid(`${file} holds no private age key; one begins with AGE-SECRET-KEY-.`);
	return identity.trim();
}
