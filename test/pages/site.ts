import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll } from 'vitest';

export interface Site {
	/** Scheme, host and port. */
	readonly origin: string;
	/** Folder of its data. */
	readonly data: string;
	/** Lines the process wrote so far, standard output and error. */
	readonly lines: readonly string[];
	/** What a command prints that works on the same database. */
	run(...args: readonly string[]): Promise<string>;
}

const root = join(import.meta.dirname, '../..');
const COMMAND = join(root, 'bin/citycompact.js');
/** Characters that a command may print: the events of a year with their rows. */
const MOST_PRINTED = 2 ** 28;
/** How long a first start may take, in milliseconds: it makes a database. */
const PATIENCE = 60_000;

/**
 * Starts the built app on a free port over a database of its own, which then holds the sample data; gone after the file.
 * `host`: the name it goes by; passkeys take no number.
 * `COMPACT_TEST_SITE` names a site that runs already, and `COMPACT_DATA` its folder.
 */
export async function startSite(settings: Readonly<Record<string, string>> = {}, host = '127.0.0.1'): Promise<Site> {
	const running = process.env.COMPACT_TEST_SITE;
	if (running)
		return {
			origin: running,
			data: process.env.COMPACT_DATA ?? '',
			lines: [],
			run: commandsOn(process.env.COMPACT_DATA),
		};
	if (!existsSync(join(root, 'build'))) throw new Error('There is no build. Run npm test first.');
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-site-'));
	// The database runs as a user without rights where the tests run as root: it has to get in.
	chmodSync(folder, 0o711);
	const port = String(await freePort());
	const origin = `http://${host}:${port}`;
	const child = spawn(process.execPath, [COMMAND, 'serve'], {
		env: {
			...process.env,
			HOST: '127.0.0.1',
			PORT: port,
			COMPACT_ORIGIN: origin,
			COMPACT_DATA: folder,
			...settings,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const lines: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => lines.push(...text.split('\n').filter(Boolean)));
	}
	afterAll(async () => {
		await stop(child);
		rmSync(folder, { recursive: true, force: true });
	});
	await answering(`http://127.0.0.1:${port}/healthz`, child, lines);
	const data = settings.COMPACT_DATA ?? folder;
	return { origin, data, lines, run: commandsOn(data) };
}

function commandsOn(data: string | undefined): Site['run'] {
	return async (...args) => {
		if (data === undefined) throw new Error('COMPACT_DATA has to name the folder of the site that runs already.');
		const env = { ...process.env, COMPACT_DATA: data };
		const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, ...args], {
			env,
			maxBuffer: MOST_PRINTED,
		});
		return stdout;
	};
}

async function answering(address: string, child: ChildProcess, lines: readonly string[]): Promise<void> {
	const end = Date.now() + PATIENCE;
	while (Date.now() < end && child.exitCode === null) {
		const response = await fetch(address).catch(() => null);
		if (response?.ok) return;
		await new Promise((done) => setTimeout(done, 100));
	}
	throw new Error(`The site does not answer:\n${lines.join('\n')}`);
}

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null) return;
	const gone = once(child, 'exit');
	child.kill('SIGTERM');
	const hard = setTimeout(() => child.kill('SIGKILL'), 15_000);
	await gone;
	clearTimeout(hard);
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
	return address.port;
}
