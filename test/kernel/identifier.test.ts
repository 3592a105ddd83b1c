import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identifiersIn } from '#kernel/identifier.ts';

const found = (text: string) => identifiersIn(text).map(({ kind, text: own }) => `${kind} ${own}`);

describe('a number of a person', () => {
	test.each([
		['His file is A12345678.', ['a_number A12345678']],
		['(A123456789)', ['a_number A123456789']],
		['A# 012-345-678', ['a_number A# 012-345-678']],
		['A-012345678', ['a_number A-012345678']],
		['A 012 345 678', ['a_number A 012 345 678']],
		['A‑012‑345‑678', ['a_number A‑012‑345‑678']],
		['a12345678', ['a_number a12345678']],
		['file a#12345678', ['a_number a#12345678']],
		['Alien registration number: 012345678', ['a_number 012345678']],
		['Número de extranjero 012-345-678', ['a_number 012-345-678']],
		['USCIS # 012345678', ['a_number 012345678']],
		['SSN 219-09-9999', ['ssn 219-09-9999']],
		['219–09–9999', ['ssn 219–09–9999']],
		['Social Security number of the claimant: 219099999', ['ssn 219099999']],
		['su número de seguro social es 219 09 9999', ['ssn 219 09 9999']],
		['ITIN 912-70-1234', ['itin 912-70-1234']],
		['912-94-1234', ['itin 912-94-1234']],
		['A12345678, then 219-09-9999.', ['a_number A12345678', 'ssn 219-09-9999']],
	])('is in: %s', (text, expected) => {
		expect(found(text)).toEqual(expected);
	});
});

describe('no number of a person', () => {
	test.each([
		['an article before a figure', 'a 12345678 dollar grant'],
		['too few digits', 'A1234567'],
		['too many digits', 'A1234567890'],
		['a longer code', 'XA12345678, 20-A12345678 and A12345678-2'],
		['a docket', '1:25-cv-01350, 25-A-123'],
		['an area that was never given', '000-12-3456, 666-12-3456, 901-12-3456, 999-93-1234'],
		['a group or serial of zeros', '219-00-1234, 219-09-0000'],
		['part of something longer', '1-219-09-9999, 219-09-9999-01, 219-09-99991'],
		['a telephone number', '212-639-9675, (212) 639-9675'],
		['a postal code', 'New York, NY 10007-1234'],
		['bare digits', '219099999 and 012345678'],
		['digits far from their name', 'The Social Security Act applies to all programs of which 219099999'],
		['a federal award', 'award 2020-DG-BX-0012, 15PBJA-23-GG-12345'],
		['a section', '8 U.S.C. 1373(a), section 9-131'],
		['a sum', '$100,000,000'],
		['a day', '2026-07-01, 07-01-2026'],
	])('is %s', (_, text) => {
		expect(found(text)).toEqual([]);
	});
});

test('is given back with what stands around it, cut between words, and with what its author says of it', () => {
	const text = `${'Before it stand many words. '.repeat(4)}It is A12345678 \n and ${'so on and on '.repeat(9)}`;
	expect(identifiersIn(text)).toMatchObject([
		{
			before: '… Before it stand many words. It is ',
			text: 'A12345678',
			after: ' and so on and on so on and on so on …',
			said: false,
		},
	]);
	expect(identifiersIn(text, ['A12345678'])).toMatchObject([{ said: true }]);
	expect(identifiersIn('A12345678', ['A1234567'])).toMatchObject([{ said: false }]);
});

test('lies where it says, apart from every other, whatever the text', () => {
	const piece = fc.oneof(
		fc.constantFrom(
			'A',
			'a',
			'#',
			'-',
			'–',
			' ',
			'SSN',
			'ITIN',
			'alien number ',
			'219-09-9999',
			'A12345678',
			'\n',
			'🏛',
		),
		fc.stringMatching(/^\d{1,9}$/),
		fc.string(),
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
			const text = pieces.join('');
			let last = 0;
			for (const { text: own, from, to } of identifiersIn(text)) {
				expect(from).toBeGreaterThanOrEqual(last);
				expect(text.slice(from, to)).toBe(own);
				expect(own.replace(/\D/g, '').length).toBeGreaterThanOrEqual(8);
				last = to;
			}
		}),
		{ numRuns: 300 },
	);
});

test('takes no more than its share of time from a text made to slow it', () => {
	for (const text of [
		'A'.repeat(200_000),
		'social security '.repeat(15_000),
		'1-'.repeat(100_000),
		'A '.repeat(100_000),
	])
		expect(identifiersIn(text)).toEqual([]);
});
