import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backgroundOf, weighing, weightsOf } from '#concordance/background.ts';
import { allCandidates, candidatesOf } from '#concordance/candidate.ts';
import { FINGERPRINT_VERSION, fingerprints, GUARANTEED } from '#concordance/fingerprint.ts';
import { find, postingsOf, withText } from '#concordance/posting.ts';
import { type Prepared, prepared, spansOf } from '#concordance/span.ts';
import { termsOf } from '#concordance/term.ts';

const WORDS = fc.array(
	fc.constantFrom(...'the city shall not detain any person for a civil immigration detainer'.split(' ')),
	{
		maxLength: 40,
	},
);

const ENACTING = 'Be it enacted by the council of the city as follows, to take effect at once on becoming law';

/** Words that stand nowhere else. */
function own(name: string, count: number): string {
	return Array.from(
		{ length: count },
		(_, n) => `${name}${String.fromCharCode(97 + (n % 26), 97 + ((n / 26) % 26))}x`,
	).join(' ');
}

function texts(...list: string[]): { prepared: Prepared[]; at: (text: number, from: number, to: number) => string } {
	const terms = list.map(termsOf);
	const others = Array.from({ length: 40 }, (_, n) => termsOf(`${ENACTING} ${own(`o${n}`, 30)}`));
	const background = weighing(backgroundOf([...terms, ...others].map(({ keys }) => keys)));
	return {
		prepared: terms.map(({ keys }) => {
			const weights = weightsOf(keys, background);
			return prepared(keys, weights, fingerprints({ keys }, weights));
		}),
		at: (text, from, to) =>
			(list[text] ?? '').slice(terms[text]?.starts[from], to > from ? terms[text]?.ends[to - 1] : 0),
	};
}

