import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TEMPLATES } from '#adoption/packet/read.server.ts';
import { readWanted } from '#adoption/packet/template.ts';
import { REVISIONS } from '#adoption/word/read.server.ts';
import { readingsOf } from '#adoption/word/readings.ts';
import { readingAside } from '#platform/aside.server.ts';
import { packageRoot } from '#platform/root.server.ts';
import { TRAPS, trapFile } from '../adoption/corpus.ts';
import { p, templateOf, uglyTemplate } from '../adoption/templates.ts';

const built = (entry: string) => join(packageRoot(), 'build', 'cli', entry);

test('the thread that was built reads a template as it is read here, and tells what stands against one', async () => {
	const read = readingAside(TEMPLATES, built(TEMPLATES.entry));
	for (const bytes of [uglyTemplate(), templateOf(p('Body', '{title}') + '<w:p/>'.repeat(20_000))]) {
		const wanted = { bytes, keep: true };
		expect(await read(wanted)).toEqual(readWanted(wanted));
	}
});

test('the thread that was built reads what counsel sent back as it is read here, and refuses what is no Word file', async () => {
	const read = readingAside(REVISIONS, built(REVISIONS.entry));
	for (const bytes of [...TRAPS.map(trapFile), new Uint8Array([80, 75, 3, 4])])
		expect(await read(bytes)).toEqual(readingsOf(bytes));
});
