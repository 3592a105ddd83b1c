import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryOf, type Stems } from '../../../src/library/search/entry.ts';
import { parse, type Term } from '../../../src/library/search/query.ts';
import { tokens } from '../../../src/library/search/token.ts';

const asItIs: Stems = (word) => [word];

test.each([
	['detainer', 'detainer'],
	['judicial warrant', 'judicial & warrant'],
	['"judicial warrant"', '"judicial warrant"'],
	['“judicial warrant”', '"judicial warrant"'],
	['"never closed here', '"never closed here"'],
	['warrant -detainer', 'warrant & !detainer'],
	['warrant -"immigration detainer"', 'warrant & !"immigration detainer"'],
	['non-public areas', 'non & public & areas'],
	['warrant OR detainer', 'warrant|detainer'],
	['warrant or detainer', 'warrant & or & detainer'],
	['OR warrant', 'warrant'],
	['warrant OR', 'warrant'],
	['detain*', 'detain*'],
	['287(g)', '287(g)'],
	['§ 1373', '1373'],
	['8 U.S.C. § 1373(a)', '8usc1373(a)'],
	['I-247A', 'i247a'],
	['9–131', '9-131'],
	['9.40.010', '9.40.010'],
	['', ''],
	['- * | OR', ''],
	['" OR', 'or'],
])('%s is understood as %s', (typed, understood) => {
	const { all, none } = parse(typed);
	const parts = [...all.map((terms) => terms.map(said).join('|')), ...none.map((term) => `!${said(term)}`)];
	expect(parts.join(' & ')).toBe(understood);
});

function said({ kind, tokens: found }: Term): string {
	const words = found.map(({ word }) => word).join(' ');
	return kind === 'phrase' ? `"${words}"` : kind === 'prefix' ? `${words}*` : words;
}

test.each([
	['section 287(g) of the Act', '287(g)'],
	['under 8 U.S.C. § 1373, a city', '1373'],
	['under 8 U.S.C. 1373(a)', '8 USC 1373'],
	['a Form I-247A or I-200', 'I-247A'],
	['Section 9-131 of the code', '9-131'],
	['Chapter 9.40.010', '9.40.010'],
	['§ 14-101(a)(2)', '14-101'],
	['§ 14-101(a)(2)', '§ 14-101(a)'],
	['\ufffd 14-101', '§ 14-101'],
	['Sec. 7284', '§ 7284'],
])('a text with "%s" is found by %s as written', (text, typed) => {
	const lexemes = entryOf('', text, asItIs)?.places ?? new Map();
	for (const terms of parse(typed).all)
		expect(terms.some((term) => term.tokens.every((token) => lexemes.has(token.forms[0] ?? token.word)))).toBe(true);
});

test.each([
	['section 287(g)', '287(f)'],
	['1373 pages', '1374'],
	['a Form I-247A', 'I-247B'],
])('a text with "%s" is not found by %s', (text, typed) => {
	const lexemes = entryOf('', text, asItIs)?.places ?? new Map();
	for (const terms of parse(typed).all)
		expect(terms.some((term) => term.tokens.every((token) => lexemes.has(token.forms[0] ?? token.word)))).toBe(false);
});

const piece = fc.constantFrom(
	...['warrant', 'détenu', 'OR', '-', '*', '"', '“', '|', '(', ')', '&', '!', "'", '\\', ':', '<->', '<2>', '§', ' '],
	...['287(g)', '8 U.S.C. § 1373', 'I-247A', '9-131', '\0', '\ufffd', '\ud800', "people's", 'A.B.', '%', '_'],
);
const typing = fc.oneof(
	fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
	fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(' ')),
	fc.string({ unit: 'binary', maxLength: 200 }),
);

test('words stand where they say, in order, and never overlap', () => {
	fc.assert(
		fc.property(typing, (text) => {
			let last = 0;
			for (const { start, end, word } of tokens(text)) {
				expect(start).toBeGreaterThanOrEqual(last);
				expect(end).toBeGreaterThan(start);
				expect(word).not.toBe('');
				last = end;
			}
			expect(last).toBeLessThanOrEqual(text.length);
		}),
	);
});
