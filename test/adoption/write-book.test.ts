import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { batchOf, isHeldUp } from '#adoption/write/batch.ts';
import {
	answered,
	type Copybook,
	copybook,
	decided,
	isUnsaved,
	type Leaf,
	leavesOf,
} from '#adoption/write/copybook.ts';
import { type Answered, askedOf, type Batch, type Deed } from '#adoption/write/exchange.ts';
import { type KeptWords, keptFrom, keptOf, resumed } from '#adoption/write/kept.ts';
import type { Order, Piece } from '#adoption/write/piece.ts';

const piece = (id: string, words: string): Piece => ({
	...{ id, kind: 'section', number: null, heading: '', words, fills: { heading: [], words: [] }, condition: null },
});
const ORDER: Order = [
	['p1', 0],
	['p2', 0],
	['p3', 0],
];
const PIECES = [piece('p1', 'One two.'), piece('p2', 'Three four.'), piece('p3', 'Five six.')];
const book = copybook(1, ORDER, PIECES);
const leaves = leavesOf(book);
const typed = (id: string, words: string, all = leaves) =>
	all.map((leaf) => (leaf.id === id ? { ...leaf, words } : leaf));
const fresh = (id: string, words: string, how: Leaf['fresh'] = 'added'): Leaf => ({
	...{ id, depth: 0, heading: '', words, fresh: how },
});
const behind = (id: string, more: readonly Leaf[], all = leaves) =>
	all.flatMap((leaf) => (leaf.id === id ? [leaf, ...more] : [leaf]));
const send = (known: Copybook, standing: readonly Leaf[], wish: Deed | null = null): Copybook => ({
	...known,
	flight: batchOf(known, standing, wish, randomUUID()),
});
const said = (more: Partial<Answered> = {}): Answered => ({
	...{ seq: 2, order: null, pieces: [], outcomes: [], born: [], refused: null, lost: [], dangling: [] },
	...{ undo: null, colleagues: [], narrowed: null, names: null, ...more },
});
const wire = (batch: Batch | null) =>
	askedOf(
		JSON.parse(
			JSON.stringify({ writer: { account: 'a', seat: 's' }, desk: randomUUID(), since: 1, at: null, batch }),
		) as unknown,
	);
const words = (all: readonly Leaf[]) => all.map((leaf) => leaf.words);
/** All words that somebody would still find, wherever. */
const found = (known: Copybook, standing: readonly Leaf[]) => JSON.stringify([standing, known.aside]);

