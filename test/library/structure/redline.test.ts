import { describe, expect, test } from 'vitest';
import type { Blocks, Run } from '#library/read/block.ts';
import { blockOf } from '#library/read/gather.ts';
import type { ProfileName } from '#library/redline/profile.ts';
import { structure } from '#library/structure/structure.ts';

const LEAD = 'Section 1. Section 4-2 of the code of the city of Elmton is amended to read as follows:';

/** Each line with its marks: `_underlined_`, `-struck-`, `/_underlined italics_/`, `<coloured>`, `{+tracked+}`, `{-tracked-}`. */
const LOOKS: readonly (readonly [string, ProfileName, string])[] = [
	['brackets and underline', 'new-york-city', '§ 4-2 Hold. No [person] _one_ is held[;]_._'],
	['double parentheses and underline', 'king-county', '§ 4-2 Hold. No ((person)) _one_ is held((;))_._'],
	['strike and underline', 'chicago', '§ 4-2 Hold. No -person- _one_ is held-;-_._'],
	['strike and underlined italics', 'san-francisco', '§ 4-2 Hold. No -person- /one/ is held-;-/./'],
	['strike and colour', 'carmel', '§ 4-2 Hold. No -person- <one> is held-;-<.>'],
	['tracked changes', 'tracked', '§ 4-2 Hold. No {-person-} {+one+} is held{-;-}{+.+}'],
];

describe('a clerk who marks by', () => {
	test.each(LOOKS.map(([name, profile, line]) => ({ name, profile, line })))('$name', ({ profile, line }) => {
		const made = structure(blocksOf([LEAD, line, '§ 2. This local law takes effect immediately.']));
		const changed = made.provisions.find(({ eId }) => eId === 'sec_1__qstr_1__sec_4-2');
		expect(made.profile).toBe(profile);
		expect(changed).toMatchObject({
			state: 'changed',
			number: '§ 4-2',
			heading: 'Hold.',
			text: 'No one is held.',
			before: { number: '§ 4-2', heading: 'Hold.', text: 'No person is held;' },
		});
		expect(changed?.redline?.map(({ op, text }) => `${op[0]}:${text}`)).toEqual([
			's:§ 4-2 Hold. No ',
			'r:person ',
			'a:one ',
			's:is held',
			'r:;',
			'a:.',
		]);
	});
});

describe('marks', () => {
	test('run on over paragraphs, and what is between is removed with its number', () => {
		const made = structure(
			blocksOf([LEAD, '1. first[;', '2. second;', '3. third];', '[4.] _2._ fourth.', '§ 2. End.']),
		);
		expect(
			made.provisions.filter(({ parent }) => parent === 1).map((at) => [at.state, at.number, at.before?.number]),
		).toEqual([
			['changed', '1.', '1.'],
			['removed', '2.', '2.'],
			['removed', '3.', '3.'],
			['changed', '2.', '4.'],
		]);
	});

	test('mean nothing outside the words that an act quotes', () => {
		const made = structure(
			blocksOf(['_Be it enacted by the Council as follows:_', LEAD, '1. a [b] _c_ d.', '§ 2. This [law] ends.']),
		);
		expect(made.provisions.map(({ state, text }) => [state, text]).filter(([, text]) => text !== '')).toEqual([
			['same', 'Be it enacted by the Council as follows:'],
			['same', 'Section 4-2 of the code of the city of Elmton is amended to read as follows:'],
			['changed', 'a c d.'],
			['same', 'This [law] ends.'],
		]);
	});

	test('without a partner are letters like others, and a problem', () => {
		const made = structure(blocksOf([LEAD, '1. a [b] _c_.', '2. d [e.', '§ 2. End.']));
		expect(made.provisions.find(({ number }) => number === '2.')?.text).toBe('d [e.');
		expect(made.problems.map(({ code }) => code)).toContain('mark_unclosed');
	});

	test('that are chosen by the person in charge are read whatever was guessed', () => {
		const blocks = blocksOf([LEAD, '1. a [b] _c_.', '§ 2. End.']);
		expect(structure(blocks, { profile: 'none' }).provisions.find(({ number }) => number === '1.')?.text).toBe(
			'a [b] c.',
		);
	});

	test('of removal alone leave how it read before unknown', () => {
		const made = structure(blocksOf([LEAD, '1. a [b] c.', '§ 2. End.']));
		expect(made.provisions.find(({ number }) => number === '1.')).toMatchObject({
			state: 'changed',
			text: 'a c.',
			before: null,
		});
		expect(made.problems.map(({ code }) => code)).toContain('additions_unmarked');
	});
});

function blocksOf(lines: readonly string[]): Blocks {
	return {
		format: 'docx',
		blocks: lines.map((line) => blockOf(runsOf(line))),
		inside: { authors: [], comments: [], hidden: [], revisions: 0, properties: {} },
		problems: [],
	};
}

function runsOf(line: string): Run[] {
	const marks = /\{\+(.+?)\+\}|\{-(.+?)-\}|<(.+?)>|\/(.+?)\/|(?<![\d])-(\S.*?)-(?!\d)|_(.+?)_/g;
	const runs: Run[] = [];
	let from = 0;
	for (const found of line.matchAll(marks)) {
		runs.push({ text: line.slice(from, found.index) });
		const [, added, removed, colour, italics, struck, under] = found;
		if (added) runs.push({ text: added, tracked: 'added' });
		if (removed) runs.push({ text: removed, tracked: 'removed' });
		if (colour) runs.push({ text: colour, color: '0000ff' });
		if (italics) runs.push({ text: italics, underline: true, italic: true });
		if (struck) runs.push({ text: struck, strike: true });
		if (under) runs.push({ text: under, underline: true });
		from = found.index + found[0].length;
	}
	return [...runs, { text: line.slice(from) }].filter(({ text }) => text !== '');
}