describe('fingerprints', () => {
	test('two texts that share twelve words in a row share a fingerprint inside them', () => {
		const run = fc.array(fc.constantFrom(...'the of shall detain honor warrant judge custody person city'.split(' ')), {
			minLength: GUARANTEED,
			maxLength: GUARANTEED + 6,
		});
		fc.assert(
			fc.property(WORDS, WORDS, WORDS, WORDS, run, fc.boolean(), (a, b, c, d, shared, weighed) => {
				const [one, other] = [
					[...a, ...shared, ...b],
					[...c, ...shared, ...d],
				].map((words) => termsOf(words.join(' ')).keys) as [Uint32Array, Uint32Array];
				const background = weighing(backgroundOf([one.slice(0, 20), one, one.slice(3, 9), other]));
				const made = [one, other].map((keys) =>
					fingerprints({ keys }, weighed ? weightsOf(keys, background) : undefined),
				);
				const inside = made.map(({ hashes, at }, n) => {
					const from = (n === 0 ? a : c).length;
					return [...hashes].filter((_, i) => (at[i] as number) >= from && (at[i] as number) < from + shared.length);
				});
				expect(inside[0]?.some((hash) => inside[1]?.includes(hash))).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});

	test('stored fingerprints stay comparable: other ones need another version', () => {
		const { hashes } = fingerprints(
			termsOf('No officer shall honor a civil immigration detainer under 8 C.F.R. § 287.7.'),
		);
		expect([FINGERPRINT_VERSION, ...hashes]).toMatchInlineSnapshot(`
			[
			  1,
			  1093163753,
			]
		`);
	});

	test('a text of few words keeps one, of too few none', () => {
		expect(fingerprints(termsOf(own('a', 8))).at).toHaveLength(1);
		expect(fingerprints(termsOf(own('a', 7))).at).toHaveLength(0);
	});
});

describe('postings and candidates', () => {
	const lists = fc.array(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 20 }), { maxLength: 12 });
	const marks = (list: number[]) => ({ hashes: Uint32Array.from(list), at: new Uint32Array(list.length) });

	test('a text that comes later is found like one that was there', () => {
		fc.assert(
			fc.property(lists, (given) => {
				const all = given.map(marks);
				const grown = all.reduce((before, one) => withText(before, one), postingsOf([]));
				expect(grown).toEqual(postingsOf(all));
				for (const hash of new Set(given.flat())) expect(grown.hashes[find(grown, hash)]).toBe(hash);
			}),
		);
	});

	test('pairs are those that share a fingerprint, each once, the earlier text first', () => {
		fc.assert(
			fc.property(lists, (given) => {
				const { left, right, cut } = allCandidates(postingsOf(given.map(marks)), { least: 0 });
				const expected = given.flatMap((one, j) =>
					given.slice(0, j).flatMap((other, i) => (other.some((hash) => one.includes(hash)) ? [`${i} ${j}`] : [])),
				);
				expect([...left].map((i, n) => `${i} ${right[n]}`).sort()).toEqual(expected.sort());
				expect(cut).toEqual({ fingerprints: 0, pairs: 0 });
			}),
		);
	});

	test('what stands in too many texts names no pairs, and is said to have been left out', () => {
		const all = Array.from({ length: 10 }, (_, n) => marks([7, 100 + (n >> 1)]));
		const { left, cut } = allCandidates(postingsOf(all), { commonest: 5 });
		expect(left).toHaveLength(5);
		expect(cut).toEqual({ fingerprints: 1, pairs: 45 });
	});

	test('one text is compared by every fingerprint, the rarest weighing most', () => {
		const all = postingsOf([marks([1, 2]), marks([1]), marks([3])]);
		const { near, cut } = candidatesOf(marks([1, 2]), all, { least: 0.1 });
		expect(near.map(({ text }) => text)).toEqual([0, 1]);
		expect(cut).toBe(0);
	});

	test('a text near too many is compared with the heaviest, and says how many were left out', () => {
		const all = postingsOf([marks([1]), marks([1, 2, 3]), marks([2, 3]), marks([4])]);
		const { near, cut } = candidatesOf(marks([1, 2, 3]), all, { least: 0.1, most: 2 });
		expect(near.map(({ text }) => text)).toEqual([1, 2]);
		expect(cut).toBe(1);
	});
});

describe('spans', () => {
	const CLAUSE =
		'department shall not honor a civil immigration detainer by holding a person beyond release unless a federal judge issued a warrant';

	test.each([
		['word for word', CLAUSE, 1],
		['with a name replaced', CLAUSE.replace('federal', 'municipal'), 0.95],
		['with words inserted', CLAUSE.replace('holding', 'in any manner knowingly holding or keeping'), 0.9],
		['with words struck', CLAUSE.replace('civil immigration ', ''), 0.9],
		['in capitals and across lines', CLAUSE.toUpperCase().replaceAll(' ', '\n'), 1],
	])('a clause is found %s', (_, changed, share) => {
		const { prepared: made, at } = texts(
			`${own('p', 60)} ${CLAUSE} ${own('q', 60)}`,
			`${own('r', 80)} ${changed} ${own('s', 30)}`,
			own('t', 90),
		);
		const { spans, cut } = spansOf(made[0] as Prepared, made[1] as Prepared, 4);
		expect(cut).toBe(false);
		expect(spans).toHaveLength(1);
		const span = spans[0];
		expect(at(0, span?.a0 ?? 0, span?.a1 ?? 0)).toBe(CLAUSE);
		expect(at(1, span?.b0 ?? 0, span?.b1 ?? 0)).toBe(changed);
		expect((span?.same ?? 0) / CLAUSE.split(' ').length).toBeGreaterThanOrEqual(share - 0.06);
		expect(spansOf(made[0] as Prepared, made[2] as Prepared, 4).spans).toEqual([]);
	});

	test('two clauses in another order are two spans', () => {
		const [one, two] = [own('x', 30), own('y', 30)];
		const { prepared: made } = texts(`${one} ${two}`, `${two} ${one}`, own('z', 40), own('w', 40));
		expect(spansOf(made[0] as Prepared, made[1] as Prepared, 4).spans).toHaveLength(2);
	});

	test('an enacting clause that every text has is no span', () => {
		const { prepared: made } = texts(...['a', 'b', 'c', 'd', 'e'].map((name) => `${ENACTING} ${own(name, 40)}`));
		expect(spansOf(made[0] as Prepared, made[1] as Prepared, 1).spans).toEqual([]);
	});

	test('what a span says is the same stands in both texts', () => {
		fc.assert(
			fc.property(WORDS, WORDS, WORDS, (a, b, c) => {
				const { prepared: made } = texts([...a, ...b, ...a].join(' '), [...c, ...b].join(' '), own('v', 30), 'shall');
				const [one, other] = made as [Prepared, Prepared];
				for (const { a0, a1, b0, b1, same } of spansOf(one, other, 0).spans) {
					expect(a0).toBeLessThan(a1);
					expect(b0).toBeLessThan(b1);
					expect(a1).toBeLessThanOrEqual(one.keys.length);
					expect(b1).toBeLessThanOrEqual(other.keys.length);
					expect(same).toBeLessThanOrEqual(Math.min(a1 - a0, b1 - b0));
					expect(one.keys[a0]).toBe(other.keys[b0]);
					expect(one.keys[a1 - 1]).toBe(other.keys[b1 - 1]);
				}
			}),
			{ numRuns: 300 },
		);
	});

	test('one word a hundred thousand times ends in bounded work', () => {
		const { prepared: made } = texts('warrant '.repeat(100_000), 'warrant '.repeat(90_000), own('n', 10));
		expect(spansOf(made[0] as Prepared, made[1] as Prepared).spans.length).toBeLessThanOrEqual(1);
	});
});
