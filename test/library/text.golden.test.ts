import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readText } from '#library/read/text.ts';
import { structure } from '#library/structure/structure.ts';
import { outline } from './outline.ts';

const FOLDER = join(import.meta.dirname, 'golden');

/** Each folder is a trap of plain text: `input.txt`, and the tree it makes in `outline.txt`. */
describe.each(readdirSync(FOLDER).filter((name) => name.startsWith('text-')))('%s', (name) => {
	test('makes the tree it should', async () => {
		const read = readText(new Uint8Array(readFileSync(join(FOLDER, name, 'input.txt'))));
		if ('refused' in read) throw new Error(read.detail);
		await expect(outline(structure(read))).toMatchFileSnapshot(join(FOLDER, name, 'outline.txt'));
	});
});
