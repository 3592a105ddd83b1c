import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kept } from '#concordance/kept.ts';
import { LONGEST_TEXTS } from '#concordance/redline.ts';

describe('the share of words that a later text keeps', () => {
	test.each([
		['no person shall be held', 'no person shall be held', 1],
		['no person shall be held', 'No one may, therefore, be held!', 2 / 5],
		['no person shall be held', 'a person shall not be detained or held', 4 / 5],
		['signs, here; count: nothing.', 'signs here count nothing', 1],
		['under 8 U.S.C. § 1373 only', 'under 8 U.S.C. § 1644 only', 2 / 3],
		['the order of words', 'words of order the', 1 / 4],
		['gone', '', 0],
		['', 'anything', 1],
		['.', '', 1],
	])('%s > %s', (before, after, share) => {
		expect(kept(before, after)).toBeCloseTo(share, 10);
	});
	test('all of them where words were only put in, none where no word is shared', () => {
		const words = fc.array(fc.constantFrom('the', 'city', 'shall', 'not', 'hold'), { maxLength: 30 });
		fc.assert(
			fc.property(words, words, words, (head, middle, tail) => {
				expect(kept([...head, ...tail].join(' '), [...head, ...middle, ...tail].join(' '))).toBe(1);
				if (head.length > 0) expect(kept(head.join(' '), 'other words')).toBe(0);
			}),
		);
	});
	test('texts that are too long are not read', () => {
		expect(kept('a', 'b'.repeat(LONGEST_TEXTS))).toBe(null);
	});
});
