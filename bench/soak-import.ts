import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findPostmaster } from '#platform/postmaster.server.ts';
import { randomOf } from './watch/archive.ts';

const VICTIMS = ['import', 'web', 'database'] as const;
type Victim = (typeof VICTIMS)[number];

/** The moment of the kill, in milliseconds after the import began: an import of the archive takes about so long. */
const LONGEST_MS = 2_500;

/**
 * Imports the captures below `--data DIR` while the web server runs, kills the import, the server or the database with
 * `kill -9` at a random moment, starts again, and compares the ledger with that of an import nobody disturbed. Arguments:
 * `--kills N` (50), `--seed N`. False as soon as a ledger differs.
 */
export async function main(args: string[]): Promise<boolean> {
	const { values } = parseArgs({
		args,
		options: {
			data: { type: 'string', default: '../shared/data/287g' },
			kills: { type: 'string', default: '50' },
			seed: { type: 'string', default: '287' },
		},
	});
	const sheets = join(resolve(values.data), 'sheets');
	if (!existsSync(sheets)) throw new Error(`There is no ${sheets}. Name the folder of the captures: --data DIR`);
	const random = randomOf(Number(values.seed));
	const expected = await inFolder(async (folder) => {
		await run(folder, ['watch', 'import', sheets]);
		return ledgerOf(folder);
	});
	console.log(`seed ${values.seed}: a clean import gives ${expected.length} characters of events and agreements`);
	for (let round = 1; round <= Number(values.kills); round++) {
		const victim = VICTIMS[(round - 1) % VICTIMS.length] as Victim;
		const after = Math.round(random() * LONGEST_MS);
		const same = await inFolder(async (folder) => {
			await disturb(folder, sheets, victim, after);
			await run(folder, ['watch', 'import', sheets]);
			return (await ledgerOf(folder)) === expected;
		});
		console.log(
			`${round} of ${values.kills}: ${victim} killed after ${after} ms: ${same ? 'the same ledger' : 'ANOTHER LEDGER'}`,
		);
		if (!same) return false;
	}
	return true;
}

async function disturb(folder: string, sheets: string, victim: Victim, after: number): Promise<void> {
	const web = start(folder, ['serve']);
	const importing = start(folder, ['watch', 'import', sheets]);
	await sleep(after);
	if (victim === 'import') importing.kill('SIGKILL');
	else if (victim === 'web') web.kill('SIGKILL');
	else {
		const postmaster = findPostmaster(join(folder, 'pgdata')) ?? findPostmaster(pointedAt(folder));
		if (postmaster) process.kill(postmaster.pid, 'SIGKILL');
	}
	await ended(importing);
	web.kill('SIGKILL');
	await ended(web);
}

/** Where the database lies when its user cannot reach the data folder. */
function pointedAt(folder: string): string {
	const pointer = join(folder, 'pgdata.path');
	return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(folder, 'pgdata');
}

async function ledgerOf(folder: string): Promise<string> {
	const parts = [];
	for (const what of ['events', 'agreements', 'agencies', 'lists']) {
		const text = await run(folder, ['watch', what, '--format', 'json']);
		// When a file was added, and what was withdrawn on the way, is the story of the imports, not of the ledger.
		const rows = (JSON.parse(text) as Record<string, unknown>[]).filter((row) => !row.withdrawn_at);
		parts.push(JSON.stringify(rows.map(({ added_at, ...row }) => row)));
	}
	return parts.join('\n');
}

async function run(folder: string, args: string[]): Promise<string> {
	const child = start(folder, args);
	const [out, err] = [gather(child.stdout), gather(child.stderr)];
	const code = await ended(child);
	if (code !== 0) throw new Error(`citycompact ${args.join(' ')} ended with ${code}: ${(await err).slice(-2_000)}`);
	return out;
}

function start(folder: string, args: string[]) {
	return spawn(process.execPath, ['bin/citycompact.js', ...args], {
		env: { ...process.env, COMPACT_DATA: folder, PORT: '0' },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
}

async function gather(stream: NodeJS.ReadableStream): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of stream) pieces.push(piece as Buffer);
	return Buffer.concat(pieces).toString();
}

async function ended(child: ChildProcess): Promise<number | null> {
	if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
	return child.exitCode;
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-soak-'));
	// The database's own user must be able to pass through.
	chmodSync(folder, 0o711);
	try {
		return await work(join(folder, 'data'));
	} finally {
		await sleep(100);
		const left = findPostmaster(join(folder, 'data', 'pgdata'));
		if (left) process.kill(left.pid, 'SIGQUIT');
		rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
	}
}
