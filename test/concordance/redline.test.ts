import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applied, type Part, redlined } from '#concordance/redline.ts';
import { summarised } from '#concordance/summary.ts';
import { speech } from '#i18n/message.ts';
import { redlineInWords } from '../../src/ui/redline.ts';

const WORD = fc.constantFrom(
	...['the', 'city', 'shall', 'not', ',', '.', 'detain', '§ 9-131', '(a)', 'or', '“x”', '\n', '\n(b)', "don't", '\n\n'],
);
const TEXT = fc.oneof(
	fc.array(WORD, { maxLength: 60 }).map((words) => words.join(' ')),
	fc.string({ maxLength: 60, unit: 'grapheme' }),
	fc.string({ maxLength: 40, unit: fc.constantFrom(' ', '\n', 'a', '.', '1', '-') }),
);
const LAW = `§ 1. No officer or employee of the city shall arrest any person on a civil detainer.
(a) The commissioner shall report each year how many requests came in and from whom.
(b) The report shall be published on the website of the department within thirty days.
§ 2. This local law takes effect ninety days after it becomes law.`;

function parts(before: string, after: string): Part[] {
	const found = redlined(before, after);
	if (found === null) throw new Error('too long');
	return found;
}

function shown(before: string, after: string): string {
	const MARK = { same: ['', ''], added: ['{+', '+}'], removed: ['[-', '-]'] } as const;
	return parts(before, after)
		.flatMap(({ operations }) => operations)
		.map(({ op, text }) => MARK[op][0] + text + MARK[op][1])
		.join('');
}

test('applying a redline to the first text gives the second to the letter', () => {
	fc.assert(
		fc.property(TEXT, TEXT, (before, after) => {
			expect(applied(before, parts(before, after))).toBe(after);
		}),
		{ numRuns: 2_000 },
	);
});

test('a redline is of one text and cannot be applied to another', () => {
	expect(applied('The council may act.', parts('The council shall act.', 'The council shall not act.'))).toBe(null);
	expect(applied('x y', [])).toBe(null);
});

test('a text against itself has nothing to mark', () => {
	fc.assert(
		fc.property(TEXT, (text) => {
			expect(parts(text, text).every(({ state, moved }) => state === 'same' && !moved)).toBe(true);
		}),
	);
});

describe('whole words are marked, in phrases', () => {
	test.each([
		['any officer or employee', 'any officer or employee or volunteer', 'any officer or employee{+ or volunteer+}'],
		['under 8 U.S.C. § 1373 only', 'under 8 U.S.C. § 1644 only', 'under[- 8 U.S.C. § 1373-]{+ 8 U.S.C. § 1644+} only'],
		['a fee of $10.50 a day', 'a fee of $12.00 a day', 'a fee of $[-10.50-]{+12.00+} a day'],
		['some 1,000 people', 'some 2,000 people', 'some[- 1,000-]{+ 2,000+} people'],
		['the department’s  custody', "the department's custody", "the department's custody"],
		['pay {{amount}} now', 'pay {{sum}} now', 'pay[- {{amount}}-]{+ {{sum}}+} now'],
	])('%s -> %s', (before, after, expected) => {
		expect(shown(before, after)).toBe(expected);
	});
});

describe('provisions are aligned before words', () => {
	const [one, a, b, two] = LAW.split('\n') as [string, string, string, string];
	test('one that moved and was changed is compared with itself', () => {
		const found = parts(LAW, [one, b.replace('thirty', 'sixty'), a, two].join('\n'));
		const moved = found.filter((part) => part.moved);
		expect(moved).toHaveLength(1);
		expect(found.filter(({ state }) => state === 'added' || state === 'removed')).toEqual([]);
		expect(summarised(found)).toMatchObject({ wordsAdded: 1, wordsRemoved: 1 });
	});
	test('one that was put in between renumbers what follows', () => {
		const after = [
			one,
			'(a) Every detainee is given a copy of it in a language they read.',
			a.replace('(a)', '(b)'),
			b.replace('(b)', '(c)'),
			two,
		].join('\n');
		const found = parts(LAW, after);
		expect(found.map(({ state }) => state)).toEqual(['same', 'added', 'changed', 'changed', 'same']);
		expect(found.map(({ was, is, renumbered }) => [was, is, renumbered])).toEqual([
			['§ 1', '§ 1', false],
			[null, '§ 1(a)', false],
			['§ 1(a)', '§ 1(b)', true],
			['§ 1(b)', '§ 1(c)', true],
			['§ 2', '§ 2', false],
		]);
	});
	test('one that was cut in two keeps its words', () => {
		const after = LAW.replace(' The report shall', '\nThe report shall').replace('and from', '\nand from');
		expect(summarised(parts(LAW, after))).toMatchObject({ wordsAdded: 0, wordsRemoved: 0 });
	});
	test('a new provision shares no words with the one it stands for', () => {
		const after = LAW.replace(b, '(b) Nothing in this section keeps the city from asking a court for relief.');
		const found = parts(LAW, after);
		expect(found.filter(({ state }) => state === 'changed' && found.length > 4)).toEqual([]);
	});
	test('every line of both texts is in the redline once', () => {
		const lines = fc.array(fc.constantFrom(one, a, b, two, '§ 3. Reserved.', '(a) None.'), { maxLength: 12 });
		fc.assert(
			fc.property(lines, lines, (before, after) => {
				expect(applied(before.join('\n'), parts(before.join('\n'), after.join('\n')))).toBe(after.join('\n'));
			}),
		);
	});
});

describe('a redline is told in words', () => {
	const after = `${LAW.replace('employee of', 'employee or volunteer of').replace('thirty days', 'sixty days')}\n§ 3. The council reviews this local law after two years.`;
	test.each([
		['en', '§ 1: “or volunteer” inserted; § 1(b): “thirty” replaced by “sixty”; § 3 added; 13 words added, 1 removed'],
		[
			'es',
			'§ 1: se inserta «or volunteer»; § 1(b): «thirty» se sustituye por «sixty»; se añade § 3; 13 palabras añadidas, 1 suprimida',
		],
	] as const)('%s', (language, expected) => {
		expect(redlineInWords(summarised(parts(LAW, after)), speech(language))).toBe(expected);
	});
	test('nothing changed', () => {
		expect(redlineInWords(summarised(parts(LAW, LAW)), speech('en'))).toBe('no words changed');
	});
});

describe('hostile texts end in bounded time', () => {
	test.each([
		['one word two hundred thousand times', 'word '.repeat(200_000), `${'word '.repeat(199_000)}end`],
		['two megabytes without a space', 'x'.repeat(2_000_000), `${'x'.repeat(1_999_999)}y`],
		['numbers in a row', '1,'.repeat(100_000), '1;'.repeat(100_000)],
		[
			'ten thousand provisions alike',
			'(a) Reserved for later use by the council.\n'.repeat(10_000),
			'(a) Reserved for later use by the council.\n'.repeat(9_000),
		],
		['two words by turns against another order', 'a b '.repeat(5_000), 'b b a '.repeat(3_000)],
	])('%s', (_, before, after) => {
		expect(applied(before, parts(before, after))).toBe(after);
	});
});
