import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import type { Copybook } from '#adoption/write/copybook.ts';
import type { Read } from '#adoption/write/piece.ts';
import { worded } from '#concordance/redline.ts';
import { textIn } from './paper.ts';

/** Something drawn behind a provision: who else is there, words that clash, a protection to check. */
export interface Beside {
	/** Provision that it stands behind; null: before all. */
	readonly after: string | null;
	/** The same for what looks the same: it is not drawn anew then. */
	readonly key: string;
	readonly draw: () => HTMLElement;
}

/** What the marks are told with a change. */
export interface Told {
	/** Where blanks stand, of provisions that read as the draft has them. */
	readonly pieces?: Copybook['pieces'];
	readonly beside?: readonly Beside[];
	/** What was copied, by provision: changes are marked against it. Null: they are not shown. */
	readonly copied?: ReadonlyMap<string, Read> | null;
	/** Provisions whose changes are marked anew. */
	readonly again?: ReadonlySet<string>;
}

interface Marked {
	readonly fills: DecorationSet;
	readonly changes: DecorationSet;
	readonly beside: DecorationSet;
	readonly copied: ReadonlyMap<string, Read> | null;
}

export const MARKS = new PluginKey<Marked>('marks');

/** Blanks, changes and what stands beside a provision: drawn over the words, never part of them. `removed`: said before words that were taken out. */
export function marks(removed: string): readonly Plugin[] {
	const own = new Plugin<Marked>({
		key: MARKS,
		state: {
			init: () => ({
				fills: DecorationSet.empty,
				changes: DecorationSet.empty,
				beside: DecorationSet.empty,
				copied: null,
			}),
			apply(tr, was) {
				const told = tr.getMeta(MARKS) as Told | undefined;
				if (!told && !tr.docChanged) return was;
				let fills = was.fills.map(tr.mapping, tr.doc);
				let changes = was.changes.map(tr.mapping, tr.doc);
				let beside = was.beside.map(tr.mapping, tr.doc);
				const copied = told?.copied === undefined ? was.copied : told.copied;
				if (told?.pieces) fills = filled(fills, tr.doc, told.pieces);
				if (told?.beside) beside = DecorationSet.create(tr.doc, widgets(tr.doc, told.beside));
				if (copied === null) changes = DecorationSet.empty;
				else if (told?.copied || told?.again)
					changes = changed(changes, tr.doc, copied, told.copied ? null : (told.again ?? null), removed);
				return { fills, changes, beside, copied };
			},
		},
		props: { decorations: (state) => MARKS.getState(state)?.fills },
	});
	// Sets of their own, so that a key changes one of them and draws none of the others anew.
	const more = (['changes', 'beside'] as const).map(
		(which) => new Plugin({ props: { decorations: (state) => MARKS.getState(state)?.[which] } }),
	);
	return [own, ...more];
}

function filled(set: DecorationSet, doc: Node, pieces: Copybook['pieces']): DecorationSet {
	let made = set;
	doc.forEach((node, pos) => {
		const piece = pieces.get(node.attrs.id);
		if (!piece) return;
		node.forEach((child, offset) => {
			const part = child.type.name as keyof Read;
			if (child.textContent !== piece[part]) return;
			const start = pos + 1 + offset + 1;
			made = made.remove(made.find(start, start + child.content.size));
			made = made.add(
				doc,
				piece.fills[part].map(([from, to, open]) =>
					Decoration.inline(start + from, start + to, { class: open ? 'fill open' : 'fill' }),
				),
			);
		});
	});
	return made;
}

function widgets(doc: Node, all: readonly Beside[]): Decoration[] {
	const ends = new Map<string | null, number>([[null, 0]]);
	doc.forEach((node, pos) => {
		ends.set(node.attrs.id, pos + node.nodeSize);
	});
	return all.flatMap(({ after, key, draw }, n) => {
		const pos = ends.get(after) ?? 0;
		return [Decoration.widget(pos, draw, { key, side: -100 + n, ignoreSelection: true, stopEvent: () => true })];
	});
}

/** Words that were added and removed against what was copied, in some provisions or in all. */
function changed(
	set: DecorationSet,
	doc: Node,
	copied: ReadonlyMap<string, Read>,
	only: ReadonlySet<string> | null,
	removed: string,
): DecorationSet {
	let made = only === null ? DecorationSet.empty : set;
	const drawn: Decoration[] = [];
	doc.forEach((node, pos) => {
		const { id } = node.attrs;
		if (only !== null) {
			if (!only.has(id)) return;
			made = made.remove(made.find(pos, pos + node.nodeSize));
		}
		const base = copied.get(id);
		node.forEach((child, offset) => {
			const part = child.type.name as keyof Read;
			drawn.push(...steps(base?.[part] ?? '', textIn(node, part), pos + 1 + offset + 1, removed));
		});
	});
	return made.add(doc, drawn);
}

function steps(before: string, after: string, start: number, removed: string): Decoration[] {
	const made: Decoration[] = [];
	let at = start;
	for (const { op, text } of worded(before, after)) {
		if (op === 'removed')
			made.push(
				Decoration.widget(at, () => struck(text, removed), { side: -1, key: `${at} ${text}`, ignoreSelection: true }),
			);
		else {
			if (op === 'added') made.push(Decoration.inline(at, at + text.length, { nodeName: 'ins' }));
			at += text.length;
		}
	}
	return made;
}

function struck(text: string, removed: string): HTMLElement {
	const del = document.createElement('del');
	del.contentEditable = 'false';
	const hidden = document.createElement('span');
	hidden.className = 'hidden';
	hidden.textContent = `[${removed}: `;
	const end = hidden.cloneNode() as HTMLElement;
	end.textContent = '] ';
	del.append(hidden, text, end);
	return del;
}
