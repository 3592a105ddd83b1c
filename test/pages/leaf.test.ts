import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { subtree } from '#library/export/tree.ts';
import type { Coding } from '../../src/library/protection.ts';
import type { Provision } from '../../src/library/provision.ts';
import { edited, type Leaf, leavesOf, type Show } from '../../src/routes/library/leaf.ts';
import { besideOf } from '../../src/routes/library/notes.ts';

type Told = Partial<Provision> & Pick<Provision, 'eId' | 'kind'>;

/** Provisions with offsets as the library keeps them: number, heading and words joined by a space. */
function provisions(...told: readonly Told[]): Provision[] {
	let start = 0;
	return told.map((one) => {
		const above = told.findLastIndex((other) => one.eId.startsWith(`${other.eId}__`));
		const whole = {
			number: null,
			heading: null,
			text: '',
			parent: above < 0 ? null : above,
			state: 'same' as const,
			before: null,
			redline: null,
			...one,
		};
		const length = [whole.number, whole.heading, whole.text].filter(Boolean).join(' ').length;
		const made = { ...whole, start, end: start + length };
		start += length + 1;
		return made;
	});
}

const label = (blank: string) => blank.toUpperCase();
const leaves = (list: readonly Provision[], show: Show = 'after', codings: readonly Coding[] = []) =>
	leavesOf(list, codings, label, show);
const shown = (list: readonly Leaf[]) =>
	list.map(({ eId, lines }) => `${eId}: ${lines.map(({ level, number }) => `${level}${number ?? ''}`).join(' ')}`);

const CHAPTER = provisions(
	{ eId: 'rec_1', kind: 'recital', text: 'WHEREAS one' },
	{ eId: 'rec_2', kind: 'recital', text: 'WHEREAS two' },
	{ eId: 'formula', kind: 'formula', text: 'BE IT ORDAINED' },
	{ eId: 'chp_1', kind: 'chapter', heading: 'General' },
	{ eId: 'chp_1__sec_1', kind: 'section', number: '§ 1.', heading: 'Terms', text: 'Here:' },
	{ eId: 'chp_1__sec_1__subsec_a', kind: 'subsection', number: '(a)', text: 'One.' },
	{ eId: 'chp_1__sec_1__subsec_a__para_1', kind: 'paragraph', number: '(1)', text: 'Two.' },
	{ eId: 'chp_1__sec_1__subsec_a__wrapup', kind: 'wrapup', text: 'and so on.' },
	{ eId: 'chp_1__sec_2', kind: 'section', number: '§ 2.', text: 'Three.' },
);

describe('a text is read in leaves', () => {
	test('recitals together, each section with all that lies in it, each line as deep as it lies', () => {
		expect(shown(leaves(CHAPTER))).toEqual([
			'rec_1: 0 0',
			'formula: 0',
			'chp_1: 0',
			'chp_1__sec_1: 0§ 1. 1(a) 2(1) 1',
			'chp_1__sec_2: 0§ 2.',
		]);
	});

	test('words that an act puts into another text say so, and their sections open leaves', () => {
		const act = provisions(
			{ eId: 'sec_1', kind: 'section', number: 'Section 1.', text: 'Section 9 is amended to read:' },
			{ eId: 'sec_1__qstr_1', kind: 'quoted' },
			{ eId: 'sec_1__qstr_1__sec_9', kind: 'section', number: '§ 9.', text: 'New.' },
		);
		expect(leaves(act).map(({ eId, quoted }) => [eId, quoted])).toEqual([
			['sec_1', false],
			['sec_1__qstr_1__sec_9', true],
		]);
	});

	test('no provision is lost and none is shown twice', () => {
		const kinds = fc.constantFrom(
			'section',
			'subsection',
			'paragraph',
			'recital',
			'text',
			'quoted',
			'wrapup',
		) as fc.Arbitrary<Provision['kind']>;
		const tree = fc.array(fc.tuple(kinds, fc.nat()), { maxLength: 40 }).map((list) =>
			list.map(([kind, at], i) => ({
				...(provisions({ eId: `x_${i}`, kind, text: `words ${i}` })[0] as Provision),
				parent: i === 0 || at % 3 === 0 ? null : at % i,
			})),
		);
		fc.assert(
			fc.property(tree, (list) => {
				const lines = leaves(list).flatMap((leaf) => leaf.lines.map(({ eId }) => eId));
				expect(lines.toSorted()).toEqual(list.map(({ eId }) => eId).toSorted());
			}),
		);
	});
});

