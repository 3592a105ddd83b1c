import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import { findPostmaster } from '#platform/postmaster.server.ts';
import { ENTRIES, openQuietly } from './soak-kill-world.ts';
import { randomOf } from './watch/archive.ts';

const LONGEST_MS = 600;

/**
 * Kills the database or the process that writes to it, `kill -9`, at random moments, and looks at what is left: every
 * transaction that was acknowledged is there, whole, and none by half; false where not. Arguments: `--kills N` (50), `--seed N`.
 */
export async function main(args: readonly string[]): Promise<boolean> {
	const kills = numberOf(args, '--kills', 50);
	const random = randomOf(numberOf(args, '--seed', 4870));
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-soak-'));
	const killed = { database: 0, writer: 0 };
	let acknowledged = 0;
	try {
		for (let round = 0; round < kills; round++) {
			const writer = startWriter(folder, acknowledged);
			await writer.begun;
			await sleep(random() * LONGEST_MS);
			if (random() < 0.5) {
				killed.database++;
				kill(findPostmaster(join(folder, 'pgdata'))?.pid);
				// The writer brings the database back by itself and goes on.
				const before = writer.last();
				while (writer.last() === before) await sleep(5);
			} else killed.writer++;
			writer.process.kill('SIGKILL');
			await writer.ended;
			acknowledged = writer.last();
			const found = await look(folder);
			const lost = found.whole < acknowledged || found.partial > 0;
			console.log(
				`${round + 1} of ${kills}: ${acknowledged} acknowledged, ${found.whole} there, ${found.partial} by half`,
			);
			if (lost) return false;
			acknowledged = found.whole;
		}
		console.log(
			`The database was killed ${killed.database} times, its writer ${killed.writer} times; nothing was lost.`,
		);
		return true;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

interface Writer {
	readonly process: ChildProcess;
	readonly begun: Promise<unknown>;
	readonly ended: Promise<unknown>;
	/** Number of the last transaction it was told had come through. */
	last(): number;
}

function startWriter(folder: string, from: number): Writer {
	const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
	const child = spawn(
		process.execPath,
		[file('../test/platform/child.js'), file('soak-kill-writer.ts'), folder, String(from)],
		{
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	let last = from;
	const lines = createInterface(child.stdout);
	lines.on('line', (line) => {
		if (/^\d+$/.test(line)) last = Number(line);
	});
	return { process: child, begun: once(lines, 'line'), ended: once(child, 'close'), last: () => last };
}

async function look(folder: string): Promise<{ whole: number; partial: number }> {
	const world = await openQuietly(folder);
	try {
		return await world.db.as(SYSTEM, async (tx) => {
			const { rows } = await sql<{ whole: number; partial: number }>`
				select count(*) filter (where n = ${sql.lit(ENTRIES)}) as whole, count(*) filter (where n <> ${sql.lit(ENTRIES)}) as partial
				from (select count(*) as n from watch_alias group by id) t`.execute(tx);
			return rows[0] ?? { whole: 0, partial: 0 };
		});
	} finally {
		await world.close();
	}
}

function kill(pid: number | undefined): void {
	if (pid) process.kill(pid, 'SIGKILL');
}

function numberOf(args: readonly string[], name: string, otherwise: number): number {
	const at = args.indexOf(name);
	return at < 0 ? otherwise : Number(args[at + 1]);
}
