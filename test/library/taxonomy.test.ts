import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suggest } from '#library/taxonomy/suggest.ts';
import { protectionOf, TAXONOMY, type Taxonomy, taxonomyOf } from '#library/taxonomy/taxonomy.ts';

const ALL = TAXONOMY.areas.flatMap((area) => area.protections);

/** A taxonomy of one area and one code, with something changed. */
function made(area: object = {}, one: object = {}): Taxonomy {
	const both = { en: 'a', es: 'b' };
	const protection = { code: 'ABC-ONE', short: 'A1', name: both, definition: both, indicators: ['words'], ...one };
	return { version: '2026-11', areas: [{ code: 'ABC', name: both, protections: [protection], ...area }] };
}

describe('the taxonomy', () => {
	test('has ten areas and fifty codes, each said in both languages', () => {
		expect([TAXONOMY.areas.length, ALL.length]).toEqual([10, 50]);
		expect(ALL.filter(({ name, definition }) => name.en === name.es || definition.en === definition.es)).toEqual([]);
	});

	test('is found by code and by short form, whatever the capitals', () => {
		expect([protectionOf('DET-WARRANT')?.short, protectionOf(' d1')?.code, protectionOf('D99')]).toEqual([
			'D1',
			'DET-WARRANT',
			null,
		]);
	});

	test.each([
		['a version that is no month', { ...made(), version: 'new' }, 'year and month'],
		['a code of another area', made({}, { code: 'DEF-ONE' }), 'no code of ABC'],
		['a name without Spanish', made({}, { name: { en: 'a', es: '' } }), 'both languages'],
		['a definition without English', made({}, { definition: { en: '', es: 'b' } }), 'both languages'],
		['no words that point to it', made({}, { indicators: [] }), 'no words'],
		['words in capitals, which no folded text holds', made({}, { indicators: ['Words'] }), 'no text can hold'],
		['an area twice', { ...made(), areas: [...made().areas, ...made().areas] }, 'ABC stands twice'],
	])('is refused with %s', (_, data, why) => {
		expect(() => taxonomyOf(data)).toThrow(why);
		expect(taxonomyOf(made())).toEqual(made());
	});
});

/** `CODE: words` of what is suggested. */
function told(text: string): string[] {
	return suggest(text, TAXONOMY).map(({ code, words }) => `${code}: ${words}`);
}

describe('a machine suggests', () => {
	test.each([
		[
			'Honor an Immigration Detainer only with a judicial warrant.',
			['DET-WARRANT: Immigration Detainer', 'DET-WARRANT: judicial warrant'],
		],
		['All immigration detainers', ['DET-WARRANT: immigration detainers']],
		['This part is severable.', ['FRM-SEVER: severable']],
		['“Immigration detainer” means', ['DET-WARRANT: Immigration detainer', 'FRM-DEF: “Immigration detainer” means']],
		['The technology catalog', []],
		['an agreement under 287(g) or § 1357(g)', ['ENF-287G: 287(g)', 'ENF-287G: 1357(g)']],
		['', []],
	])('by the indicator phrases alone, with the words as they stand: %s', (text, expected) => {
		expect(told(text).toSorted()).toEqual(expected.toSorted());
	});

	test('words that are in the text where it says, whatever the text', () => {
		const phrases = ALL.flatMap(({ indicators }) => indicators);
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...phrases, ' ', 'İ'))),
				(parts) => {
					const text = parts.join('');
					for (const { code, words, start, end } of suggest(text, TAXONOMY)) {
						expect(text.slice(start, end)).toBe(words);
						expect(protectionOf(code)?.code).toBe(code);
					}
				},
			),
			{ numRuns: 300 },
		);
	});
});
