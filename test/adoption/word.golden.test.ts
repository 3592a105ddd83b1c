import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRevisions } from '#adoption/word/revision.ts';
import { suggestionsOf } from '#adoption/word/suggest.ts';
import { DRAFT, TRAPS, trapFile } from './corpus.ts';
import { told } from './counsel.ts';

const FOLDER = join(import.meta.dirname, 'golden');

describe.each(TRAPS)('$name', (trap) => {
	test('suggests what it should', async () => {
		const found = suggestionsOf(readRevisions(trapFile(trap), trap.own), trap.draft ?? DRAFT);
		const lines = [...told(found), ...found.problems.map(({ code, detail }) => `! ${code}  ${detail}`)];
		await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(FOLDER, `${trap.name}.txt`));
	});
});
