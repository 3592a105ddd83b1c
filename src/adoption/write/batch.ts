import { oneLine } from '#kernel/one-line.ts';
import { MOST_PARAGRAPHS, type Place } from '../structure/outline.ts';
import { type Copybook, type Leaf, restOf, together } from './copybook.ts';
import { type Batch, type Deed, LONGEST, MOST_WORDS, type TypedWords } from './exchange.ts';
import { plainly, type Read, sameRead } from './piece.ts';

/** Characters of words that are sent at once: a site takes two million bytes. */
const MOST_LETTERS = 300_000;

/**
 * What an editor sends next: words that are not in the draft, and after them what was split off or added, or else the change of
 * the structure that somebody asks for. Words that clash wait until somebody decided, those that are too long until they are
 * shorter. Null where there is nothing to send.
 * @param id of the batch, never used before
 */
export function batchOf(book: Copybook, leaves: readonly Leaf[], wish: Deed | null, id: string): Batch | null {
	const parts = loosened(book, leaves);
	const typed = parts.flatMap((leaf, at) => typedIn(book, leaf, restOf(parts, at)));
	const words: TypedWords[] = [];
	let letters = 0;
	for (const one of typed.slice(0, MOST_WORDS)) {
		letters += one.heading.length + one.words.length;
		if (letters > MOST_LETTERS) break;
		words.push(one);
	}
	const deed = words.length < typed.length ? null : (birthIn(book, parts) ?? wish);
	return words.length === 0 && deed === null ? null : { id, since: book.seq, words, deed };
}

/** Whether anything is held up because it is too long. */
export function isHeldUp(book: Copybook, leaves: readonly Leaf[]): boolean {
	return loosened(book, leaves).some((leaf, at, parts) => isTooLong(book, leaf, restOf(parts, at)));
}

/** What was split off words that are too long as a whole counts as added after them: so they can be made shorter. */
function loosened(book: Copybook, leaves: readonly Leaf[]): readonly Leaf[] {
	let loose = false;
	return leaves.map((leaf, at) => {
		if (leaf.fresh !== 'split') loose = isTooLong(book, leaf, restOf(leaves, at));
		return loose && leaf.fresh === 'split' ? { ...leaf, fresh: 'added' } : leaf;
	});
}

/** Whether words, with what was split off them, are too long to be sent, or were when they were sent. */
function isTooLong(book: Copybook, leaf: Leaf, rest: readonly Leaf[]): boolean {
	const stuck = book.stuck.get(leaf.id);
	const letters = [leaf, ...rest].reduce((sum, one) => sum + one.heading.length + one.words.length, 0);
	return letters > LONGEST || (stuck !== undefined && sameRead(stuck, rest.reduce<Read>(together, leaf)));
}

/** Whether what an editor sent makes something that has no name in the draft yet: nothing can be done with it until it has. */
export function isUnderWay({ flight }: Copybook, name: string): boolean {
	const deed = flight?.deed;
	return deed?.act === 'split' ? deed.names.includes(name) : deed?.act === 'added' && deed.name === name;
}

function typedIn(book: Copybook, leaf: Leaf, rest: readonly Leaf[]): readonly TypedWords[] {
	const piece = book.pieces.get(leaf.id);
	if (leaf.fresh !== null || !piece || book.bases.has(leaf.id)) return [];
	const whole = rest.reduce<Read>(together, leaf);
	if (sameRead(piece, whole) || isTooLong(book, leaf, rest)) return [];
	return [{ id: leaf.id, ...plainly(whole) }];
}

/** The first change that makes something new of what the draft does not have yet. */
function birthIn(book: Copybook, leaves: readonly Leaf[]): Deed | null {
	for (const [at, leaf] of leaves.entries()) {
		if (leaf.fresh === null) {
			const rest = restOf(leaves, at);
			if (rest.length === 0 || book.bases.has(leaf.id)) continue;
			const parts = [leaf, ...rest].map(({ words }) => oneLine(words));
			if (parts.includes('')) continue;
			// What are more than the draft splits at once are split off the last of them next.
			const paragraphs = [...parts.slice(0, MOST_PARAGRAPHS - 1), parts.slice(MOST_PARAGRAPHS - 1).join(' ')];
			const names = rest.slice(0, MOST_PARAGRAPHS - 1).map(({ id }) => id);
			return { act: 'split', provision: leaf.id, paragraphs: paragraphs.filter((one) => one !== ''), names };
		}
		if (leaf.fresh === 'split' || oneLine(leaf.heading + leaf.words) === '' || isTooLong(book, leaf, [])) continue;
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
