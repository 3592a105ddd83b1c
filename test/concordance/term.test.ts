import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { termOf, termsOf } from '#concordance/term.ts';

function cut(text: string): string[] {
	const { starts, ends } = termsOf(text);
	return [...starts].map((start, n) => text.slice(start, ends[n]));
}

function keys(text: string): number[] {
	return [...termsOf(text).keys];
}

describe('a citation is one term, a hyphen parts two words', () => {
	test.each([
		['under 8 U.S.C. § 1373 or 8 C.F.R. 287.7', ['under', '8 U.S.C. § 1373', 'or', '8 C.F.R. 287.7']],
		['section 9-131(h)(1), § 9-131', ['section 9-131(h)(1)', '§ 9-131']],
		['a 287(g) agreement', ['a', '287(g)', 'agreement']],
		['1,000 or $10.50, or 20-a.', ['1,000', 'or', '10.50', 'or', '20-a']],
		['law-enforcement', ['law', 'enforcement']],
		['enforce-\n  ment of law', ['enforce-\n  ment', 'of', 'law']],
		['Nassau-\nSuffolk', ['Nassau', 'Suffolk']],
		['El artículo 3 y la sección 5', ['El', 'artículo 3', 'y', 'la', 'sección 5']],
		['The U.S. acts.', ['The', 'U.S', 'acts']],
		['the section applies', ['the', 'section', 'applies']],
		['§ and (g)', ['and', 'g']],
		['', []],
	])('%j', (text, expected) => expect(cut(text)).toEqual(expected));
});

describe('what is written otherwise and means the same is one term', () => {
	test.each([
		['§ 9-131', 'Section 9-131'],
		['Sec. 9-131', 'sections 9–131'],
		['8 U.S.C. § 1373', '8 USC 1373'],
		['8 U.S.C. Section 1373', '8 U.S.C. §§ 1373'],
		['\ufffd 2', '§ 2'],
		['1,000', '1000'],
		['the person’s', "THE PERSON'S"],
		['sección', 'seccion'],
		['oﬃce', 'office'],
		['detai\u00adner', 'detainer'],
		['in-\nformation', 'information'],
		['a1l c0nfidential', 'all confidential'],
		['govemment', 'government'],
		['law-enforcement', 'law enforcement'],
	])('%j is %j', (one, other) => expect(keys(one)).toEqual(keys(other)));

	test.each([
		['§ 9-131', '§ 9-132'],
		['8 U.S.C. § 1373', '8 U.S.C. § 1644'],
		['8 U.S.C. § 1373', '8 C.F.R. § 1373'],
		['287(g)', '287(f)'],
		['shall', 'may'],
		['detain', 'detainer'],
		['10', '100'],
	])('%j is not %j', (one, other) => expect(keys(one)).not.toEqual(keys(other)));
});

test('terms stand in the text in their order, and every letter and digit belongs to one', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string({ maxLength: 200, unit: 'binary' }),
				fc
					.array(
						fc.constantFrom('§ 9-131', '8 U.S.C.', ' ', '-\n', 'city', '’s', '(g)', '1,0', '.', '\u00ad', 'é', 'ﬁ'),
					)
					.map((parts) => parts.join('')),
			),
			(text) => {
				const { keys, starts, ends } = termsOf(text);
				let reached = 0;
				let between = '';
				keys.forEach((key, n) => {
					expect(key).toBeGreaterThan(0);
					expect(starts[n]).toBeGreaterThanOrEqual(reached);
					expect(ends[n]).toBeGreaterThan(starts[n] as number);
					between += text.slice(reached, starts[n]);
					reached = ends[n] as number;
				});
				expect(reached).toBeLessThanOrEqual(text.length);
				expect(between + text.slice(reached)).not.toMatch(/[A-Za-z0-9]/);
			},
		),
		{ numRuns: 500 },
	);
});

test('what stands before or behind a word with space between changes nothing about it', () => {
	const word = fc.stringMatching(/^[a-z]{1,12}$/);
	fc.assert(
		fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
			expect(keys(words.join(' '))).toEqual(words.map(termOf));
		}),
	);
});