describe('an act that amends', () => {
	const act = provisions(
		{
			eId: 'sec_1',
			kind: 'section',
			number: '§ 1.',
			text: 'shall not',
			state: 'changed',
			before: { number: '§ 1.', heading: null, text: 'may' },
			redline: [
				{ op: 'same', text: '§ 1. ' },
				{ op: 'removed', text: 'may' },
				{ op: 'added', text: 'shall not' },
			],
		},
		{
			eId: 'sec_2',
			kind: 'section',
			number: '§ 2.',
			text: 'New.',
			state: 'added',
			redline: [{ op: 'added', text: '§ 2. New.' }],
		},
		{
			eId: 'sec_3',
			kind: 'section',
			number: '§ 3.',
			text: 'Old.',
			state: 'removed',
			redline: [{ op: 'removed', text: '§ 3. Old.' }],
		},
	);
	const words = (show: Show) =>
		leaves(act, show).map(({ lines }) =>
			lines.map((line) => [line.number, line.words.map(({ op, text }) => `${op}:${text}`)]),
		);

	test.each<[Show, unknown]>([
		['after', [[['§ 1.', ['same:shall not']]], [['§ 2.', ['same:New.']]]]],
		['before', [[['§ 1.', ['same:may']]], [['§ 3.', ['same:Old.']]]]],
		[
			'redline',
			[[['§ 1.', ['removed:may', 'added:shall not']]], [[null, ['added:§ 2. New.']]], [[null, ['removed:§ 3. Old.']]]],
		],
	])('%s', (show, expected) => {
		expect(words(show)).toEqual(expected);
	});
});

describe('in the words', () => {
	const one = provisions({
		eId: 'sec_1',
		kind: 'section',
		number: '§ 1.',
		text: 'The {{office}} shall not hold a person.',
	});

	test('exactly those that somebody coded are marked', () => {
		const from = '§ 1. The {{office}} '.length;
		const coding = { eId: 'sec_1', code: 'DET-HOLD', start: from, end: from + 'shall not hold'.length } as Coding;
		const [leaf] = leaves(one, 'after', [coding]);
		expect(leaf?.lines[0]?.words.map(({ text, coded, blank }) => [text, coded, blank])).toEqual([
			['The ', false, null],
			['OFFICE', false, 'office'],
			[' ', false, null],
			['shall not hold', true, null],
			[' a person.', false, null],
		]);
	});

	test('a place to fill is called by its name, a choice by both its answers', () => {
		const text = 'After {{hearing ? "a hearing" : "a vote"}} the {{office}} acts.';
		expect(edited({ op: 'added', text }, label).text).toBe('After [a hearing / a vote] the [OFFICE] acts.');
	});

	test('a provision that stands only where the answer is no says so', () => {
		const [leaf] = leaves(
			provisions({ eId: 'sec_1', kind: 'section', text: '{{if not hearing}} No hearing is held.' }),
		);
		expect(leaf?.lines[0]).toMatchObject({
			only: { blank: 'hearing', answer: false },
			words: [{ text: 'No hearing is held.' }],
		});
	});
});

test('a provision alone is a text of its own, with all that lies in it', () => {
	const part = subtree(CHAPTER, 'chp_1__sec_1__subsec_a');
	expect(part.map(({ eId, parent }) => [eId.slice(-8), parent])).toEqual([
		['subsec_a', null],
		['__para_1', 0],
		['__wrapup', 0],
	]);
	expect(subtree(CHAPTER, 'nothing')).toEqual([]);
});

test('a note stands beside the leaf that holds its provision, and a leaf that is new says so', () => {
	const note = { eId: 'chp_1__sec_1__subsec_a', text: { en: 'Keep it.', es: 'Consérvela.' } };
	const changes = new Map<string, 'added' | 'changed'>([
		['chp_1__sec_1__subsec_a', 'added'],
		['chp_1__sec_2', 'added'],
	]);
	const beside = besideOf(leaves(CHAPTER), [note], [], changes);
	expect(beside.get('chp_1__sec_1')).toEqual({
		notes: [note],
		amendments: [],
		change: 'changed',
		words: null,
		codings: [],
		reuse: [],
	});
	expect(beside.get('chp_1__sec_2')?.change).toBe('added');
	expect(beside.get('rec_1')?.change).toBeNull();
});

test.each([
	[
		'few words are said',
		[
			['added', ' or prolong '],
			['removed', 'hold'],
		],
		{ added: ['or prolong'], removed: ['hold'] },
	],
	[
		'many are read in the redline',
		[
			['added', 'a'],
			['same', 'b'],
			['added', 'c'],
			['same', 'd'],
			['added', 'e'],
		],
		null,
	],
	['long ones as well', [['added', 'or '.repeat(40)]], null],
	['and those with a blank in them', [['added', 'the {{office}}']], null],
	['blanks between words are no change that is said', [['removed', ' ']], null],
] as const)('of what changed in a leaf, %s', (_, edits, words) => {
	const eId = 'chp_1__sec_1__subsec_a';
	const changed = new Map(edits.length > 0 ? [[eId, edits.map(([op, text]) => ({ op, text }))]] : []);
	const beside = besideOf(leaves(CHAPTER), [], [], new Map([[eId, 'changed']]), changed);
	expect(beside.get('chp_1__sec_1')?.words).toEqual(words);
});
