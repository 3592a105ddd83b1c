import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { locked } from '#platform/lock.server.ts';
import { born, lives } from '#platform/process.server.ts';

const home = mkdtempSync(join(tmpdir(), 'citycompact-lock-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('one at a time holds a folder, however many want it', async () => {
	let holding = 0;
	let most = 0;
	const done: number[] = [];
	await Promise.all(
		Array.from({ length: 12 }, (_, n) =>
			locked(join(home, 'many'), async () => {
				most = Math.max(most, ++holding);
				await new Promise((resolve) => setTimeout(resolve, 2));
				holding--;
				done.push(n);
			}),
		),
	);
	expect(most).toBe(1);
	expect(done).toHaveLength(12);
	expect(readdirSync(join(home, 'many'))).toEqual(['12']);
});

test('the lock is given back when the work throws', async () => {
	const folder = join(home, 'throws');
	await expect(locked(folder, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
	await expect(locked(folder, async () => 1)).resolves.toBe(1);
});

test.runIf(process.platform === 'linux')(
	'a holder that died holds nothing, even where another process has its number now',
	async () => {
		const folder = join(home, 'dead');
		await locked(folder, async () => undefined);
		const gone = spawn('true');
		await once(gone, 'exit');
		for (const text of [`${gone.pid} 1`, `${process.pid} ${Number(born(process.pid)) - 1}`, '']) {
			writeFileSync(join(folder, String(Math.max(...readdirSync(folder).map(Number)))), text);
			await expect(locked(folder, async () => 1)).resolves.toBe(1);
		}
	},
);

test.runIf(process.platform === 'linux')(
	'a process is known by when it began, and a dead one does not live',
	async () => {
		expect(lives(process.pid)).toBe(true);
		expect(born(process.pid)).toMatch(/^\d+$/);
		const gone = spawn('true');
		await once(gone, 'exit');
		expect(lives(gone.pid ?? 0)).toBe(false);
		expect(readFileSync('/proc/self/stat', 'utf8')).toContain(` ${born(process.pid)} `);
	},
);
