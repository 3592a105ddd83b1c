import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROFILE_NAMES, PROFILES } from '#library/redline/profile.ts';
import { STRUCTURE_PROBLEMS } from '#library/structure/problem.ts';

const rows = (file: string, columns: number): string[] =>
	[...readFileSync(file, 'utf8').matchAll(/^\| `([\w-]+)` ((?:\| [^|]+ )+)\|$/gm)]
		.filter((row) => (row[2]?.split('|').length ?? 0) === columns)
		.map((row) => row[1] ?? '');

test('every problem of plain text and of the tree is documented', () => {
	const documented = rows('docs/library/problems.md', 3);
	expect(STRUCTURE_PROBLEMS.filter((code) => !documented.includes(code))).toEqual([]);
});

test('every style profile is documented, and nothing else is', () => {
	expect(rows('docs/library/profiles.md', 3)).toEqual([...PROFILE_NAMES]);
	expect(Object.keys(PROFILES)).toEqual([...PROFILE_NAMES]);
});