describe('what an editor sends', () => {
	test('are the words that the draft does not have, and what the site takes', () => {
		const { flight } = send(book, typed('p2', 'Three four five.'));
		expect(flight).toMatchObject({ since: 1, words: [{ id: 'p2', words: 'Three four five.' }], deed: null });
		expect(wire(flight).batch).toEqual(flight);
		expect(batchOf(book, typed('p2', ' Three  four. '), null, 'x')).toBeNull();
	});

	test('is never more than the site takes, of words, of what is new and of splits', () => {
		const long = 'word '.repeat(21_000).trim();
		expect(batchOf(book, typed('p1', long), null, randomUUID())).toBeNull();
		expect(isHeldUp(book, typed('p1', long))).toBe(true);
		expect(batchOf(book, behind('p1', [fresh('n1', long)]), null, randomUUID())).toBeNull();
		const pieces = Array.from({ length: 41 }, (_, n) => fresh(`n${n}`, `Piece ${n}.`, 'split'));
		const { flight } = send(book, behind('p1', pieces));
		expect(() => wire(flight)).not.toThrow();
		const chapter = Array.from({ length: 9 }, (_, n) => piece(`c${n}`, 'Short.'));
		const large = copybook(
			1,
			chapter.map(({ id }) => [id, 0] as const),
			chapter,
		);
		const retyped = leavesOf(large).map((leaf) => ({ ...leaf, words: 'word '.repeat(19_000) }));
		expect(batchOf(large, retyped, null, 'x')).toMatchObject({ words: { length: 3 }, deed: null });
	});

	test('names in a split of more than forty pieces what is split off next', () => {
		const pieces = Array.from({ length: 41 }, (_, n) => fresh(`n${n}`, `Piece ${n}.`, 'split'));
		const standing = behind('p1', pieces);
		const sent = send(book, standing);
		const deed = sent.flight?.deed as Extract<Deed, { act: 'split' }>;
		const born = deed.names.map((name, n) => [name, `x${n}`] as const);
		const order: Order = [['p1', 0], ...born.map(([, id]) => [id, 0] as const), ['p2', 0], ['p3', 0]];
		const made = born.map(([, id], n) => piece(id, deed.paragraphs[n + 1] ?? ''));
		const whole = { id: 'p1', kind: 'kept' } as const;
		const turn = answered(sent, standing, said({ order, pieces: made, born, outcomes: [whole] }));
		expect(words(turn.leaves)).toEqual(words(standing));
		const { flight } = send(turn.book, turn.leaves);
		expect(flight?.deed).toMatchObject({ act: 'split', provision: 'x38', names: ['n39', 'n40'] });
		expect(flight?.words).toEqual([]);
	});

	test('is not sent again and again where it was refused', () => {
		const standing = behind('p1', [fresh('n1', 'New.')]);
		const turn = answered(send(book, standing), standing, said({ refused: 'too_long' }));
		expect(batchOf(turn.book, turn.leaves, null, 'x')).toBeNull();
		expect(isHeldUp(turn.book, turn.leaves)).toBe(true);
		expect(batchOf(turn.book, typed('n1', 'New!', turn.leaves), null, 'x')?.deed).toMatchObject({ words: 'New!' });
	});

	test('makes words that are too long shorter once they are split', () => {
		const sent = send(book, typed('p1', 'One two, and far too many.'));
		const stuck = answered(
			sent,
			typed('p1', 'One two, and far too many.'),
			said({ outcomes: [{ id: 'p1', kind: 'too_long' }] }),
		);
		const standing = behind('p1', [fresh('n1', 'and far too many.', 'split')], typed('p1', 'One two,', stuck.leaves));
		expect(batchOf(stuck.book, standing, null, 'x')).toMatchObject({
			words: [{ id: 'p1', words: 'One two,' }],
			deed: { act: 'added', name: 'n1', words: 'and far too many.' },
		});
	});
});

describe('what an answer makes of the editor', () => {
	test.each(['clash', 'too_long'] as const)('loses no word of what could not be split, for it is %s', (kind) => {
		const standing = behind('p1', [fresh('n1', 'two brambles.', 'split')], typed('p1', 'One thistle'));
		const theirs = kind === 'clash' ? [piece('p1', 'One four.')] : [];
		const answer = said({ pieces: theirs, order: ORDER, outcomes: [{ id: 'p1', kind }], refused: kind });
		const turn = answered(send(book, standing), standing, answer);
		expect(words(turn.leaves)[0]).toBe('One thistle two brambles.');
		expect(turn.contested).toHaveLength(kind === 'clash' ? 1 : 0);
	});

	test.each(['mine', 'theirs', 'both'] as const)('glues no words when somebody decides: %s', (how) => {
		const start = copybook(1, [['p1', 0]], [piece('p1', 'money or paid')]);
		const mine = leavesOf(start).map((leaf) => ({ ...leaf, words: 'or paid' }));
		const answer = said({ pieces: [piece('p1', 'money brambles or paid')], order: [['p1', 0]] });
		const { book: known, leaves: standing, contested } = answered(start, mine, answer);
		const [clash] = contested;
		if (!clash) throw new Error('Nothing clashes.');
		const [leaf] = decided(known, standing, clash, how).leaves;
		expect(leaf?.words).toBe(how === 'mine' ? 'or paid' : 'money brambles or paid');
	});

	test('shows both where another window sent what is new with other words', () => {
		const standing = behind('p1', [fresh('n1', 'New here.')]);
		const order: Order = [
			['p1', 0],
			['x1', 0],
			['p2', 0],
			['p3', 0],
		];
		const answer = said({
			order,
			pieces: [piece('x1', 'New there.')],
			born: [['n1', 'x1']],
			outcomes: [{ id: 'n1', kind: 'clash' }],
		});
		const turn = answered(send(book, standing), standing, answer);
		expect(words(turn.leaves)).toEqual(['One two.', 'New here.', 'Three four.', 'Five six.']);
		expect(turn.contested).toMatchObject([{ id: 'x1', words: [{ ours: 'New here.', theirs: 'New there.' }] }]);
	});

	test('keeps what stands twice once, and what was typed in both', () => {
		const order: Order = [
			['p1', 0],
			['x1', 0],
			['p2', 0],
			['p3', 0],
		];
		const came = answered(
			book,
			behind('p1', [fresh('n1', 'New, and on.')]),
			said({ order, pieces: [piece('x1', 'New.')] }),
		);
		expect(words(came.leaves).slice(1, 3)).toEqual(['New, and on.', 'New.']);
		const answer = said({ seq: 3, born: [['n1', 'x1']], outcomes: [{ id: 'n1', kind: 'clash' }] });
		const once = answered(send(came.book, came.leaves), came.leaves, answer);
		expect(once.leaves.map(({ id }) => id)).toEqual(['p1', 'x1', 'p2', 'p3']);
		expect(found(once.book, once.leaves)).toContain('New, and on.');
		const both = typed('x1', 'New, and here.', came.leaves);
		const twice = answered(send(came.book, both), both, answer);
		for (const one of ['New, and on.', 'New, and here.']) expect(found(twice.book, twice.leaves)).toContain(one);
	});

	test('sets words aside whose provision is gone, and does not count as saved until somebody decides', () => {
		const standing = typed('p2', 'Three four. An hour of typing.');
		const turn = answered(
			book,
			standing,
			said({
				order: [
					['p1', 0],
					['p3', 0],
				],
			}),
		);
		expect(turn.book.aside).toMatchObject([{ words: 'Three four. An hour of typing.', after: 'p1' }]);
		expect(isUnsaved(turn.book, turn.leaves)).toBe(true);
		expect(keptOf(turn.book, turn.leaves)?.aside).toEqual(turn.book.aside);
		expect(keptOf(book, leaves)).toBeNull();
	});
});

