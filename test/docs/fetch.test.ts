import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FETCH_CODES } from '#watch/fetch/code.ts';

test('every code of a failed fetch is documented, and no other', () => {
	const page = readFileSync('docs/watch/fetch.md', 'utf8');
	const codes = [...page.matchAll(/^\| `(\w+)` \| [^|]+ \| [^|]+ \|$/gm)].map((row) => row[1]);
	expect(codes).toEqual([...FETCH_CODES]);
});
