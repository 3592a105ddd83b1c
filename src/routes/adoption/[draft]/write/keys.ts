import { undo } from 'prosemirror-history';
import type { Node } from 'prosemirror-model';
import { type Command, type EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { isUnderWay } from '#adoption/write/batch.ts';
import { type Copybook, type Leaf, together } from '#adoption/write/copybook.ts';
import type { Deed } from '#adoption/write/exchange.ts';
import { plainly } from '#adoption/write/piece.ts';
import { holdsOthers, nextSibling, siblingBefore, stepped, type Way } from '#adoption/write/place.ts';
import { type Caret, caretOf, leavesIn, placeOf, textIn } from './paper.ts';
import { partOf, schema } from './schema.ts';

/** What keys and buttons can do beside changing the words: ask the draft for another structure, and say why something is not done. */
export interface Hand {
	readonly book: () => Copybook;
	/** Whether words of a provision clash with somebody's. */
	readonly isContested: (id: string) => boolean;
	/** `caret`: where it stands once it is done. */
	readonly ask: (deed: Deed, caret?: Caret) => void;
	/** Sends what is typed without waiting. */
	readonly hurry: () => void;
	readonly say: (
		why: 'wait' | 'first' | 'no_place' | 'no_words' | 'holds' | 'clash' | 'nothing_next' | 'nothing_undone',
	) => void;
	/** A name for what is new. */
	readonly name: () => string;
}

interface Spot {
	readonly node: Node;
	readonly pos: number;
	readonly leaf: Leaf;
	readonly at: number;
	readonly leaves: readonly Leaf[];
}

/** Enter: from a heading to the words; inside them two provisions of one; at their end a new one after it. */
export function enter(hand: Hand): Command {
	return (state, dispatch) => {
		if (!state.selection.empty) {
			dispatch?.(emptied(state));
			return true;
		}
		const spot = spotOf(state);
		if (!spot) return true;
		const { $head } = state.selection;
		if ($head.parent.type === schema.nodes.heading) return intoWords(spot, state, dispatch);
		const text = $head.parent.textContent;
		const [before, after] = [text.slice(0, $head.parentOffset), text.slice($head.parentOffset)];
		if (after.trim() === '') return addAfter(hand)(state, dispatch);
		if (before.trim() === '') return refused(hand, 'no_words');
		if (isUnderWay(hand.book(), spot.leaf.id)) return refused(hand, 'wait');
		if (hand.isContested(spot.leaf.id)) return refused(hand, 'clash');
		const fresh = spot.leaf.fresh === null || spot.leaf.fresh === 'split' ? 'split' : spot.leaf.fresh;
		const words = after.trimStart();
		const tr = reshaping(state.tr);
		tr.delete($head.pos - (before.length - before.trimEnd().length), $head.pos + after.length);
		const end = spot.pos + (tr.doc.nodeAt(spot.pos)?.nodeSize ?? 0);
		tr.insert(end, freshNode(spot.node, hand.name(), fresh, words));
		dispatch?.(tr.setSelection(TextSelection.create(tr.doc, end + 2)).scrollIntoView());
		hand.hurry();
		return true;
	};
}

/** A new provision after the one with the caret; first in it where it has others in it. */
export function addAfter(hand: Hand): Command {
	return (state, dispatch) => {
		const spot = spotOf(state);
		if (!spot) return true;
		const { leaf, leaves, at, node, pos } = spot;
		const next = leaves[at + 1];
		if (next?.fresh === 'split') return refused(hand, 'wait');
		const inside = next !== undefined && next.fresh === null && next.depth > leaf.depth;
		const made = freshNode(node, hand.name(), inside ? 'inside' : 'added', '');
		const end = pos + node.nodeSize;
		const tr = reshaping(state.tr).insert(end, made);
		dispatch?.(tr.setSelection(TextSelection.create(tr.doc, end + 2)).scrollIntoView());
		return true;
	};
}

/** Backspace: at the beginning of a provision it becomes one with the one before. */
export function backspace(hand: Hand): Command {
	return (state, dispatch) => {
		const { selection } = state;
		if (!selection.empty) return emptiedAcross(state, dispatch);
		const spot = spotOf(state);
		if (!spot || selection.$head.parentOffset > 0) return false;
		if (selection.$head.index(1) > 0) {
			// From the words to the heading over them.
			const tr = state.tr;
			const end = selection.$head.before() - 1;
			if (selection.$head.parent.content.size === 0)
				reshaping(tr).delete(selection.$head.before(), selection.$head.after());
			dispatch?.(tr.setSelection(TextSelection.create(tr.doc, end)));
			return true;
		}
		return joinBefore(spot, state, dispatch, hand);
	};
}

/** Delete: at the end of a provision the next one becomes one with it. */
export function forward(hand: Hand): Command {
	return (state, dispatch) => {
		const { selection } = state;
		if (!selection.empty) return emptiedAcross(state, dispatch);
		const spot = spotOf(state);
		const { $head } = selection;
		if (!spot || $head.parentOffset < $head.parent.content.size) return false;
		if ($head.index(1) + 1 < spot.node.childCount) return true;
		const next = spot.leaves[spot.at + 1];
		if (!next) return true;
		const pos = spot.pos + spot.node.nodeSize;
		const node = state.doc.nodeAt(pos);
		return node ? joinBefore({ ...spot, node, pos, leaf: next, at: spot.at + 1 }, state, dispatch, hand) : true;
	};
}

/** Joins the provision with the caret with the one before. */
export function join(hand: Hand): Command {
	return (state, dispatch) => {
		const spot = spotOf(state);
		return spot ? joinBefore(spot, state, dispatch, hand) : true;
	};
}

export function step(way: Way, hand: Hand): Command {
	return (state) => {
		const spot = spotOf(state);
		if (!spot) return true;
		const { id, fresh } = spot.leaf;
		if (fresh !== null) return refused(hand, 'wait');
		if (hand.isContested(id)) return refused(hand, 'clash');
		const place = stepped(hand.book().order, id, way);
		if (!place) return refused(hand, 'no_place');
		hand.ask({ act: 'moved', provision: id, place });
		return true;
	};
}

/** Takes the provision with the caret out, and all in it. */
export function remove(hand: Hand): Command {
	return (state, dispatch) => {
		const spot = spotOf(state);
		if (!spot) return true;
		if (spot.leaf.fresh === null) hand.ask({ act: 'removed', provision: spot.leaf.id, ...plainly(spot.leaf) });
		else if (isUnderWay(hand.book(), spot.leaf.id)) hand.say('wait');
		else dispatch?.(withoutNode(state, spot));
		return true;
	};
}

/** Takes typing back, or says where it cannot: what was divided since is not typing any more. */
export function undone(hand: Hand): Command {
	return (state, dispatch) => {
		let changed = false;
		undo(state, (tr) => {
			changed = tr.docChanged;
			dispatch?.(tr);
		});
		return changed || refused(hand, 'nothing_undone');
	};
}

/** The change that empties what is selected in several provisions, and leaves the provisions. */
export function emptied(state: EditorState): Transaction {
	const { from, to } = state.selection;
	const tr = state.tr;
	const stretches: [number, number][] = [];
	state.doc.nodesBetween(from, to, (node, pos) => {
		if (!node.isTextblock) return true;
		stretches.push([Math.max(from, pos + 1), Math.min(to, pos + 1 + node.content.size)]);
		return false;
	});
	for (const [start, end] of stretches.reverse()) if (start < end) tr.delete(start, end);
	return tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map(from))));
}

