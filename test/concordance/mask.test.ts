import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backgroundOf, weighing, weightsOf } from '#concordance/background.ts';
import { fingerprints } from '#concordance/fingerprint.ts';
import { MASK, masked, masksOf } from '#concordance/mask.ts';
import { prepared, spansOf } from '#concordance/span.ts';
import { termsOf } from '#concordance/term.ts';

const read = (text: string, ...names: string[]) => masked(termsOf(text), masksOf(names));

/** Names of one to three invented words; no two begin alike. */
const NAMES = fc
	.uniqueArray(
		fc.array(fc.stringMatching(/^[B-DF-HJ-NP-TV-Z][aeu][bdgkpv]{1,2}[aeu]x$/), { minLength: 1, maxLength: 3 }),
		{
			minLength: 4,
			maxLength: 4,
			selector: ([first]) => first,
		},
	)
	.map((names) => names.map((words) => words.join(' ')));
/** Words, and places of names by their number. */
const TEXT = fc.array(
	fc.oneof(
		fc.constantFrom(...'the city of shall not detain any person under § 9-131 in 30 days (a) and'.split(' ')),
		fc.nat(3),
	),
	{ maxLength: 40 },
);

describe('masked names', () => {
	test('a text and itself with other names have equal terms', () => {
		fc.assert(
			fc.property(TEXT, NAMES, NAMES, fc.boolean(), (text, ours, theirs, loud) => {
				const written = (names: string[]) =>
					text.map((word) => (typeof word === 'number' ? names[word] : word)).join(' ');
				const other = loud ? written(theirs).toUpperCase() : written(theirs);
				expect(read(other, ...theirs).keys).toEqual(read(written(ours), ...ours).keys);
			}),
			{ numRuns: 500 },
		);
	});

	test('what stands between them is left as it is, and every term knows its stretch', () => {
		fc.assert(
			fc.property(TEXT, NAMES, (text, names) => {
				const whole = text.map((word) => (typeof word === 'number' ? names[word] : word)).join(' ');
				const [bare, { keys, starts, ends }] = [termsOf(whole), read(whole, ...names)];
				const kept = [...keys].filter((key) => key !== MASK);
				expect(kept).toEqual([...termsOf(text.filter((word) => typeof word === 'string').join(' ')).keys]);
				expect(ends.at(-1)).toBe(bare.ends.at(-1));
				keys.forEach((key, n) => {
					if (key === MASK) expect(names).toContain(whole.slice(starts[n], ends[n]));
				});
			}),
			{ numRuns: 500 },
		);
	});

	test.each([
		['capitals and a line', 'CITY OF ALDER\nFALLS', 'City of Wexmoor'],
		['a possessive', "Alder Falls' council", "Wexmoor's council"],
		['an apostrophe of its own', "the Coeur d'Alene police", 'the Wexmoor police'],
		['the longer name first', 'Alder Falls County and Alder Falls', 'Wexmoor and Wexmoor'],
		['a blank filled with a number', 'within 45 business days of it', 'within Wexmoor of it'],
	])('%s', (_, one, other) => {
		const names = ['Alder Falls', 'Alder Falls County', "Coeur d'Alene", 'Wexmoor', '45 business days', ''];
		expect(read(one, ...names).keys).toEqual(read(other, ...names).keys);
	});

	test('no names, nothing masked', () => {
		expect(read('City of Wexmoor')).toEqual(termsOf('City of Wexmoor'));
		expect(read('', 'Wexmoor').keys).toHaveLength(0);
	});

	test('a clause full of names is one span in another city, and its names weigh nothing', () => {
		const clause = (name: string, office: string) =>
			`The ${office} of ${name} shall not honor a detainer in ${name} unless the ${office} of ${name} holds a warrant, and ${name} shall report it to the ${office}`;
		const found = (names: string[]) => {
			const texts = [
				clause('Alder Falls', 'Sheriff'),
				clause('Wexmoor', 'Police Chief'),
				...Array.from({ length: 60 }, () => 'the of shall not a in it to'),
			];
			const all = texts.map((text) => read(text, ...names).keys);
			const background = weighing(backgroundOf(all));
			const [one, other] = all.map((keys) => {
				const weights = weightsOf(keys, background);
				return prepared(keys, weights, fingerprints({ keys }, weights));
			});
			return one && other ? spansOf(one, other, 0).spans : [];
		};
		expect(found([])).toEqual([]);
		expect(found(['Alder Falls', 'Wexmoor', 'Sheriff', 'Police Chief'])).toMatchObject([
			{ a0: 0, a1: 27, b0: 0, b1: 27 },
		]);
		expect(weighing(backgroundOf([])).of(MASK)).toBe(0);
	});
});
