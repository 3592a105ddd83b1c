import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Operation, worded } from '#concordance/redline.ts';

const MARK = { same: ['', ''], added: ['{+', '+}'], removed: ['[-', '-]'] } as const;

function shown(steps: readonly Operation[]): string {
	return steps.map(({ op, text }) => MARK[op][0] + text + MARK[op][1]).join('');
}

function later(steps: readonly Operation[]): string {
	return steps.map(({ op, text }) => (op === 'removed' ? '' : text)).join('');
}

function earlier(steps: readonly Operation[]): string {
	return steps.map(({ op, text, was }) => (op === 'added' ? '' : (was ?? text))).join('');
}

describe('a redline marks whole words in phrases that a person would mark', () => {
	test.each([
		[
			'The City shall not renew an agreement.',
			'The City shall not renew, or carry out, an agreement.',
			'The City shall not renew{+, or carry out,+} an agreement.',
		],
		['arrest or detain any person', 'arrest, detain, or prolong the detention of any person', null],
		['a fee of $10.50 a day', 'a fee of $12.00 a day', 'a fee of $[-10.50-]{+12.00+} a day'],
		['under 8 U.S.C. § 1373 only', 'under 8 U.S.C. § 1644 only', 'under[- 8 U.S.C. § 1373-]{+ 8 U.S.C. § 1644+} only'],
		['police, jails or sheriffs', 'police, clinics, jails or sheriffs', 'police,{+ clinics,+} jails or sheriffs'],
		['the department’s custody', "the department's custody", "the department's custody"],
		['x y', 'y', '[-x -]y'],
		['y', 'x y', '{+x +}y'],
		['the city', 'the (city', 'the{+ (+}city'],
		[' \n', ' ', ' '],
		['', '', ''],
		['', 'new words', '{+new words+}'],
		['old words', '', '[-old words-]'],
		['same', 'same', 'same'],
	])('%s -> %s', (before, after, expected) => {
		const steps = worded(before, after);
		if (expected !== null) expect(shown(steps)).toBe(expected);
		expect(later(steps)).toBe(after);
		expect(earlier(steps)).toBe(before);
	});

	test('a replaced sentence is struck whole and written whole', () => {
		const steps = worded(
			'The chief may honor a request when the chief finds a threat.',
			'The department shall refuse a request unless a judge signed a warrant.',
		);
		expect(steps.filter(({ op }) => op !== 'same').length).toBeLessThanOrEqual(5);
	});
});

const WORDS = fc.array(
	fc.constantFrom('the', 'city', 'shall', 'not', ',', '.', 'detain', '§ 9-131', '(a)', 'or', '“x”'),
	{
		maxLength: 60,
	},
);

test('both texts can be read from a redline to the letter', () => {
	const text = fc.oneof(
		WORDS.map((words) => words.join(' ')),
		fc.string({ maxLength: 60, unit: 'grapheme' }),
	);
	fc.assert(
		fc.property(text, text, (before, after) => {
			const steps = worded(before, after);
			expect(later(steps)).toBe(after);
			expect(earlier(steps)).toBe(before);
		}),
		{ numRuns: 500 },
	);
});

test('a text against itself has nothing to mark', () => {
	fc.assert(
		fc.property(WORDS, (words) => {
			const text = words.join(' ');
			expect(worded(text, text).every(({ op }) => op === 'same')).toBe(true);
		}),
	);
});

test('what two texts share is never marked more than it must be', () => {
	fc.assert(
		fc.property(WORDS, WORDS, WORDS, (head, middle, tail) => {
			const before = [...head, ...tail].join(' ');
			const after = [...head, ...middle, ...tail].join(' ');
			const marked = worded(before, after).filter(({ op }) => op === 'removed');
			expect(marked.map(({ text }) => text.trim()).join('')).toBe('');
		}),
	);
});

test('two texts that share nothing end all the same', () => {
	const before = Array.from({ length: 20_000 }, (_, i) => `a${i}`).join(' ');
	const after = Array.from({ length: 20_000 }, (_, i) => `b${i}`).join(' ');
	const steps = worded(before, after);
	expect(steps.map(({ op }) => op)).toEqual(['removed', 'added']);
});
