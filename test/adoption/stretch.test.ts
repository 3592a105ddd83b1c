import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anchored } from '#adoption/remark/anchor.ts';
import { carriedOut, stretches } from '#adoption/remark/stretch.ts';
import { oneLine } from '#kernel/one-line.ts';

const CLAUSE =
	'An officer shall not arrest or detain any person, on the basis of a request, unless a judge of {{city}} signed it.';

const told = (before: string, after: string) =>
	stretches(before, after).map(({ start, end, instead }) => [before.slice(start, end), instead]);
const all = (before: string, after: string) => stretches(before, after).toReversed().reduce(carriedOut, before);

describe('what somebody typed over words', () => {
	test.each([
		['one word for another', ['shall not', 'must not'], [['shall', 'must']]],
		['words that go', [' or detain', ''], [['or detain', '']]],
		['the first word goes', ['An officer', 'officer'], [['An', '']]],
		['the last words go', [' signed it.', '.'], [['signed it', '']]],
		['words that come stand on the word before them', ['any person', 'any other person'], [['any', 'any other']]],
		['at the beginning, on the word after them', ['An officer', 'In custody an officer'], [['An', 'In custody an']]],
		['at the end', ['signed it.', 'signed it. It is kept.'], [['it.', 'it. It is kept.']]],
		['a sign that goes', ['person, on', 'person on'], [['person,', 'person']]],
		['quotation marks', ['a request', 'a “request”'], [['request', '“request”']]],
		['a blank whole', ['{{city}}', 'Alder Falls'], [['{{city}}', 'Alder Falls']]],
		['spacing is none', ['any person', 'any   person'], []],
	])('is a stretch of whole words: %s', (_name, [was, is], found) => {
		const after = CLAUSE.replace(was as string, is as string);
		expect(told(CLAUSE, after)).toEqual(found);
		expect(all(CLAUSE, after)).toBe(oneLine(after));
	});

	test('is one for each change that stands apart, and one where few words stand between', () => {
		const apart = CLAUSE.replace('shall not', 'must not').replace('a request', 'a demand');
		expect(told(CLAUSE, apart)).toEqual([
			['shall', 'must'],
			['request', 'demand'],
		]);
		const near = CLAUSE.replace('shall not', 'must not').replace('arrest', 'hold');
		expect(told(CLAUSE, near)).toEqual([['shall not arrest', 'must not hold']]);
	});

	test('has nothing to stand on where there were no words', () => {
		expect(stretches('', 'The clerk keeps a log.')).toEqual([]);
		expect(stretches(' . ', 'The clerk keeps a log.')).toEqual([]);
	});

	test('is written anew as one where nearly everything became other', () => {
		const words = (sign: string) =>
			Array.from({ length: 100 }, (_, n) => (n % 4 === 0 ? `${sign}${n}` : `word${n}`)).join(' ');
		expect(told(words('a'), words('b'))).toHaveLength(1);
		expect(all(words('a'), words('b'))).toBe(words('b'));
	});
});

const WORDS = [
	'the',
	'city',
	'shall',
	'not',
	'a',
	'of',
	'{{city}}',
	'{{open ? "in public" : ""}}',
	'person,',
	'judge;',
];
const SIGNS = ['“held”', '(a)', '—', '10', '§ 4(b)', '.', 'don’t', ', and'];
const text = fc.array(fc.constantFrom(...WORDS, ...SIGNS), { maxLength: 30 });
const edit = fc.record({
	at: fc.double({ min: 0, max: 1, noNaN: true }),
	cut: fc.nat(4),
	put: fc.array(fc.constantFrom(...WORDS, ...SIGNS), { maxLength: 3 }),
});

test('all stretches carried out give what was typed, and each is of whole words and blanks', () => {
	fc.assert(
		fc.property(text, fc.oneof(fc.array(edit, { maxLength: 4 }), text), (words, typed) => {
			const before = words.join(' ');
			const after = typed
				.reduce<readonly string[]>((now, one) => {
					if (typeof one === 'string') return [...(now === words ? [] : now), one];
					const start = Math.floor(one.at * now.length);
					return now.toSpliced(start, one.cut, ...one.put);
				}, words)
				.join(' ');
			const found = stretches(before, after);
			if (!/[\p{L}\p{N}]/u.test(before)) {
				expect(found).toEqual([]);
				return;
			}
			expect(oneLine(all(before, after))).toBe(after);
			let last = -1;
			for (const { start, end, instead } of found) {
				expect(start).toBeGreaterThan(last);
				last = end;
				const quote = before.slice(start, end);
				expect(quote).toBe(quote.trim());
				expect(quote).toMatch(/[\p{L}\p{N}]/u);
				expect(quote).not.toBe(instead);
				for (const marked of [quote, instead]) expect(marked.split('{{')).toHaveLength(marked.split('}}').length);
			}
		}),
		{ numRuns: 5_000 },
	);
});

test('all stretches taken one after the other, in any order and each where its words stand by then, give what was typed', () => {
	const places = fc.uniqueArray(fc.nat(99), { maxLength: 8 });
	const change = fc.constantFrom('other', 'gone', 'more', 'two', 'sign');
	fc.assert(
		fc.property(places, fc.array(change, { minLength: 8, maxLength: 8 }), fc.array(fc.nat()), (at, how, dice) => {
			const words = Array.from({ length: 100 }, (_, n) => `w${n}`);
			const before = words.join(' ');
			const typed = words.flatMap((word, n) => {
				const which = how[at.indexOf(n)];
				if (which === undefined) return [word];
				return { other: [`v${n}`], gone: [], more: [word, `v${n}`], two: [`v${n}`, `u${n}`], sign: [`${word},`] }[
					which
				];
			});
			const all = stretches(before, typed.join(' '));
			const order = all.toSorted((one, other) => (dice[one.start] ?? one.end) - (dice[other.start] ?? other.end));
			let now = before;
			for (const { instead, ...span } of dice.length % 2 === 0 ? order : order.toReversed()) {
				const found = anchored(span, before, now);
				expect(found?.kept).toBe(1);
				now = carriedOut(now, { start: found?.start ?? 0, end: found?.end ?? 0, instead });
			}
			expect(now).toBe(typed.join(' '));
		}),
		{ numRuns: 1_000 },
	);
});