describe('what a closed window left', () => {
	const left = (known: Copybook, standing: readonly Leaf[]): KeptWords =>
		keptFrom(JSON.stringify(keptOf(known, standing))) as KeptWords;

	test('is in the next window as it was, what was under way too', () => {
		const standing = behind('p2', [fresh('n1', 'New.')], typed('p1', 'One two three.'));
		const kept = left(send(book, standing), standing);
		const now = resumed(book, leaves, kept);
		expect(now.leaves).toEqual(standing);
		expect(now.book.flight).toEqual(kept.batch);
		expect(now.book.aside).toEqual([]);
	});

	test('is set aside where its provision is gone', () => {
		const standing = behind('p2', [fresh('n1', 'New.')], typed('p2', 'Three four five.'));
		const less = copybook(
			2,
			[
				['p1', 0],
				['p3', 0],
			],
			PIECES,
		);
		const now = resumed(less, leavesOf(less), left(book, standing));
		expect(now.book.aside.map((one) => one.words)).toEqual(['Three four five.', 'New.']);
	});

	test('does not write over what is typed in this one, nor over a clash', () => {
		const there = typed('p1', 'There: one two.');
		const here = typed('p1', 'One two. Typed here.');
		const now = resumed(book, here, left(send(book, there), there));
		expect(now.leaves).toEqual(here);
		expect(now.book.aside).toMatchObject([{ words: 'There: one two.', after: 'p1' }]);
		// Sent again they would count as what was typed over here.
		expect(now.book.flight?.words).toEqual([]);
		const clash = { ...book, bases: new Map([['p1', { heading: '', words: 'One.' }]]) };
		expect(resumed(clash, leaves, left(book, there)).book.aside).toMatchObject([{ words: 'There: one two.' }]);
	});

	test('of a split in words that are typed in here goes aside whole', () => {
		const there = behind('p1', [fresh('n1', 'two.', 'split')], typed('p1', 'One'));
		const now = resumed(book, typed('p1', 'One two. Here.'), left(send(book, there), there));
		expect(now.leaves.map(({ id }) => id)).toEqual(['p1', 'p2', 'p3']);
		expect(now.book.aside.map((one) => one.words)).toEqual(['One', 'two.']);
		expect(now.book.flight?.deed ?? null).toBeNull();
	});

	test('that is nothing of ours is not taken', () => {
		for (const text of ['', '{}', 'null', '{"batch":null,"words":[{}],"fresh":[],"aside":[]}'])
			expect(keptFrom(text)).toBeNull();
	});
});
