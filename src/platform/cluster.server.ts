import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
	chmodSync,
	chownSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Conflict, Upstream } from '#kernel/error.ts';
import { type Account, canEnter, databaseAccount } from './account.server.ts';
import { type Binaries, embeddedBinaries, majorOf, SHARED_HOME } from './binaries.server.ts';
import { databaseEnvironment } from './config.server.ts';
import { makeFolder } from './folder.server.ts';

/** How sessions reach the embedded database: a socket that only its account and root can open, or loopback with a password. */
export type Transport = 'socket' | 'tcp';

/** A database folder ready to be started. */
export interface Cluster {
	readonly pgdata: string;
	/** Folder of the socket; beside `pgdata`. */
	readonly run: string;
	readonly account: Account | null;
	readonly binaries: Binaries;
	readonly transport: Transport;
	/** Of every role, for loopback; null on a socket. */
	readonly password: string | null;
}

export interface ClusterOptions {
	/** The data folder (COMPACT_DATA), absolute. */
	readonly folder: string;
	/** Left out: what the system and the length of the path allow. */
	readonly transport?: Transport | undefined;
	/** Folder with other PostgreSQL programs than npm's. */
	readonly programs?: string | undefined;
	/** Told once in the life of a data folder, where the database had to be put elsewhere. */
	readonly notice: (sentence: string) => void;
}

export const SUPERUSER = 'postgres';
/** `sun_path` of Linux holds 108 bytes with the closing zero. */
const SOCKET_PATH_BYTES = 107;
const SOCKET_NAME = '.s.PGSQL.5432';

/** Prepares the folder and, where there is none, makes the database in it. Call under the folder's lock. */
export function prepareCluster(options: ClusterOptions): Cluster {
	const { folder } = options;
	makeFolder(folder);
	const pointer = join(folder, 'pgdata.path');
	const pointed = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : null;
	const account = databaseAccount([pointed, join(folder, 'pgdata')].find((path) => path && existsSync(path)) ?? null);
	// The account passes through the folder to its own; what lies beside is closed by its own mode.
	if (account) chmodSync(folder, 0o711);
	const pgdata = pointed ?? placeFor(folder, account);
	if (pointed && !existsSync(pointed)) {
		throw new Conflict(
			`${pointer} says that the database lies in ${pgdata}, but nothing is there. Bring that folder back, or remove ${pointer} to begin anew.`,
		);
	}
	const run = join(dirname(pgdata), 'run');
	own(run, account);
	const binaries = options.programs
		? { folder: options.programs, major: majorOf(options.programs) }
		: embeddedBinaries(account);
	const transport = options.transport ?? transportFor(run);
	const password = transport === 'tcp' ? passwordIn(folder) : null;
	const cluster = { pgdata, run, account, binaries, transport, password };
	if (existsSync(pgdata)) checkVersion(cluster);
	else initialise(cluster);
	if (!pointed && dirname(pgdata) !== folder) {
		writeFileSync(pointer, `${pgdata}\n`, { mode: 0o644 });
		options.notice(
			`The database's account cannot enter ${folder}, so the database lies in ${pgdata}; ${pointer} says so.`,
		);
	}
	return cluster;
}

function placeFor(folder: string, account: Account | null): string {
	if (canEnter(account, folder)) return join(folder, 'pgdata');
	const hash = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 16);
	const home = join(SHARED_HOME, hash);
	mkdirSync(SHARED_HOME, { recursive: true, mode: 0o755 });
	own(home, account);
	writeFileSync(join(home, 'belongs-to'), `${folder}\n`);
	return join(home, 'pgdata');
}

function own(folder: string, account: Account | null): void {
	makeFolder(folder);
	if (account) chownSync(folder, account.uid, account.gid);
}

function transportFor(run: string): Transport {
	const fits = Buffer.byteLength(join(run, SOCKET_NAME)) <= SOCKET_PATH_BYTES;
	return process.platform === 'linux' && fits ? 'socket' : 'tcp';
}

function passwordIn(folder: string): string {
	const file = join(folder, 'database.password');
	if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
	return readFileSync(file, 'utf8').trim();
}

function checkVersion({ pgdata, binaries }: Cluster): void {
	const major = Number(readFileSync(join(pgdata, 'PG_VERSION'), 'utf8'));
	if (major > binaries.major) {
		throw new Conflict(
			`The data in ${pgdata} was made by PostgreSQL ${major}; this installation has ${binaries.major}. Start the newer City Compact that made it; nothing was changed.`,
		);
	}
	if (major < binaries.major) {
		throw new Conflict(
			`The data in ${pgdata} was made by PostgreSQL ${major}; this installation has ${binaries.major}. With the former version run "citycompact db backup FILE", then "citycompact db restore FILE" into a new data folder.`,
		);
	}
}

/** Makes the database beside its place and moves it there whole, so that a start cut short leaves nothing half done. */
function initialise(cluster: Cluster): void {
	const { pgdata, account, binaries, password } = cluster;
	const home = dirname(pgdata);
	for (const name of readdirSync(home)) {
		if (name.startsWith('pgdata.new-')) discard(join(home, name));
	}
	const draft = `${pgdata}.new-${randomBytes(6).toString('hex')}`;
	own(draft, account);
	const wordFile = join(draft, 'password');
	if (password) {
		writeFileSync(wordFile, password, { mode: 0o600 });
		if (account) chownSync(wordFile, account.uid, account.gid);
	}
	const made = join(draft, basename(pgdata));
	// PostgreSQL 17 brings its own C.UTF-8: the same order on every machine, whatever its libraries say.
	const locale = binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];
	const result = spawnSync(
		join(binaries.folder, 'initdb'),
		[
			...['-D', made, '-U', SUPERUSER, '-E', 'UTF8', '--locale=C', ...locale, '--no-instructions'],
			...['--auth-local', password ? 'scram-sha-256' : 'trust', '--auth-host=scram-sha-256'],
			...(password ? ['--pwfile', wordFile] : []),
		],
		{ ...account, cwd: draft, env: databaseEnvironment(), encoding: 'utf8' },
	);
	if (result.status !== 0) {
		const why = result.error?.message ?? result.stderr.trim().split('\n').slice(-2).join(' ');
		throw new Upstream(`The database could not be made in ${home}: ${why}`);
	}
	own(join(made, 'log'), account);
	renameSync(made, pgdata);
	discard(draft);
}

/** Tries for a second: the initdb of a start that was killed may still be writing, and stops when its files go. */
function discard(folder: string): void {
	rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 5 });
}
