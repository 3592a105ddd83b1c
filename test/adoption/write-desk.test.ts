import { describe, expect, test } from 'vitest';
import { batchOf } from '#adoption/write/batch.ts';
import { copiedWords } from '#adoption/write/copied-words.ts';
import {
	answered,
	type Copybook,
	copybook,
	decided,
	isUnsaved,
	type Leaf,
	leavesOf,
	reviewed,
} from '#adoption/write/copybook.ts';
import { keptFrom, keptOf, resumed } from '#adoption/write/kept.ts';
import type { Order, Piece } from '#adoption/write/piece.ts';

const piece = (id: string, words: string, heading = ''): Piece => ({
	...{ id, kind: 'section', number: null, heading, words, condition: null },
	fills: { heading: [], words: [] },
});
const ORDER: Order = [
	['p1', 0],
	['p2', 1],
	['p3', 1],
	['p4', 0],
];
const WORDS = ['The first of all.', 'An officer keeps no person.', 'Costs are paid by the city.', 'The last of all.'];
const book = (): Copybook =>
	copybook(
		7,
		ORDER,
		ORDER.map(([id], n) => piece(id, WORDS[n] ?? '')),
	);
const typedIn = (leaves: readonly Leaf[], id: string, words: string) =>
	leaves.map((leaf) => (leaf.id === id ? { ...leaf, words } : leaf));
const NOTHING = { outcomes: [], born: [], refused: null, order: ORDER };

describe('what stands in an editor', () => {
	test('keeps the space that is being typed, and takes in what others did around it', () => {
		const leaves = typedIn(leavesOf(book()), 'p2', 'An officer keeps no person. Ever ');
		const { leaves: now, contested } = answered(book(), leaves, {
			...{ ...NOTHING, seq: 8, pieces: [piece('p2', 'An officer of the city keeps no person.')] },
		});
		expect(now.find(({ id }) => id === 'p2')?.words).toBe('An officer of the city keeps no person. Ever ');
		expect(contested).toEqual([]);
	});

	test('stays as it was typed where somebody changed the same words, until it is decided on', () => {
		const leaves = typedIn(leavesOf(book()), 'p2', 'An officer holds no person.');
		const turn = answered(book(), leaves, {
			...NOTHING,
			seq: 8,
			pieces: [piece('p2', 'An officer detains no person.')],
		});
		expect(turn.leaves.find(({ id }) => id === 'p2')?.words).toBe('An officer holds no person.');
		expect(turn.contested.map(({ id }) => id)).toEqual(['p2']);
		expect(batchOf(turn.book, turn.leaves, null, 'b')).toBeNull();
		const [one] = turn.contested;
		if (!one) throw new Error('It clashes.');
		const says = (how: 'mine' | 'theirs' | 'both') =>
			decided(turn.book, turn.leaves, one, how).leaves.find(({ id }) => id === 'p2')?.words;
		expect([says('mine'), says('theirs'), says('both')]).toEqual([
			'An officer holds no person.',
			'An officer detains no person.',
			'An officer holds detains no person.',
		]);
		const mine = decided(turn.book, turn.leaves, one, 'mine');
		expect(batchOf(mine.book, mine.leaves, null, 'b')?.words).toMatchObject([
			{ id: 'p2', words: 'An officer holds no person.' },
		]);
		// Who writes what the draft has needs no decision.
		const same = reviewed(turn.book, typedIn(turn.leaves, 'p2', 'An officer detains no person.'));
		expect([same.contested, isUnsaved(same.book, same.leaves)]).toEqual([[], false]);
	});

	test('is set aside where its provision was taken out', () => {
		const leaves = typedIn(leavesOf(book()), 'p3', 'Costs are paid by the county.');
		const order = ORDER.filter(([id]) => id !== 'p3');
		const { leaves: now, book: then } = answered(book(), leaves, { ...NOTHING, seq: 8, order, pieces: [] });
		expect(now.map(({ id }) => id)).toEqual(['p1', 'p2', 'p4']);
		expect(then.aside).toMatchObject([{ id: 'p3', words: 'Costs are paid by the county.', after: 'p2' }]);
	});

	test('is sent whole with what was split off it, and each part finds its words again', () => {
		const [one, ...rest] = leavesOf(book());
		const fresh: Leaf = { id: 'n1', depth: 1, heading: '', words: 'no person.', fresh: 'split' };
		const leaves = [one as Leaf, { ...(rest[0] as Leaf), words: 'An officer keeps' }, fresh, ...rest.slice(1)];
		const batch = batchOf(book(), leaves, null, 'b');
		expect(batch).toMatchObject({
			words: [],
			deed: { act: 'split', provision: 'p2', paragraphs: ['An officer keeps', 'no person.'], names: ['n1'] },
		});
		const later = typedIn(leaves, 'n1', 'no person. Ever.');
		const turn = answered({ ...book(), flight: batch }, later, {
			...{ outcomes: [], born: [['n1', 'p9']], refused: null, seq: 8 },
			order: [ORDER[0], ORDER[1], ['p9', 1], ORDER[2], ORDER[3]] as Order,
			pieces: [piece('p2', 'An officer keeps'), piece('p9', 'no person.')],
		});
		expect(turn.leaves.slice(1, 3)).toMatchObject([
			{ id: 'p2', words: 'An officer keeps' },
			{ id: 'p9', words: 'no person. Ever.', fresh: null },
		]);
		const refused = answered({ ...book(), flight: batch }, later, {
			...NOTHING,
			refused: 'inside_blank',
			seq: 8,
			pieces: [],
		});
		expect(refused.leaves[1]).toMatchObject({ id: 'p2', words: 'An officer keeps no person. Ever.' });
	});
});

test('what a browser kept comes back, with what was under way, and nothing else is taken for it', () => {
	const leaves = typedIn(leavesOf(book()), 'p2', 'Kept words.');
	const kept = keptOf(book(), leaves);
	expect(keptOf(book(), leavesOf(book()))).toBeNull();
	const back = keptFrom(JSON.stringify(kept));
	if (!back) throw new Error('It was kept.');
	const { leaves: now, book: then } = resumed(book(), leavesOf(book()), back);
	expect(now).toEqual(leaves);
	expect(reviewed(then, now).leaves).toEqual(leaves);
	const gone = resumed(
		book(),
		leavesOf(book()).filter(({ id }) => id !== 'p2'),
		back,
	);
	expect(gone.book.aside).toMatchObject([{ id: 'p2', words: 'Kept words.' }]);
	for (const text of ['', '{}', '[]', '{"batch":null,"words":[{}],"fresh":[]}', 'null'])
		expect(keptFrom(text)).toBeNull();
});

test('each part of what was split is held against its stretch of what was copied', () => {
	const state = { blanks: [], answers: {}, draft: { language: 'en' } };
	const from = { source: 1, eId: 'sec_1' };
	const part = (id: string, text: string) => ({
		id,
		kind: 'section',
		parent: null,
		number: null,
		heading: null,
		text,
		from,
	});
	const base = { eId: 'sec_1', kind: 'section', number: null, heading: 'Costs', parent: null, state: 'same' };
	const found = copiedWords(
		{ ...state, provisions: [part('p1', 'One two'), part('p2', 'four brambles five.')] } as never,
		new Map([[1, [{ ...base, text: 'One two three four five.' }]]]) as never,
	);
	expect(found).toEqual([
		{ id: 'p1', heading: 'Costs', words: expect.stringMatching(/^One two/) },
		{ id: 'p2', heading: '', words: expect.stringMatching(/four five\.$/) },
	]);
	expect(found.map(({ words }) => words).join(' ')).toContain('three');
});
