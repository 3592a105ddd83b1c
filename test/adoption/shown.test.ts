import { expect, test } from 'vitest';
import { speech } from '#i18n/message.ts';
import type { ProvisionKind } from '#library/provision.ts';
import { nameOf } from '../../src/routes/adoption/shown.ts';

const piece = (kind: ProvisionKind, number: string | null, parent: number | null = null) => ({ kind, number, parent });

test.each([
	[[piece('section', 'Section 3.'), piece('subsection', '(a)', 0), piece('paragraph', '(2)', 1)], 2, 'Section 3(a)(2)'],
	[
		[piece('chapter', 'Chapter 9.40'), piece('section', '9.40.030', 0), piece('subsection', '(a)', 1)],
		2,
		'9.40.030(a)',
	],
	[[piece('section', '§ 4.'), piece('item', '1.', 0)], 1, '§ 4 1'],
	[[piece('recital', null), piece('recital', null)], 1, 'Recital 2'],
	[[piece('formula', null)], 0, 'Enacting clause'],
	[[piece('section', 'Section 2.'), piece('definition', null, 0)], 1, 'Section 2, Definition'],
	[[], 0, 'this provision'],
] as const)('a provision is called by its numbers, else by what it is: %#', (text, at, name) => {
	expect(nameOf(text, at, speech('en'))).toBe(name);
});
