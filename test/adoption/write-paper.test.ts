import { history } from 'prosemirror-history';
import { type Command, EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { describe, expect, test } from 'vitest';
import { copybook, leavesOf } from '#adoption/write/copybook.ts';
import type { Deed } from '#adoption/write/exchange.ts';
import type { Order, Piece } from '#adoption/write/piece.ts';
import {
	addAfter,
	backspace,
	enter,
	forward,
	type Hand,
	keepsShape,
	remove,
	step,
	undone,
} from '../../src/routes/adoption/[draft]/write/keys.ts';
import { caretOf, leavesIn, pageOf, placeOf, turned } from '../../src/routes/adoption/[draft]/write/paper.ts';
import { pasted } from '../../src/routes/adoption/[draft]/write/paste.ts';

const piece = (id: string, words: string, kind: Piece['kind']): Piece => ({
	...{ id, kind, number: null, heading: '', words, fills: { heading: [], words: [] }, condition: null },
});

/** A page without a browser: what stands in it, what was asked of the draft, and what was said. */
class Page {
	readonly asked: Deed[] = [];
	readonly said: string[] = [];
	private names = 0;
	private readonly book;
	state: EditorState;

	constructor(
		words: readonly string[],
		order: Order = words.map((_, n) => [`p${n}`, 0]),
		kind: Piece['kind'] = 'subsection',
	) {
		this.book = copybook(
			1,
			order,
			words.map((one, n) => piece(`p${n}`, one, kind)),
		);
		const doc = pageOf(leavesOf(this.book), this.book.pieces, () => '');
		this.state = EditorState.create({ doc, plugins: [history()] });
	}

	readonly hand: Hand = {
		book: () => this.book,
		isContested: () => false,
		ask: (deed) => void this.asked.push(deed),
		hurry: () => {},
		say: (why) => void this.said.push(why),
		name: () => `n${this.names++}`,
	};

	readonly dispatch = (tr: Transaction): void => {
		this.state = this.state.apply(tr);
	};

	at(id: string, offset: number): this {
		const place = placeOf(this.state.doc, { id, part: 'words', offset }) ?? 0;
		this.dispatch(this.state.tr.setSelection(TextSelection.create(this.state.doc, place)));
		return this;
	}

	press(what: (hand: Hand) => Command): this {
		what(this.hand)(this.state, this.dispatch);
		return this;
	}

	paste(text: string, html = ''): this {
		const page = this;
		const view = {
			get state() {
				return page.state;
			},
			dispatch: page.dispatch,
		};
		pasted(view as EditorView, text, html, this.hand);
		return this;
	}

	get words(): readonly string[] {
		return leavesIn(this.state.doc).map(({ words }) => words);
	}
}
const page = (...words: string[]) => new Page(words);
const HTML = '<p class="MsoNormal">Alpha.</p>';

describe('pasted text', () => {
	test('of several paragraphs at the end makes provisions, all that there are', () => {
		expect(page('One.', 'Next.').at('p0', 4).paste(' Alpha.\n\nBeta.\n\nGamma.').words).toEqual([
			'One.Alpha.',
			'Beta.',
			'Gamma.',
			'Next.',
		]);
		const many = Array.from({ length: 90 }, (_, n) => `Paragraph ${n}.`);
		expect(page('', 'Next.').at('p0', 0).paste(many.join('\n\n')).words).toEqual([...many, 'Next.']);
	});

	test('from a program for writing has a paragraph in each line, from a printed page one in many', () => {
		expect(page('One.').at('p0', 4).paste('Alpha.\r\nBeta.\r\n', HTML).words).toEqual(['One.Alpha.', 'Beta.']);
		expect(page('').at('p0', 0).paste('No person\nshall be held.').words).toEqual(['No person shall be held.']);
	});

	test('goes into the words of new sections, not into their headings', () => {
		const sections = new Page(
			['One.', 'Next.'],
			[
				['p0', 0],
				['p1', 0],
			],
			'section',
		)
			.at('p0', 4)
			.paste('Alpha.\n\nBeta.');
		expect(leavesIn(sections.state.doc)).toMatchObject([{}, { heading: '', words: 'Beta.' }, { words: 'Next.' }]);
		expect(caretOf(sections.state)).toEqual({ id: 'n0', part: 'words', offset: 5 });
	});

	test('goes on in a line in the middle of words, and where something was split off just now', () => {
		expect(page('One two.').at('p0', 3).paste('Alpha.\n\nBeta.').words).toEqual(['OneAlpha. Beta. two.']);
		const split = page('One two three.').at('p0', 4).press(enter).at('p0', 3).paste('Alpha.\n\nBeta.\n\nGamma.');
		expect(split.words).toEqual(['OneAlpha. Beta. Gamma.', 'two three.']);
	});
});

describe('keys', () => {
	test('make two of one in the middle of words, and a new one at their end', () => {
		expect(page('One two.').at('p0', 4).press(enter).words).toEqual(['One', 'two.']);
		const made = page('One.', 'Two.').at('p0', 4).press(enter);
		expect(made.words).toEqual(['One.', '', 'Two.']);
		expect(caretOf(made.state)?.id).toBe('n0');
		expect(page('One.').at('p0', 0).press(enter).said).toEqual(['no_words']);
	});

	test('ask the draft for what it alone does, with what was seen', () => {
		expect(page('One.', 'Two.').at('p1', 0).press(backspace).asked).toEqual([
			{ act: 'joined', provision: 'p0', next: 'p1' },
		]);
		expect(page('One.', 'Two.').at('p0', 4).press(forward).asked).toEqual([
			{ act: 'joined', provision: 'p0', next: 'p1' },
		]);
		expect(page('One.', 'Two.').at('p1', 0).press(remove).asked).toEqual([
			{ act: 'removed', provision: 'p1', heading: '', words: 'Two.' },
		]);
		expect(
			page('One.', 'Two.')
				.at('p1', 0)
				.press((hand) => step('up', hand)).asked,
		).toEqual([{ act: 'moved', provision: 'p1', place: { first: null } }]);
		expect(page('One.').at('p0', 0).press(backspace).said).toEqual(['first']);
		const inside = new Page(
			['One.', 'Two.'],
			[
				['p0', 0],
				['p1', 1],
			],
		);
		expect(inside.at('p1', 0).press(backspace).said).toEqual(['nothing_next']);
	});

	test('put a new provision first into one that holds others', () => {
		const holds = new Page(
			['One.', 'Two.'],
			[
				['p0', 0],
				['p1', 1],
			],
		);
		holds.at('p0', 4).press(addAfter);
		expect(leavesIn(holds.state.doc).map(({ depth, fresh }) => [depth, fresh])).toEqual([
			[0, null],
			[1, 'inside'],
			[1, null],
		]);
	});

	test('take typing back, and say where there is none to take back', () => {
		const one = page('One two.', 'Next.').at('p0', 3);
		one.dispatch(one.state.tr.insertText(' and a half'));
		expect(one.press(undone).words[0]).toBe('One two.');
		expect(one.said).toEqual([]);
		expect(one.press(undone).said).toEqual(['nothing_undone']);
	});
});

describe('the page', () => {
	test('gives back what stands in it, and leaves the caret where it is when others change it', () => {
		const one = page('One.', 'Two.').at('p1', 2);
		const leaves = leavesIn(one.state.doc).map((leaf) =>
			leaf.id === 'p0' ? { ...leaf, words: 'One, and more.' } : leaf,
		);
		one.dispatch(turned(one.state, leaves, new Map(), () => '', {}));
		expect(one.words).toEqual(['One, and more.', 'Two.']);
		expect(caretOf(one.state)).toMatchObject({ id: 'p1', offset: 2 });
	});

	test('takes the caret along with its words where they become part of other words', () => {
		const joined = (one: Page, words: string) => {
			const [first] = leavesIn(one.state.doc);
			const leaves = first ? [{ ...first, words }] : [];
			one.dispatch(turned(one.state, leaves, new Map(), () => '', { joined: { provision: 'p0', next: 'p1' } }));
			return caretOf(one.state);
		};
		expect(joined(page('One.', 'Two three.').at('p1', 4), 'One. Two three.')).toMatchObject({ id: 'p0', offset: 9 });
		expect(joined(page('', 'Two three.').at('p1', 0), 'Two three.')).toMatchObject({ id: 'p0', offset: 0 });
		const split = page('One.', 'Two three.').at('p1', 4).press(enter);
		expect(joined(split.at('p1', 3), 'One. Two three.')).toMatchObject({ id: 'p0', offset: 8 });
		expect(joined(page('One.', 'Two.').at('p0', 2), 'One. Two.')).toMatchObject({ id: 'p0', offset: 2 });
	});

	test('knows changes that leave every provision where it is', () => {
		const [one, two] = [page('One.', 'Two.'), page('Onlyone.', 'Two.')];
		expect(keepsShape(one.state.doc, two.state.doc)).toBe(true);
		expect(keepsShape(one.state.doc, page('One.').state.doc)).toBe(false);
	});
});
