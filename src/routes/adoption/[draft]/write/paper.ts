import { Fragment, type Node } from 'prosemirror-model';
import { type EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { type Copybook, type Leaf, restOf } from '#adoption/write/copybook.ts';
import type { Deed } from '#adoption/write/exchange.ts';
import type { Piece } from '#adoption/write/piece.ts';
import { worded } from '#concordance/redline.ts';
import { partOf, schema } from './schema.ts';

/** Kinds that carry a heading of their own; on the page they begin at the margin. */
const HEADED = ['title', 'chapter', 'article', 'part', 'section'];
/** Texts longer than this are replaced in one stretch: finding words in them would hold up a key. */
const LONGEST_MARKED = 20_000;

/** A place in the editor by the provision it is in. */
export interface Caret {
	readonly id: string;
	readonly part: 'heading' | 'words';
	readonly offset: number;
}

/** What becomes of the caret. */
export interface Whither {
	readonly born?: ReadonlyMap<string, string>;
	readonly caret?: Caret | null;
	readonly joined?: Pick<Extract<Deed, { readonly act: 'joined' }>, 'provision' | 'next'> | null;
}

/** What stands in the editor. */
export function leavesIn(doc: Node): readonly Leaf[] {
	const leaves: Leaf[] = [];
	doc.forEach((node) => {
		const { id, depth, fresh } = node.attrs;
		leaves.push({ id, depth, fresh, heading: textIn(node, 'heading'), words: textIn(node, 'words') });
	});
	return leaves;
}

export function textIn(provision: Node, part: Caret['part']): string {
	let text = '';
	provision.forEach((child) => {
		if (child.type.name === part) text = child.textContent;
	});
	return text;
}

/** A document of leaves. `noteOf` says on which answer a provision stands; empty for none. */
export function pageOf(leaves: readonly Leaf[], pieces: Copybook['pieces'], noteOf: (piece: Piece) => string): Node {
	const levels = levelsOf(leaves, pieces);
	return schema.node(
		'doc',
		null,
		leaves.map((leaf, at) => nodeOf(leaf, attrsOf(leaf, levels[at] ?? 0, pieces, noteOf))),
	);
}

/**
 * The change that brings the editor to what it should hold, in as few steps as keep caret and history where they are.
 * `born`: ids by the names that the editor gave. `caret`: where it goes if the provision it stands in is no more. `joined`: two that
 * became one, where it stays before the words that it stands before.
 */
export function turned(
	state: EditorState,
	leaves: readonly Leaf[],
	pieces: Copybook['pieces'],
	noteOf: (piece: Piece) => string,
	{ born = new Map(), caret = null, joined = null }: Whither = {},
): Transaction {
	const tr = state.tr.setMeta('addToHistory', false).setMeta('turn', true);
	const stood = caretOf(state);
	tr.doc.forEach((node, pos) => {
		const id = born.get(node.attrs.id);
		if (id !== undefined) tr.setNodeAttribute(pos, 'id', id);
	});
	const own = stood && { ...stood, id: born.get(stood.id) ?? stood.id };
	const stay = staying(tr.doc, leaves);
	const behind = own && joined && lettersBehind(tr.doc, own, joined.next);
	const was = new Set<string>();
	const drop: [from: number, to: number][] = [];
	tr.doc.forEach((node, pos) => {
		if (stay.has(node.attrs.id)) was.add(node.attrs.id);
		else drop.push([pos, pos + node.nodeSize]);
	});
	for (const [from, to] of drop.reverse()) tr.delete(from, to);
	const levels = levelsOf(leaves, pieces);
	let pos = 0;
	leaves.forEach((leaf, at) => {
		const attrs = attrsOf(leaf, levels[at] ?? 0, pieces, noteOf);
		if (was.has(leaf.id)) rewrite(tr, pos, leaf, attrs);
		else tr.insert(pos, nodeOf(leaf, attrs));
		pos += tr.doc.nodeAt(pos)?.nodeSize ?? 0;
	});
	const whole = leaves.find(({ id }) => id === joined?.provision);
	const along =
		own && whole && behind !== null
			? { id: whole.id, part: own.part, offset: Math.max(0, whole[own.part].length - behind) }
			: null;
	const back = own && was.has(own.id) ? null : (along ?? caret ?? own);
	const place = back && placeOf(tr.doc, back);
	if (place !== null) tr.setSelection(TextSelection.create(tr.doc, place));
	return tr;
}

/** Where the caret stands; null where it is in no provision. */
export function caretOf({ selection: { $head } }: Pick<EditorState, 'selection'>): Caret | null {
	if ($head.depth < 2) return null;
	return { id: $head.node(1).attrs.id, part: $head.parent.type.name as Caret['part'], offset: $head.parentOffset };
}

/** Letters from the caret to the end of a provision, with those of what was split off it since; null where it stands elsewhere. */
function lettersBehind(doc: Node, { id, part, offset }: Caret, provision: string): number | null {
	const leaves = leavesIn(doc);
	const first = leaves.findIndex((leaf) => leaf.id === provision);
	const at = leaves.findIndex((leaf) => leaf.id === id);
	const end = first + restOf(leaves, first).length;
	const own = leaves[at];
	if (!own || at < first || at > end) return null;
	const after = part === 'heading' ? [] : leaves.slice(at + 1, end + 1);
	return after.reduce((letters, { words }) => letters + 1 + words.length, own[part].length - offset);
}

/** A caret as a place in the document; null where its provision is not there. */
export function placeOf(doc: Node, { id, part, offset }: Caret): number | null {
	let found: number | null = null;
	doc.forEach((node, pos) => {
		if (node.attrs.id !== id) return;
		node.forEach((child, inside) => {
			if (found === null || child.type.name === part)
				found =
					pos + 1 + inside + 1 + Math.min(child.type.name === part ? offset : child.content.size, child.content.size);
		});
	});
	return found;
}

function nodeOf(leaf: Leaf, attrs: Node['attrs']): Node {
	const { heading, words } = leaf;
	const headed = HEADED.includes(attrs.kind) || heading !== '';
	const parts = [
		...(headed && leaf.fresh !== 'split' ? [partOf('heading', heading)] : []),
		...(!headed || words !== '' || leaf.fresh !== null ? [partOf('words', words)] : []),
	];
	return schema.node('provision', attrs, parts);
}

function attrsOf(
	leaf: Leaf,
	level: number,
	pieces: Copybook['pieces'],
	noteOf: (piece: Piece) => string,
): Node['attrs'] {
	const { id, depth, fresh } = leaf;
	const piece = pieces.get(id);
	return {
		...{ id, depth, fresh, level, kind: piece?.kind ?? 'text', number: piece?.number ?? '' },
		...{ note: piece ? noteOf(piece) : '', left: piece?.condition?.stands === false },
	};
}

/** How deep each lies in what is read as one: a section begins at the margin, wherever it lies. */
function levelsOf(leaves: readonly Leaf[], pieces: Copybook['pieces']): readonly number[] {
	const open: number[] = [];
	return leaves.map(({ id, depth }) => {
		const level = depth === 0 || HEADED.includes(pieces.get(id)?.kind ?? '') ? 0 : (open[depth - 1] ?? 0) + 1;
		open.length = depth;
		open[depth] = level;
		return level;
	});
}

/** Ids of those that keep their order: of the others each is taken out and put in elsewhere. */
function staying(doc: Node, leaves: readonly Leaf[]): ReadonlySet<string> {
	const at = new Map(leaves.map(({ id }, n) => [id, n]));
	const ids: string[] = [];
	doc.forEach((node) => {
		if (at.has(node.attrs.id)) ids.push(node.attrs.id);
	});
	// The longest rising run (patience sorting).
	const tails: number[] = [];
	const before: number[] = [];
	ids.forEach((id, n) => {
		const value = at.get(id) ?? 0;
		let [low, high] = [0, tails.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((at.get(ids[tails[middle] as number] as string) ?? 0) < value) low = middle + 1;
			else high = middle;
		}
		before[n] = low === 0 ? -1 : (tails[low - 1] as number);
		tails[low] = n;
	});
	const stay = new Set<string>();
	for (let n = tails.at(-1) ?? -1; n >= 0; n = before[n] as number) stay.add(ids[n] as string);
	return stay;
}

/** Brings the provision at a place to what it should be. */
function rewrite(tr: Transaction, pos: number, leaf: Leaf, attrs: Node['attrs']): void {
	const node = tr.doc.nodeAt(pos);
	if (!node) return;
	for (const [name, value] of Object.entries(attrs))
		if (node.attrs[name] !== value) tr.setNodeAttribute(pos, name, value);
	// The words first: they stand behind the heading.
	for (const part of ['words', 'heading'] as const) {
		const text = leaf[part];
		const now = tr.doc.nodeAt(pos);
		if (!now || textIn(now, part) === text) continue;
		let inside: number | null = null;
		now.forEach((child, offset) => {
			if (child.type.name === part) inside = pos + 1 + offset + 1;
		});
		if (inside === null) tr.insert(part === 'heading' ? pos + 1 : pos + now.nodeSize - 1, partOf(part, text));
		else retype(tr, inside, textIn(now, part), text);
	}
}

/** Replaces only the words that changed, the last ones first. */
function retype(tr: Transaction, from: number, was: string, is: string): void {
	const hunks: { at: number; length: number; text: string }[] = [];
	if (was.length + is.length > LONGEST_MARKED) hunks.push({ at: 0, length: was.length, text: is });
	else {
		let at = 0;
		for (const { op, text, was: other } of worded(was, is)) {
			const old = op === 'added' ? '' : (other ?? text);
			if (op !== 'same' || other !== null) hunks.push({ at, length: old.length, text: op === 'removed' ? '' : text });
			at += old.length;
		}
	}
	for (const { at, length, text } of hunks.reverse())
		tr.replaceWith(from + at, from + at + length, text === '' ? Fragment.empty : schema.text(text));
}
