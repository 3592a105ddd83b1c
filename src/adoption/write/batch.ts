import { oneLine } from '#kernel/one-line.ts';
import type { Place } from '../structure/outline.ts';
import { type Copybook, type Leaf, restOf, together } from './copybook.ts';
import { type Batch, type Deed, MOST_WORDS, type TypedWords } from './exchange.ts';
import { plainly, type Read, sameRead } from './piece.ts';

/**
 * What an editor sends next: words that are not in the draft, and after them what was split off or added, or else the change of
 * the structure that somebody asks for. Words that clash wait until somebody decided. Null where there is nothing to send.
 * @param id of the batch, never used before
 */
export function batchOf(book: Copybook, leaves: readonly Leaf[], wish: Deed | null, id: string): Batch | null {
	const words = leaves.flatMap((leaf, at) => typedIn(book, leaf, restOf(leaves, at)));
	const deed = words.length > MOST_WORDS ? null : (birthIn(book, leaves) ?? wish);
	if (words.length === 0 && deed === null) return null;
	return { id, since: book.seq, words: words.slice(0, MOST_WORDS), deed };
}

/** Whether what an editor sent makes something that has no name in the draft yet: nothing can be done with it until it has. */
export function isUnderWay({ flight }: Copybook, name: string): boolean {
	const deed = flight?.deed;
	return deed?.act === 'split' ? deed.names.includes(name) : deed?.act === 'added' && deed.name === name;
}

function typedIn(book: Copybook, leaf: Leaf, rest: readonly Leaf[]): readonly TypedWords[] {
	const piece = book.pieces.get(leaf.id);
	if (leaf.fresh !== null || !piece || book.bases.has(leaf.id)) return [];
	const whole = plainly(rest.reduce<Read>(together, leaf));
	const stuck = book.stuck.get(leaf.id);
	if (sameRead(piece, whole) || (stuck && sameRead(stuck, whole))) return [];
	return [{ id: leaf.id, ...whole }];
}

/** The first change that makes something new of what the draft does not have yet. */
function birthIn(book: Copybook, leaves: readonly Leaf[]): Deed | null {
	for (const [at, leaf] of leaves.entries()) {
		if (leaf.fresh === null) {
			const rest = restOf(leaves, at);
			if (rest.length === 0 || book.bases.has(leaf.id)) continue;
			const paragraphs = [leaf, ...rest].map(({ words }) => oneLine(words));
			if (paragraphs.includes('')) continue;
			return { act: 'split', provision: leaf.id, paragraphs, names: rest.map(({ id }) => id) };
		}
		if (leaf.fresh === 'split' || oneLine(leaf.heading + leaf.words) === '') continue;
		return { act: 'added', name: leaf.id, place: placeIn(leaves, at), ...plainly(leaf) };
	}
	return null;
}

/** Where something new stands: after the provision before it, or first in it. */
function placeIn(leaves: readonly Leaf[], at: number): Place {
	let inside = false;
	for (let before = at; before >= 0; before--) {
		const leaf = leaves[before];
		if (!leaf || leaf.fresh === null) return inside ? { first: leaf?.id ?? null } : { after: leaf?.id ?? '' };
		inside ||= leaf.fresh === 'inside';
	}
	return { first: null };
}
