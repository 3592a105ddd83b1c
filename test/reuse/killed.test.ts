import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { VISITOR } from '#access/actor.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { shelved } from '../library/shelved.ts';

const folder = mkdtempSync(join(tmpdir(), 'citycompact-killed-'));
chmodSync(folder, 0o711);
const world = await openWorld({ config: readConfig({ COMPACT_DATA: folder }), write: () => undefined });
afterAll(async () => {
	await world.close();
	rmSync(folder, { recursive: true, force: true });
});

const WORDS = (
	'an officer shall not hold a person for a civil detainer unless a judge of the city signed the warrant and the clerk reports ' +
	'every request within three business days to the council which publishes what it may at the library for every resident'
).split(' ');
/** Sixty policies, each with the words of the one before but for some. */
for (let n = 0; n < 60; n++) {
	const words = WORDS.map((word, at) => (at % 60 < n && (at * 7 + n) % 11 === 0 ? `${word}${n >> 3}` : word)).join(' ');
	const day = `20${10 + (n % 9)}-0${1 + (n % 7)}-02`;
	await shelved(
		{ address: `coalition/p-${n}`, day, lines: [`sec_1 | 1. | ${words}.`, 'sec_2 | 2. | It is so.'] },
		world,
	);
}

async function links(): Promise<unknown[]> {
	return world.db.as(VISITOR, async (tx) => {
		const { rows } = await sql`
			select work_id, e_id, other_work_id, other_e_id, same, terms, other_terms from reuse_link order by 1, 2, 3, 4`.execute(
			tx,
		);
		return rows;
	});
}

/** Compares in a process of its own, which is killed once it said that some are done. */
async function killedAfter(steps: number): Promise<number> {
	const file = (name: string) => join(import.meta.dirname, name);
	const child = spawn(process.execPath, [file('../platform/child.js'), file('comparing.ts'), folder], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let last = 0;
	createInterface(child.stdout).on('line', (line) => {
		last = Number(line);
		if (--steps === 0) child.kill('SIGKILL');
	});
	await once(child, 'close');
	return last;
}

test('whoever is killed in the middle of comparing goes on, to the same links as without', async () => {
	const killed = await killedAfter(1);
	expect(killed).toBeGreaterThan(0);
	expect(killed).toBeLessThan(60);
	const { done, of } = await compareTexts(world);
	expect(done).toBe(of);
	expect(done).toBeGreaterThan(0);
	const resumed = await links();
	expect(resumed.length).toBeGreaterThan(60);
	await compareTexts(world, { anew: true });
	expect(await links()).toEqual(resumed);
}, 60_000);
