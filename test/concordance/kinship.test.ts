import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backgroundOf, weighing } from '#concordance/background.ts';
import {
	beyondChance,
	centreOf,
	gramsOf,
	kinship,
	nearest,
	type Profile,
	profileOf,
	shelfOf,
	together,
} from '#concordance/kinship.ts';
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

test('the kinship of two profiles together is the mean of either, and an empty one has no voice', () => {
	const of = (length: number) => {
		const grams = SHELF.map((text) => gramsOf(termsOf(text), length, length));
		const background = weighing(backgroundOf(grams));
		return grams.map((one) => profileOf(one, background));
	};
	const [words, rows] = [of(1), of(2)];
	const both = words.map((one, n) => together(one, rows[n] as Profile));
	const [empty] = profiles(['']) as [Profile];
	both.forEach((one, i) => {
		both.forEach((other, j) => {
			const [word, row] = [words, rows].map((list) => kinship(list[i] as Profile, list[j] as Profile));
			expect(kinship(one, other)).toBeCloseTo(((word ?? 0) + (row ?? 0)) / 2, 5);
		});
		expect(together(one, empty)).toEqual(one);
		expect([...one.grams]).toEqual([...one.grams].toSorted((a, b) => a - b));
	});
	expect(together(empty, empty).grams).toHaveLength(0);
});

test('the centre holds the mean kinship, a text counted among the others', () => {
	const made = profiles(SHELF);
	const centre = centreOf(shelfOf(made));
	const [detainer, same, trees] = made as [Profile, Profile, Profile];
	const mean = made.reduce((sum, other) => sum + kinship(detainer, other), 0) / made.length;
	expect(kinship(detainer, centre)).toBeCloseTo(mean, 5);
	const chance = (mean * made.length + 1) / (made.length + 1);
	expect(beyondChance(detainer, detainer, centre)).toBeCloseTo(1 / chance, 4);
	expect(beyondChance(detainer, same, centre)).toBeGreaterThan(5 * beyondChance(detainer, trees, centre));
	const [strange] = profiles(['Hidden lizards quarrel', ...SHELF]) as [Profile];
	expect(beyondChance(strange, strange, centre)).toBeCloseTo(SHELF.length + 1, 4);
});

test('rows are as long as asked for, and short texts have those they can', () => {
	const count = (text: string, ...lengths: [number?, number?]) => gramsOf(termsOf(text), ...lengths).length;
	expect(count('the city plants trees')).toBe(4 + 3 + 2);
	expect(count('the city plants trees', 2, 2)).toBe(3);
	expect(count('the city')).toBe(3);
	expect(count('the city', 3, 3)).toBe(0);
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