/** Whether what is selected lies in more than one heading or words. */
export function across({ selection: { $from, $to } }: Pick<EditorState, 'selection'>): boolean {
	return !$from.sameParent($to);
}

/** Whether a change leaves every provision where it is: anything else is done by the draft. */
export function keepsShape(before: Node, after: Node): boolean {
	if (before.childCount !== after.childCount) return false;
	for (let n = 0; n < before.childCount; n++) {
		const [one, other] = [before.child(n), after.child(n)];
		if (one === other) continue;
		if (one.attrs.id !== other.attrs.id || one.childCount !== other.childCount) return false;
		for (let k = 0; k < one.childCount; k++) if (one.child(k).type !== other.child(k).type) return false;
	}
	return true;
}

/** Empties what is selected where it lies in several; false: what the browser does is right. */
function emptiedAcross(state: EditorState, dispatch: ((tr: Transaction) => void) | undefined): boolean {
	if (!across(state)) return false;
	dispatch?.(emptied(state));
	return true;
}

function spotOf(state: EditorState): Spot | null {
	const caret = caretOf(state);
	if (!caret) return null;
	const leaves = leavesIn(state.doc);
	const at = state.selection.$head.index(0);
	const leaf = leaves[at];
	return leaf ? { node: state.doc.child(at), pos: state.selection.$head.before(1), leaf, at, leaves } : null;
}

