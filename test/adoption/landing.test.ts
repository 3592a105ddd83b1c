import { expect, test } from 'vitest';
import { landings, numberedWords } from '#adoption/word/landing.ts';
import { draftOf } from './shelf.ts';

const TEXT = draftOf(
	'Section 1. Definitions.\n\n(a) Officer means a person.\n\n(b) Detainer means a request.\n\nSection 2. Detainers. No officer holds a person.\n\nSection 3. Reports. The clerk reports.',
);
const idOf = (number: string) => TEXT.find((one) => one.number?.startsWith(number))?.id ?? number;

test.each([
	['(c)\tAgent means a person.', '(c)', 'Agent means a person.'],
	['Section 4.\tIt begins at once.', 'Section 4.', 'It begins at once.'],
	['§ 9-131.\tWords.', '§ 9-131.', 'Words.'],
	['ii.\tWords.', 'ii.', 'Words.'],
	['Police\t10', null, 'Police\t10'],
	['No number here.', null, 'No number here.'],
])('the number of %j is %j', (words, number, rest) => {
	expect(numberedWords(words)).toEqual({ number, words: rest });
});

test.each([
	['a further subsection stands after the last', '(b)', '(c)', { after: idOf('(b)') }],
	[
		'a section that comes behind a subsection stands after its section',
		'(b)',
		'Section 2.',
		{ after: idOf('Section 1') },
	],
	['a subsection behind the head of its section is the first of it', 'Section 1', '(a)', { first: idOf('Section 1') }],
	['a section behind a section stands after it', 'Section 2', 'Section 3.', { after: idOf('Section 2') }],
	['words without a number stand after what they follow', '(a)', null, { after: idOf('(a)') }],
] as const)('%s', (_, behind, number, place) => {
	expect(TEXT.map((one) => one.number)).toEqual(['Section 1.', '(a)', '(b)', 'Section 2.', 'Section 3.']);
	expect(landings(TEXT, idOf(behind), number)[0]).toEqual(place);
});

test('what stands before all, or behind what is gone, has a place too', () => {
	expect(landings(TEXT, null, null)[0]).toEqual({ first: null });
	expect(landings(TEXT, 'gone', '(a)')).toEqual(['end']);
});
