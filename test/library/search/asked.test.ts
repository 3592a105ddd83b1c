import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INSTRUMENTS, STANDINGS, TEXT_LANGUAGES } from '../../../src/library/policy.ts';
import { type Asked, FACETS, NOTHING_ASKED, readAsked, writeAsked } from '../../../src/library/search/asked.ts';
import { type Bundle, facetsOf, passesAll } from '../../../src/library/search/facet.ts';

const asked: fc.Arbitrary<Asked> = fc.record({
	q: fc.string({ maxLength: 60 }).map((text) => text.replace(/\s+/g, ' ').trim()),
	state: fc.uniqueArray(fc.constantFrom('NY', 'CA', 'NJ'), { maxLength: 3 }),
	place: fc.uniqueArray(fc.constantFrom('ocd-division/country:us/state:ny', 'p2', 'p3'), { maxLength: 3 }),
	instrument: fc.uniqueArray(fc.constantFrom(...INSTRUMENTS), { maxLength: 3 }),
	standing: fc.uniqueArray(fc.constantFrom(...STANDINGS), { maxLength: 3 }),
	year: fc.uniqueArray(fc.integer({ min: 2020, max: 2023 }), { maxLength: 3 }),
	protection: fc.constant([]),
	language: fc.uniqueArray(fc.constantFrom(...TEXT_LANGUAGES), { maxLength: 2 }),
	sample: fc.constantFrom(null, true, false),
	allVersions: fc.boolean(),
	page: fc.integer({ min: 1, max: 1000 }),
});

test('what is asked goes into an address and comes back the same', () => {
	fc.assert(
		fc.property(asked, (one) => {
			expect(readAsked(new URLSearchParams(writeAsked(one).toString()))).toEqual(one);
		}),
	);
});

test.each([
	['page=0', {}],
	['page=99999', { page: 1000 }],
	['page=2x', {}],
	['state=ny&state=NY&state=New+York', { state: ['NY'] }],
	['year=1066&year=2020&year=x', { year: [2020] }],
	['instrument=poem&standing=in_force', { standing: ['in_force'] }],
	['q=++two%0Awords+', { q: 'two words' }],
	['unknown=1&versions=some&sample=maybe', {}],
])('the address %s asks for what it can', (address, wanted) => {
	expect(readAsked(new URLSearchParams(address))).toEqual({ ...NOTHING_ASKED, ...wanted });
});

const bundle: fc.Arbitrary<Bundle> = fc.record({
	state: fc.subarray(['NY', 'CA', 'NJ'], { maxLength: 1 }),
	place: fc.subarray(['p1', 'p2', 'p3'], { maxLength: 1 }),
	instrument: fc.constantFrom(['ordinance'], ['resolution'], ['model']),
	standing: fc.constantFrom(['in_force'], ['repealed'], ['unknown']),
	year: fc.subarray(['2020', '2021', '2022'], { minLength: 1 }),
	protection: fc.constant([]),
	language: fc.subarray(['en', 'es'], { minLength: 1 }),
	count: fc.integer({ min: 1, max: 5 }),
});

test('a value counts what would be found with it alone in its list', () => {
	fc.assert(
		fc.property(fc.array(bundle, { maxLength: 12 }), asked, (bundles, one) => {
			const facets = facetsOf(bundles, one);
			for (const facet of FACETS)
				for (const { value, count } of facets[facet]) {
					const alone = { ...one, [facet]: [facet === 'year' ? Number(value) : value] };
					const left = bundles.filter((bundle) => passesAll(bundle, alone));
					expect(count).toBe(left.reduce((sum, bundle) => sum + bundle.count, 0));
				}
		}),
	);
});
