import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backgroundOf, weighing } from '#concordance/background.ts';
import { gramsOf, kinship, nearest, type Profile, profileOf, shelfOf } from '#concordance/kinship.ts';
import { termsOf } from '#concordance/term.ts';

const SHELF = [
	'The city shall not honor civil immigration detainers without a warrant of a judge.',
	'No officer of the city shall honor a detainer for civil immigration purposes unless a judge issued a warrant.',
	'The city shall plant street trees along every new bicycle lane of the city.',
	'Every owner of a dog shall obtain a licence from the city each year.',
];

function profiles(texts: readonly string[]): Profile[] {
	const grams = texts.map((text) => gramsOf(termsOf(text)));
	const background = weighing(backgroundOf(grams));
	return grams.map((one) => profileOf(one, background));
}

test('texts of one subject are nearer than texts of two', () => {
	const [detainer, same, trees, dogs] = profiles(SHELF) as [Profile, Profile, Profile, Profile];
	expect(kinship(detainer, same)).toBeGreaterThan(5 * kinship(detainer, trees));
	expect(kinship(detainer, same)).toBeGreaterThan(5 * kinship(detainer, dogs));
	expect(kinship(detainer, detainer)).toBeCloseTo(1);
});

test('the nearest of a shelf are those that comparing one by one finds', () => {
	const text = fc
		.array(fc.constantFrom(...'city detainer warrant tree dog lane judge shall'.split(' ')), { maxLength: 12 })
		.map((words) => words.join(' '));
	fc.assert(
		fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), (texts) => {
			const made = profiles([...SHELF, ...texts]);
			const shelf = shelfOf(made);
			for (const profile of made) {
				const found = nearest(profile, shelf, made.length);
				expect(found.map(({ kinship }) => kinship)).toEqual(
					found.map(({ kinship }) => kinship).toSorted((a, b) => b - a),
				);
				made.forEach((other, n) => {
					const near = found.find(({ text }) => text === n)?.kinship ?? 0;
					expect(near).toBeCloseTo(kinship(profile, other), 5);
				});
			}
		}),
		{ numRuns: 60 },
	);
});

test('a text without words is near nothing', () => {
	const [empty, other] = profiles(['', ...SHELF]) as [Profile, Profile];
	expect(kinship(empty, other)).toBe(0);
	expect(nearest(empty, shelfOf([other]), 5)).toEqual([]);
});

test('a background leaves out what one text alone has, and weighs what is everywhere at nothing', () => {
	const terms = ['the city acts', 'the city plants', 'the dog'].map((text) => termsOf(text).keys);
	const background = backgroundOf(terms);
	expect(background.keys).toHaveLength(2);
	const { of } = weighing(background);
	const [the, city, acts] = [...(terms[0] ?? [])].map(of) as [number, number, number];
	expect(the).toBe(0);
	expect(city).toBeGreaterThan(the);
	expect(acts).toBeGreaterThan(city);
});
