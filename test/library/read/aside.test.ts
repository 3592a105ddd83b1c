import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readingAside } from '#library/read/aside.server.ts';

const folder = mkdtempSync(join(tmpdir(), 'citycompact-aside-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a thread reads one file after the other, and another one takes over where a file broke it', async () => {
	const entry = join(folder, 'thread.mjs');
	writeFileSync(
		entry,
		`import { parentPort, threadId } from 'node:worker_threads';
		parentPort.on('message', ({ name }) => {
			if (name === 'breaks') throw new Error('broken');
			parentPort.postMessage({ name, threadId });
		});`,
	);
	const aside = readingAside(entry);
	const read = async (name: string) => (await aside.read(new Uint8Array([1]), name)) as unknown as { threadId: number };
	const [first, second, third] = [await read('a'), await read('b'), await read('c')];
	expect(second).toEqual({ name: 'b', threadId: first.threadId });
	expect(third).toEqual({ name: 'c', threadId: first.threadId });
	expect(await read('breaks')).toMatchObject({ refused: 'damaged' });
	const after = await read('d');
	expect(after).toMatchObject({ name: 'd' });
	expect(after.threadId).not.toBe(first.threadId);
});
