import { expect, test } from 'vitest';
import { amendmentsOf } from '#library/structure/amendment.ts';

const CODE = 'the administrative code of the city of New York';

test.each([
	[
		`Section 9-131 of ${CODE}, as added by local law number 62 for the year 2011, is amended to read as follows:`,
		'amend',
		`section 9-131 of ${CODE}`,
	],
	[
		`Chapter 1 of title 9 of ${CODE} is amended by adding a new section 9-131 to read as follows:`,
		'add',
		`chapter 1 of title 9 of ${CODE}`,
	],
	[
		`Subdivisions a and b of section 9-131 of ${CODE} are hereby amended to read as follows:`,
		'amend',
		`subdivisions a and b of section 9-131 of ${CODE}`,
	],
	[`Section 9-140 of ${CODE} is REPEALED.`, 'repeal', `section 9-140 of ${CODE}`],
	[
		`Sections 9-150 and 9-151 of ${CODE} are renumbered sections 9-160 and 9-161.`,
		'renumber',
		`sections 9-150 and 9-151 of ${CODE}`,
	],
	[
		'The New York city charter is amended by adding a new section 530.2 to read as follows:',
		'add',
		'New York city charter',
	],
	['Section 41-47 of the 1976 Code is repealed and re-enacted to read:', 'amend', 'section 41-47 of the 1976 Code'],
	[
		'La sección 4-2 del código de la ciudad se enmienda para que lea como sigue:',
		'amend',
		'sección 4-2 del código de la ciudad',
	],
] as const)('%s', (words, action, target) => {
	expect(amendmentsOf(words, 'sec_1', 'sec_1__qstr_1')).toEqual([
		{ by: 'sec_1', action, target, quoted: action === 'repeal' || action === 'renumber' ? null : 'sec_1__qstr_1' },
	]);
});

test.each([
	'This local law takes effect 120 days after it becomes law.',
	'The commissioner shall post a list of permits that were amended or revoked.',
])('amends nothing: %s', (words) => {
	expect(amendmentsOf(words, 'sec_1', null)).toEqual([]);
});
