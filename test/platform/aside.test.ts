import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { TEMPLATES } from '#adoption/packet/read.server.ts';
import { type Aside, readingAside } from '#platform/aside.server.ts';

const folder = mkdtempSync(join(tmpdir(), 'citycompact-aside-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A thread in which a job does what is written. */
function entry(name: string, does: string): string {
	const file = join(folder, `${name}.mjs`);
	writeFileSync(
		file,
		`import { parentPort, threadId } from 'node:worker_threads';
		parentPort.on('message', (job) => { ${does} });`,
	);
	return file;
}

const NAMES: Aside<string, unknown> = {
	...{ entry: 'none.js', here: (name) => name, maxMs: 5_000, maxMb: 50 },
	...{ slow: 'slow', large: 'large', broken: 'broken' },
};

test('a thread reads one file after the other, and another one takes over where a file broke it', async () => {
	const does = "if (job === 'breaks') throw new Error('broken'); parentPort.postMessage({ job, threadId });";
	const aside = readingAside(NAMES, entry('reads', does));
	const read = async (name: string) => (await aside(name)) as { threadId: number };
	const [first, second, third] = [await read('a'), await read('b'), await read('c')];
	expect(second).toEqual({ job: 'b', threadId: first.threadId });
	expect(third).toEqual({ job: 'c', threadId: first.threadId });
	expect(await read('breaks')).toBe('broken');
	const after = await read('d');
	expect(after).toMatchObject({ job: 'd' });
	expect(after.threadId).not.toBe(first.threadId);
});

test('what needs more memory than it may ends, and the next one is read', async () => {
	const does =
		"const all = []; while (job === 'large') all.push(new Array(1e5).fill(job)); parentPort.postMessage(job);";
	const aside = readingAside(NAMES, entry('large', does));
	expect(await aside('large')).toBe('large');
	expect(await aside('small')).toBe('small');
});

test('where nothing was built it is read where it is asked for', async () => {
	expect(await readingAside(NAMES)('here')).toBe('here');
});

test('a template that is never done being read ends with its refusal, while whoever asked goes on', async () => {
	const aside = readingAside({ ...TEMPLATES, maxMs: 300 }, entry('endless', 'for (;;);'));
	let [done, turns] = [false, 0];
	const read = aside({ bytes: new Uint8Array(1), keep: true }).finally(() => {
		done = true;
	});
	for (; !done; turns++) await new Promise((next) => setImmediate(next));
	expect(await read).toEqual({ faults: [{ why: 'slow', detail: '' }] });
	expect(turns).toBeGreaterThan(1);
});
