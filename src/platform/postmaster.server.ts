import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Upstream } from '#kernel/error.ts';
import type { Account } from './account.server.ts';
import type { Binaries } from './binaries.server.ts';
import { databaseEnvironment } from './config.server.ts';
import { commandLine, lives } from './process.server.ts';

/** A postmaster that accepts sessions. */
export interface Postmaster {
	readonly pid: number;
	readonly port: number;
}

const POLL_MS = 10;
/** Recovery after a crash replays at most max_wal_size, seconds on a slow disk; a shutdown writes shared_buffers. */
const PATIENCE_MS = 60_000;
/** Backends of a killed postmaster leave on their own within moments; until then a new one is refused. */
const ATTEMPTS = 20;

/** The living postmaster of a database folder, or null. A pid file whose process is dead, a zombie or another program counts for nothing. */
export function findPostmaster(pgdata: string): Postmaster | null {
	const lines = pidFile(pgdata);
	const pid = Number(lines?.[0]);
	if (!lines || !pid || !lives(pid)) return null;
	const command = commandLine(pid);
	if (command && command.length > 0 && !command.includes(pgdata)) return null;
	return { pid, port: Number(lines[3]) };
}

/** Starts the postmaster of a folder, or waits for one that is starting. It outlives this process. */
export async function startPostmaster(
	pgdata: string,
	binaries: Binaries,
	account: Account | null,
	settings: Readonly<Record<string, string>>,
): Promise<Postmaster> {
	const said = join(pgdata, 'log', 'start.log');
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const running = findPostmaster(pgdata) !== null;
		if (!running) rmSync(join(pgdata, 'postmaster.pid'), { force: true });
		const gone = running ? () => !findPostmaster(pgdata) : launch(pgdata, binaries, account, settings, said);
		const postmaster = await settled(pgdata, gone);
		if (postmaster) return postmaster;
		await sleep(POLL_MS * 2 ** Math.min(attempt, 5));
	}
	const words = existsSync(said) ? readFileSync(said, 'utf8').trim().split('\n').slice(-3).join(' ') : '';
	throw new Upstream(`The database in ${pgdata} did not start. It said: ${words || 'nothing'}`);
}

/** Ends a postmaster in order: sessions are cut off, everything is written. */
export async function stopPostmaster(pgdata: string): Promise<void> {
	const postmaster = findPostmaster(pgdata);
	if (!postmaster) return;
	process.kill(postmaster.pid, 'SIGINT');
	const deadline = Date.now() + PATIENCE_MS;
	while (findPostmaster(pgdata)) {
		if (Date.now() > deadline) throw new Upstream(`The database in ${pgdata} did not stop within a minute.`);
		await sleep(POLL_MS);
	}
}

/** Returns a function that says whether the new process has ended. */
function launch(
	pgdata: string,
	binaries: Binaries,
	account: Account | null,
	settings: Readonly<Record<string, string>>,
	said: string,
): () => boolean {
	const output = openSync(said, 'w', 0o600);
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const child = spawn(join(binaries.folder, 'postgres'), ['-D', pgdata, ...options], {
		...account,
		cwd: pgdata,
		detached: true,
		windowsHide: true,
		stdio: ['ignore', output, output],
		env: databaseEnvironment(),
	});
	let ended = false;
	child.on('error', () => {
		ended = true;
	});
	child.on('exit', () => {
		ended = true;
	});
	child.unref();
	closeSync(output);
	return () => ended;
}

/** Waits until the pid file says ready; null where the process went instead. */
async function settled(pgdata: string, gone: () => boolean): Promise<Postmaster | null> {
	const deadline = Date.now() + PATIENCE_MS;
	while (Date.now() < deadline && !gone()) {
		const postmaster = findPostmaster(pgdata);
		if (postmaster && pidFile(pgdata)?.[7]?.trim() === 'ready') return postmaster;
		await sleep(POLL_MS);
	}
	return null;
}

function pidFile(pgdata: string): string[] | null {
	try {
		return readFileSync(join(pgdata, 'postmaster.pid'), 'utf8').split('\n');
	} catch {
		return null;
	}
}
