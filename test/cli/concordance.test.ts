import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '#cli/commands.ts';
import type { Io } from '#cli/io.ts';
import { parse } from '#cli/parse.ts';
import { redlineLines } from '#cli/redline-lines.ts';
import { applied, redlined } from '#concordance/redline.ts';

const LAW = `§ 1. No officer of the city shall arrest any person on a civil detainer without a warrant.
(a) The commissioner shall report each year how many requests came in and from whom they came.
(b) The report shall be published on the website of the department within thirty days.
§ 2. This local law takes effect ninety days after it becomes law.`;
const [ONE, A, B, TWO] = LAW.split('\n') as [string, string, string, string];
const LATER = [ONE, B.replace('(b)', '(a)').replace('thirty', 'sixty'), A.replace('(a)', '(b)'), TWO].join('\n');

function lines(before: string, after: string, colours = false): string[] {
	return redlineLines(redlined(before, after) ?? [], colours);
}

describe('a redline on a terminal', () => {
	test('what moved stands once, with its former number, and what did not change is counted', () => {
		expect(lines(LAW, LATER)).toEqual([
			'  … 1 provision unchanged',
			'',
			'§ 1(a): changed, moved, was § 1(b)',
			'  ([-b-]{+a+}) The report shall be published on the website of the department within [-thirty-] {+sixty+} days.',
			'',
			'§ 1(b): changed, was § 1(a)',
			'  ([-a-]{+b+}) The commissioner shall report each year how many requests came in and from whom they came.',
			'',
			'  … 1 provision unchanged',
		]);
	});
	test('colours come with a line under or through the words', () => {
		const text = lines('any officer of it', 'any official of it', true).join('\n');
		expect(text).toContain('any \u001b[9;31mofficer\u001b[0m \u001b[4;32mofficial\u001b[0m of it');
	});
	test('a text steers no terminal', () => {
		const text = lines('calm words', 'calm \u001b[2Jwords\u0007\u202e', false).join('\n');
		for (const sign of ['\u001b', '\u0007', '\u202e']) expect(text).not.toContain(sign);
	});
	test.each([
		['', '', []],
		['same', 'same', ['  … 1 provision unchanged']],
		['', 'new words', ['(no number): added', '  {+new words+}']],
		['§ 4. Old words.', '', ['§ 4: removed', '  [-§ 4. Old words.-]']],
	])('%j to %j', (before, after, expected) => {
		expect(lines(before, after)).toEqual(expected);
	});
});

describe('citycompact concordance compare', () => {
	let folder = '';
	const at = (name: string) => join(folder, name);
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'compact-compare-'));
		await writeFile(at('before.txt'), LAW);
		await writeFile(at('after.txt'), LATER);
		await writeFile(at('empty.txt'), '');
	});
	afterAll(() => rm(folder, { recursive: true }));

	async function run(...operands: string[]): Promise<string> {
		const asked = parse(['concordance', 'compare', ...operands], COMMANDS);
		if (asked.kind !== 'run') throw new Error('not a command');
		let out = '';
		const io: Io = {
			stdin: Readable.from([]),
			width: null,
			screen: false,
			colours: false,
			signal: new AbortController().signal,
			write: async (text) => {
				out += text;
			},
			say: () => {},
			progress: () => {
				throw new Error('no bar is needed');
			},
			world: () => Promise.reject(new Error('two files need no world')),
		};
		await asked.verb.run(asked.args, io);
		return out;
	}

	test('tells in words what changed, then shows it', async () => {
		const out = await run(at('before.txt'), at('after.txt'));
		expect(out).toContain('§ 1(a) moved; § 1(b) is now § 1(a);');
		expect(out).toContain('“thirty” replaced by “sixty”');
		expect(out).toMatch(/\d\d% of the words kept in order\./);
		expect(out).toContain('within [-thirty-] {+sixty+} days.');
	});
	test('gives programs every step', async () => {
		const found = JSON.parse(await run(at('before.txt'), at('after.txt'), '--format', 'json'));
		expect(found.summary.wordsAdded).toBeGreaterThan(0);
		expect(applied(LAW, found.parts)).toBe(LATER);
	});
	test.each([
		['empty.txt', /empty\.txt/],
		['.', /is a folder/],
	])('says what is wrong with %s', async (name, expected) => {
		await expect(run(at(name), at('after.txt'))).rejects.toThrow(expected);
	});
});
