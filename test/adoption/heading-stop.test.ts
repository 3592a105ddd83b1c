import { describe, expect, test } from 'vitest';
import { readRevisions } from '#adoption/word/revision.ts';
import { suggestionsOf } from '#adoption/word/suggest.ts';
import { headingGap } from '#library/export/stretch.ts';
import { counselFile } from './counsel.ts';

describe('a heading on the line of its words', () => {
	test.each([
		['Short title', '. '],
		['Requests (detainers)', '. '],
		['Name of [Full name of the city]', '. '],
		['Definitions.', ' '],
		['Definitions:', ' '],
		['Who may ask?', ' '],
		['“Custody.”', ' '],
		['(Reserved.)', ' '],
		['Fees —', ' '],
	])('%s is parted from them by %j', (heading, gap) => {
		expect(headingGap(heading)).toBe(gap);
	});

	const draft = [
		{ id: 'p', number: 'Section 1.', heading: 'Short title', asked: null, text: 'This is the Act.', bookmark: null },
	];
	const same = (text: string) => ({ op: 'same' as const, text });
	const by = { by: 'Ana' };

	test.each([
		['as it went out', [same('Section 1.\tShort title. This is the Act.')], []],
		['as files went out once', [same('Section 1.\tShort title This is the Act.')], []],
		[
			'renamed with its stop',
			[
				same('Section 1.\t'),
				{ op: 'removed' as const, text: 'Short title.', ...by },
				{ op: 'added' as const, text: 'Name.', ...by },
				same(' This is the Act.'),
			],
			[['heading', 'Short title', 'Name']],
		],
		[
			'with words put in behind its stop',
			[
				same('Section 1.\tShort title.'),
				{ op: 'added' as const, text: ' Cited so.', ...by },
				same(' This is the Act.'),
			],
			[['text', '', 'Cited so. ']],
		],
		[
			'renamed together with its words',
			[
				same('Section 1.\t'),
				{ op: 'removed' as const, text: 'Short title. This is', ...by },
				{ op: 'added' as const, text: 'Name. That was', ...by },
				same(' the Act.'),
			],
			[
				['heading', 'Short title', 'Name'],
				['text', 'This is', 'That was'],
			],
		],
	])('comes back from Word %s', (_, pieces, told) => {
		const { suggestions, unplaced } = suggestionsOf(readRevisions(counselFile([{ pieces, bookmark: null }])), draft);
		expect(unplaced).toEqual([]);
		expect(suggestions.map(({ part, before, after }) => [part, before, after])).toEqual(told);
	});
});
