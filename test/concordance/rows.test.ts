import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_TEXTS, sideBySide } from '#concordance/rows.ts';

const WORD = fc.constantFrom('the', 'city', 'shall', 'not', ',', '.', 'unless', '§ 9-131', 'or', 'detain', '\n', 'on');
const TEXT = fc.oneof(
	fc.array(WORD, { maxLength: 30 }).map((words) => words.join(' ')),
	fc.string({ maxLength: 20, unit: 'grapheme' }),
);
const CLAUSES = [
	'An officer or employee of the City shall not arrest, detain, or prolong the detention of any person on the basis of a civil immigration detainer or an administrative warrant, unless the request is accompanied by a judicial warrant.',
	'An officer, employee, or contractor of the City shall not arrest, detain, or prolong the detention of any person on the basis of a civil immigration detainer, an administrative warrant, or a prior order of removal, unless the request is accompanied by a judicial warrant. The Inspector reviews each suspected violation within 30 days.',
	'No member of the Police Department shall arrest or detain any person solely on the basis of a civil immigration detainer, unless the person was convicted of a violent felony, or the request is accompanied by a judicial warrant.',
];

test('the cells of a column are its text to the letter', () => {
	fc.assert(
		fc.property(fc.array(TEXT, { maxLength: 6 }), (texts) => {
			const rows = sideBySide(texts) ?? [];
			texts.forEach((text, n) => {
				expect(rows.map(({ cells }) => cells[n] ?? '').join('')).toBe(text);
			});
		}),
		{ numRuns: 1_000 },
	);
});

test('the order of the texts changes nothing but the order of the columns', () => {
	const shuffled = fc
		.array(TEXT, { minLength: 1, maxLength: 6 })
		.chain((texts) =>
			fc.tuple(fc.constant(texts), fc.shuffledSubarray([...texts.keys()], { minLength: texts.length })),
		);
	fc.assert(
		fc.property(shuffled, ([texts, order]) => {
			const [rows, turned] = [sideBySide(texts), sideBySide(order.map((n) => texts[n] as string))];
			expect(turned).toEqual(rows?.map(({ cells }) => ({ cells: order.map((n) => cells[n]) })));
		}),
		{ numRuns: 500 },
	);
});

test('a clause in three cities is laid out by what each part does', () => {
	const rows = sideBySide(CLAUSES)?.map(({ cells }) => cells.map((cell) => cell?.trim().slice(0, 28) ?? null));
	expect(rows).toEqual([
		['An officer or employee of th', 'An officer, employee, or con', 'No member of the Police Depa'],
		['shall not arrest, detain, or', 'shall not arrest, detain, or', 'shall arrest or detain any p'],
		['on the basis of a civil immi', 'on the basis of a civil immi', 'solely on the basis of a civ'],
		['unless the request is accomp', 'unless the request is accomp', 'unless the person was convic'],
		[null, 'The Inspector reviews each s', null],
	]);
});

test('more texts than fit a page are refused, none are no rows', () => {
	expect(sideBySide(Array.from({ length: MOST_TEXTS + 1 }, () => 'x'))).toBe(null);
	expect(sideBySide([])).toEqual([]);
	expect(sideBySide(['', 'x'])).toEqual([{ cells: [null, 'x'] }]);
});
