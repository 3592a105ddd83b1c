import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROBLEM_CODES } from '#watch/problem.ts';
import { REFUSAL_CODES } from '#watch/read/refusal.ts';

const [, problems = '', refusals = ''] = readFileSync('docs/watch/problems.md', 'utf8').split(
	/^## (?:Problems|Refusals).*$/m,
);

function documented(section: string): string[] {
	return [...section.replace(/^## .*/ms, '').matchAll(/^\| `(\w+)` \| [^|]+ \| [^|]+ \|$/gm)].map(
		(row) => row[1] ?? '',
	);
}

test('every problem code is documented, and nothing else is', () => {
	expect(documented(problems)).toEqual([...PROBLEM_CODES]);
});

test('every refusal code is documented, and nothing else is', () => {
	expect(documented(refusals)).toEqual([...REFUSAL_CODES]);
});
