import { expect, test } from 'vitest';
import type { Block, Blocks } from '#library/read/block.ts';
import { blockOf } from '#library/read/gather.ts';
import { structure } from '#library/structure/structure.ts';

const MODEL = [
	'# An ordinance on detainers',
	'WHEREAS, residents of {{city}} must be able to call for help;',
	'BE IT ORDAINED BY THE {{governing_body}} OF THE CITY OF {{city}}:',
	'## Section 1. Short title',
	'This ordinance may be cited as the Detainer Ordinance.',
	'## Section 2. Definitions',
	'In this ordinance:',
	'(a) "Detainer" means a request.',
	'## Section 3. No hold on a detainer',
	'(a) {{if hearing_required}} The council holds a hearing {{hearing_required ? "after notice" : "at once"}}.',
	'(b) Subsection (a) does not apply where:',
	'(1) a judge signed a warrant; or',
	'(2) the person asks for it.',
	'The officer records which applies.',
	'## Section 4. Effective date',
	'This ordinance takes effect on {{effective_date}}.',
];

test('a model of the shelf has its sections by their headings, and its blanks as written', () => {
	const made = structure(blocksOf(MODEL));
	expect(made.title).toBe('An ordinance on detainers');
	expect(made.problems).toEqual([]);
	expect(made.provisions.map(({ eId, number, heading, text }) => [eId, number, heading, text])).toEqual([
		['preface_1', null, null, 'An ordinance on detainers'],
		['rec_1', null, null, MODEL[1]],
		['formula_1', null, null, MODEL[2]],
		['sec_1', 'Section 1.', 'Short title', MODEL[4]],
		['sec_2', 'Section 2.', 'Definitions', 'In this ordinance:'],
		['sec_2__subsec_a', '(a)', null, '"Detainer" means a request.'],
		['sec_3', 'Section 3.', 'No hold on a detainer', ''],
		['sec_3__subsec_a', '(a)', null, MODEL[9]?.slice(4)],
		['sec_3__subsec_b', '(b)', null, 'Subsection (a) does not apply where:'],
		['sec_3__subsec_b__para_1', '(1)', null, 'a judge signed a warrant; or'],
		['sec_3__subsec_b__para_2', '(2)', null, 'the person asks for it.'],
		['sec_3__subsec_b__wrapup_1', null, null, 'The officer records which applies.'],
		['sec_4', 'Section 4.', 'Effective date', MODEL[15]],
	]);
});

function blocksOf(lines: readonly string[]): Blocks {
	const block = (line: string): Block => {
		const heading = /^(#+) (.*)/.exec(line);
		return blockOf([{ text: heading?.[2] ?? line }], { heading: heading?.[1]?.length ?? null });
	};
	return {
		format: 'markdown',
		blocks: lines.map(block),
		inside: { authors: [], comments: [], hidden: [], revisions: 0, properties: {} },
		problems: [],
	};
}