function refused(hand: Hand, why: Parameters<Hand['say']>[0]): true {
	hand.say(why);
	return true;
}

function intoWords({ node, pos }: Spot, state: EditorState, dispatch: ((tr: Transaction) => void) | undefined): true {
	const tr = state.tr;
	const last = pos + node.nodeSize - 1;
	if (node.childCount === 1) reshaping(tr).insert(last, partOf('words', ''));
	const start = pos + 1 + node.child(0).nodeSize + 1;
	dispatch?.(tr.setSelection(TextSelection.create(tr.doc, start)));
	return true;
}

/** What is new begins as what it follows. */
function freshNode(over: Node, id: string, fresh: NonNullable<Leaf['fresh']>, words: string): Node {
	const { depth, level, number, kind } = over.attrs;
	const inside = fresh === 'inside' ? 1 : 0;
	const headed = fresh === 'added' && over.firstChild?.type === schema.nodes.heading;
	return schema.node(
		'provision',
		{
			...{ id, fresh, depth: depth + inside, level: level + inside, number: number === '' && !inside ? '' : '…' },
			kind: inside ? 'subsection' : kind,
		},
		[...(headed ? [partOf('heading', '')] : []), partOf('words', words)],
	);
}

function joinBefore(
	{ node, pos, leaf, at, leaves }: Spot,
	state: EditorState,
	dispatch: ((tr: Transaction) => void) | undefined,
	hand: Hand,
): true {
	const before = leaves[at - 1];
	if (!before) return refused(hand, 'first');
	const [order, under] = [hand.book().order, isUnderWay(hand.book(), leaf.id)];
	if (under) return refused(hand, 'wait');
	const end: Caret = { id: before.id, part: 'words', offset: before.words.length };
	if (leaf.fresh !== null) {
		if ((leaf.heading + leaf.words).trim() === '') {
			dispatch?.(withoutNode(state, { node, pos }, end));
			return true;
		}
		if (isUnderWay(hand.book(), before.id) || hand.isContested(before.id)) return refused(hand, 'wait');
		if (before.depth !== leaf.depth) return refused(hand, 'nothing_next');
		dispatch?.(locallyJoined(state, { node, pos, leaf, before }));
		return true;
	}
	if ((leaf.heading + leaf.words).trim() === '' && !holdsOthers(order, leaf.id)) {
		hand.ask({ act: 'removed', provision: leaf.id, heading: '', words: '' }, end);
		return true;
	}
	const sibling = siblingBefore(order, leaf.id);
	if (sibling === null || nextSibling(order, sibling) !== leaf.id) return refused(hand, 'nothing_next');
	if (before.fresh !== null) return refused(hand, 'wait');
	if (hand.isContested(sibling) || hand.isContested(leaf.id)) return refused(hand, 'clash');
	hand.ask({ act: 'joined', provision: sibling, next: leaf.id });
	return true;
}

/** A change of what provisions there are and what they have: the page lets it through, and no key takes it back. */
function reshaping(tr: Transaction): Transaction {
	return tr.setMeta('shape', true).setMeta('addToHistory', false);
}

function withoutNode(
	state: EditorState,
	{ node, pos }: Pick<Spot, 'node' | 'pos'>,
	caret: Caret | null = null,
): Transaction {
	const tr = reshaping(state.tr).delete(pos, pos + node.nodeSize);
	const place = caret === null ? null : placeOf(tr.doc, caret);
	return place === null ? tr : tr.setSelection(TextSelection.create(tr.doc, place));
}

function locallyJoined(
	state: EditorState,
	{ node, pos, leaf, before }: Pick<Spot, 'node' | 'pos' | 'leaf'> & { readonly before: Leaf },
): Transaction {
	const tr = reshaping(state.tr).delete(pos, pos + node.nodeSize);
	const { heading, words } = together(before, leaf);
	const over = tr.doc.resolve(pos).nodeBefore;
	const start = pos - (over?.nodeSize ?? 0);
	if (over)
		tr.replaceWith(start + 1, pos - 1, [
			...(textIn(over, 'heading') !== '' || heading !== '' ? [partOf('heading', heading)] : []),
			partOf('words', words),
		]);
	const junction = Math.min(words.length, before.words.trimEnd().length + (before.words.trim() === '' ? 0 : 1));
	const place = placeOf(tr.doc, { id: before.id, part: 'words', offset: junction });
	return place === null ? tr : tr.setSelection(TextSelection.create(tr.doc, place));
}
