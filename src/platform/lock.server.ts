import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Conflict } from '#kernel/error.ts';
import { born, lives } from './process.server.ts';

const POLL_MS = 15;
/** Longer than a slow machine needs to make or stop a database. */
const PATIENCE_MS = 120_000;
const RELEASED = 'released';

/**
 * Runs `work` while no other process on this machine holds `folder`; a holder that died counts for nothing.
 *
 * The lock is a numbered file, linked into place complete; the highest number holds. Who finds the highest released or
 * dead takes the next number, which only one can, and has it once it has seen that no higher one stands. The highest
 * file is never removed, so a number is never given twice.
 */
export async function locked<T>(folder: string, work: () => Promise<T>): Promise<T> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const mine = await take(folder);
	try {
		return await work();
	} finally {
		await writeFile(mine, RELEASED);
	}
}

async function take(folder: string): Promise<string> {
	const deadline = Date.now() + PATIENCE_MS;
	const draft = join(folder, `draft-${process.pid}-${Math.random().toString(36).slice(2)}`);
	await writeFile(draft, `${process.pid} ${born(process.pid) ?? ''}`, { mode: 0o600 });
	try {
		for (;;) {
			const last = await highest(folder);
			if (last === 0 || !(await held(join(folder, String(last))))) {
				const mine = join(folder, String(last + 1));
				if (await linked(draft, mine)) {
					if ((await highest(folder)) === last + 1) {
						await clear(folder, last);
						return mine;
					}
					await rm(mine, { force: true });
				}
			}
			if (Date.now() > deadline) {
				throw new Conflict(`Another process has held ${folder} for too long. End it and start again.`);
			}
			await sleep(POLL_MS);
		}
	} finally {
		await rm(draft, { force: true });
	}
}

async function highest(folder: string): Promise<number> {
	const numbers = (await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number);
	return Math.max(0, ...numbers);
}

async function held(file: string): Promise<boolean> {
	const text = await readFile(file, 'utf8').catch(() => '');
	const [pid, birth] = text.split(' ');
	if (!pid || !/^\d+$/.test(pid)) return false;
	return lives(Number(pid)) && born(Number(pid)) === (birth || null);
}

async function linked(from: string, to: string): Promise<boolean> {
	try {
		await link(from, to);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

async function clear(folder: string, upTo: number): Promise<void> {
	for (const name of await readdir(folder)) {
		if (/^\d+$/.test(name) && Number(name) <= upTo) await rm(join(folder, name), { force: true });
	}
}
