import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './source.ts';

const SCRIPTS = /^(start|dev|test|ready|golden|bench:\w+|soak:\w+)$/;
/** Folders of one machine, and words of whoever wrote a line instead of what it is about. */
const FOREIGN = [
	/(?<![\w.~:-])\/(work|root|home\/\w+|Users\/\w+)\//,
	/\b(C:\\Users)\\/,
	new RegExp(['chat', 'gpt'].join(''), 'i'),
	new RegExp(['\\bclau', 'de\\b'].join(''), 'i'),
	new RegExp(['\\bas an ', 'AI\\b'].join('')),
	new RegExp(['\\bTO', 'DO\\b|\\bFIX', 'ME\\b'].join('')),
];

function foreignWords(path: string, text: string): string[] {
	return text
		.split('\n')
		.flatMap((line, i) => (FOREIGN.some((word) => word.test(line)) ? [`${path}:${i + 1} ${line.trim()}`] : []));
}

function tracked(): string[] {
	const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
		cwd: ROOT,
		encoding: 'utf8',
	}).split('\0');
	return files.filter((path) => path !== '' && !/package-lock\.json$|\.(woff2?|png|xlsx|zip|gz|ico)$/.test(path));
}

test('the text speaks of the project and of no machine it was written on', ({ skip }) => {
	let paths: string[] = [];
	try {
		paths = tracked();
	} catch {
		skip('This is no git checkout.');
	}
	const own = 'test/laws/text.test.ts';
	const found = paths
		.filter((path) => path !== own)
		.flatMap((path) => {
			try {
				return foreignWords(path, readFileSync(join(ROOT, path), 'utf8'));
			} catch {
				return [];
			}
		});
	expect(found).toEqual([]);
	expect(foreignWords('a', 'see /work/main/x\nand /home/jo/y\nor ./home/x')).toHaveLength(2);
});

test('there are no scripts but the few that everybody knows', () => {
	const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
	const strange = (names: readonly string[]) => names.filter((name) => !SCRIPTS.test(name));
	expect(strange(Object.keys(scripts))).toEqual([]);
	expect(strange(['start', 'postinstall'])).toEqual(['postinstall']);
});
