import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance } from '../../../src/kernel/spelling.ts';
import { Vocabulary } from '../../../src/library/search/vocabulary.ts';

const WORDS = ['warrant', 'warrants', 'detainer', 'detained', 'city', 'cite', 'policía', 'police', 'commissioner'];

function known(words: readonly string[]): Vocabulary {
	const vocabulary = new Vocabulary();
	for (const [i, word] of words.entries()) vocabulary.add(i + 1, word, { en: [word], es: [] });
	return vocabulary;
}

test.each([
	['wararnt', ['warrant']],
	['comissioner', ['commissioner']],
	['policai', ['policía']],
	['ctiy', ['city']],
	['xity', []],
	['xolice', ['police']],
	['detainre', ['detainer']],
	['zebra', []],
])('%s is taken for %j', (typed, words) => {
	expect(
		known(WORDS)
			.likest(typed, () => 1)
			.map(({ word }) => word),
	).toEqual(words);
});

test('a word that no provision has any more is no help', () => {
	expect(known(WORDS).likest('comissioner', (lexeme) => (lexeme === 'commissioner' ? 0 : 1))).toEqual([]);
});

test('of words as near, those that most provisions have', () => {
	const found = known(['banner', 'canner', 'fanner', 'tanner', 'wanner']).likest(
		'xanner',
		(lexeme) => 'wtcfb'.indexOf(lexeme[0] ?? '') + 1,
	);
	expect(found.map(({ word }) => word)).toEqual(['banner', 'fanner', 'canner']);
});

test('looking at letters first misses nothing that is near', () => {
	const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'é', 'n'), minLength: 4, maxLength: 8 });
	fc.assert(
		fc.property(fc.uniqueArray(word, { maxLength: 8 }), word, (words, typed) => {
			const most = typed.length <= 5 ? 1 : 2;
			const near = words.filter((one) => {
				const plain = (text: string) => text.replaceAll('é', 'e');
				const slips = distance(plain(typed), plain(one), most) + (plain(one)[0] === plain(typed)[0] ? 0 : 0.5);
				return slips <= most;
			});
			expect(known(words).likest(typed, () => 1).length > 0).toBe(near.length > 0);
		}),
	);
});

test.each([
	['detai', ['detained', 'detainer']],
	['polici', ['policía']],
	['WAR', []],
	['war', ['warrant', 'warrants']],
])('%s begins %j', (begin, words) => {
	expect(known(WORDS).beginning(begin)).toEqual(words);
});
