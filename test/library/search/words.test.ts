import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matching } from '../../../src/library/search/match.ts';
import { NumberReader, Numbers, type Placed, pack, unpack } from '../../../src/library/search/pack.ts';
import type { Plan, Sequence } from '../../../src/library/search/plan.ts';
import { rank } from '../../../src/library/search/rank.ts';
import { Words } from '../../../src/library/search/words.ts';

/** Few lexemes, so that texts share them. */
const lexeme = fc.constantFrom('city', 'police', 'warrant', '287(g)', 'año');
/** What each place of a text is found by: mostly one lexeme, seldom two or none. */
const text = fc.array(fc.uniqueArray(lexeme, { maxLength: 2 }), { maxLength: 8 });
const version = fc.array(text, { maxLength: 4 });
const shelf = fc.array(version, { maxLength: 5 });

type Text = readonly (readonly string[])[];

function entry(words: Text, position: number): Placed {
	const places = new Map<string, number[]>();
	for (const [place, lexemes] of words.entries())
		for (const one of lexemes) places.set(one, [...(places.get(one) ?? []), place]);
	return { position, up: 0, above: Math.min(1, words.length), length: words.length, places };
}

/** The shelf as the index has it: packed, opened again, read into memory. */
function read(versions: readonly (readonly Text[])[]): Words {
	const words = new Words();
	for (const [i, texts] of versions.entries())
		words.add(i * 3 + 1, unpack(pack(texts.map((one, nth) => entry(one, nth * 2)).filter(({ length }) => length > 0))));
	return words;
}

function flat(versions: readonly (readonly Text[])[]): Text[] {
	return versions.flat().filter((one) => one.length > 0);
}

test('numbers come back as they were', () => {
	fc.assert(
		fc.property(fc.array(fc.oneof(fc.nat(300), fc.nat(2 ** 31 - 1))), (numbers) => {
			const out = new Numbers(1);
			for (const one of numbers) out.add(one);
			const from = new NumberReader(out.bytes);
			expect(numbers.map(() => from.next())).toEqual(numbers);
			expect(from.done).toBe(true);
		}),
	);
});

test('every lexeme is found in the provisions that have it, at its places', () => {
	fc.assert(
		fc.property(shelf, (versions) => {
			const words = read(versions);
			const texts = flat(versions);
			expect(words.provisions).toBe(texts.length);
			for (const one of ['city', 'police', 'warrant', '287(g)', 'año', 'nowhere']) {
				const { docs, starts, places } = words.opener()([one]);
				const found = [...docs].map((doc, n) => [doc, ...places.subarray(starts[n], starts[n + 1])]);
				const wanted = texts.flatMap((words, doc) => {
					const at = words.flatMap((lexemes, place) => (lexemes.includes(one) ? [place] : []));
					return at.length === 0 ? [] : [[doc, ...at]];
				});
				expect(found).toEqual(wanted);
				expect(words.having(one)).toBe(wanted.length);
			}
		}),
	);
});

test('a provision knows its version and its position there', () => {
	const words = read([[[['city']], [], [['police']]], [], [[['city']]]]);
	const where = [0, 1, 2].map((doc) => [words.slot(doc), words.position(doc)]);
	expect(where).toEqual([
		[1, 0],
		[1, 4],
		[7, 0],
	]);
});

const sequence: fc.Arbitrary<Sequence> = fc.array(
	fc.record({
		lexemes: fc.uniqueArray(lexeme, { minLength: 1, maxLength: 3 }),
		distance: fc.integer({ min: 1, max: 3 }),
	}),
	{ minLength: 1, maxLength: 3 },
);
const plan: fc.Arbitrary<Plan> = fc.record({
	all: fc.array(fc.array(sequence, { minLength: 1, maxLength: 2 }), { maxLength: 3 }),
	none: fc.array(sequence, { maxLength: 2 }),
	words: fc.constant([]),
});

/** Whether a text has a sequence, word for word. */
function has(words: Text, sequence: Sequence): boolean {
	return words.some((_, start) => {
		let place = start;
		return sequence.every(({ lexemes, distance }, nth) => {
			if (nth > 0) place += distance;
			return words[place]?.some((one) => lexemes.includes(one)) ?? false;
		});
	});
}

test('a plan matches what has all of it and nothing excluded', () => {
	fc.assert(
		fc.property(shelf, plan, (versions, one) => {
			const words = read(versions);
			const wanted = flat(versions).flatMap((text, doc) => {
				const all = one.all.every((group) => group.some((sequence) => has(text, sequence)));
				return all && !one.none.some((sequence) => has(text, sequence)) ? [doc] : [];
			});
			const asked = one.all.length + one.none.length > 0;
			expect([...matching(one, words, words.opener())]).toEqual(asked ? wanted : []);
		}),
	);
});

const sought = (...lexemes: string[]) => ({ lexemes, provisions: 1 });
const RANKED = read([
	[
		[['the'], ['warrant'], ['is'], ['of'], ['a'], ['city']],
		[['city'], ['warrant'], ['is']],
	],
	[
		[['the'], ['city'], ['is'], ['a'], ['city']],
		[['the'], ['police'], ['of'], ['the'], ['city']],
	],
]);

test.each([
	['a word in the heading before one below it', [sought('city')], [1, 2, 3, 0]],
	['words as they were typed before words apart', [sought('city'), sought('warrant')], [1, 0, 2, 3]],
	['words with one between them, as typed', [sought('police'), sought(), sought(), sought('city')], [3, 1, 2, 0]],
])('%s', (_, words, order) => {
	const docs = Int32Array.from([0, 1, 2, 3]);
	expect(rank(docs, words, 10, RANKED, RANKED.opener())).toEqual(order);
	expect(rank(docs, words, 1, RANKED, RANKED.opener())).toEqual(order.slice(0, 1));
});
