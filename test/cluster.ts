import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostmaster, stopPostmaster } from '../src/platform/postmaster.server.ts';
import { lives } from '../src/platform/process.server.ts';

const HOME = join(tmpdir(), `citycompact-test-${process.getuid?.() ?? ''}`);

/** The folder of the database that all test files of one run share; a run is known by the process that started it. */
export function runFolder(run = process.ppid): string {
	return join(HOME, String(run));
}

/** Before a run: clears what earlier ones left behind. Vitest may be told of this file as its `globalSetup`; without that the first test file calls it. */
export async function setup(): Promise<void> {
	mkdirSync(HOME, { recursive: true, mode: 0o711 });
	for (const run of readdirSync(HOME)) if (!lives(Number(run))) await clear(join(HOME, run)).catch(() => undefined);
}

/** After a run. */
export async function teardown(): Promise<void> {
	await clear(runFolder(process.pid));
}

async function clear(folder: string): Promise<void> {
	const pgdata = join(folder, 'pgdata');
	if (findPostmaster(pgdata)) await stopPostmaster(pgdata);
	rmSync(folder, { recursive: true, force: true });
}
