import { oneLine } from '#kernel/one-line.ts';
import { type Leaf, restOf, together } from './leaf.ts';
import { type Order, type Piece, plainly, type Read } from './piece.ts';
import { nextSibling } from './place.ts';

/** The draft as an editor knows it. */
interface Known {
	readonly order: Order;
	readonly pieces: ReadonlyMap<string, Piece>;
}

/** What stands in an editor, and what words were typed over where that is not what the draft has. */
interface Typed {
	readonly leaves: readonly Leaf[];
	readonly bases: ReadonlyMap<string, Read>;
}

/** Two that were joined, if the second went: what was typed in it meanwhile goes with it. */
export function joinedWith(
	id: string,
	gone: string | null,
	{ leaves, bases: known }: Typed,
	{ pieces }: Known,
	order: Order,
): Typed {
	const [at, next] = [leaves.findIndex((leaf) => leaf.id === id), leaves.findIndex((leaf) => leaf.id === gone)];
	const [one, two] = [leaves[at], leaves[next]];
	if (gone === null || !one || !two || order.some(([other]) => other === gone)) return { leaves, bases: known };
	const bases = new Map(known);
	const [first, second] = [one, two].map((leaf) => bases.get(leaf.id) ?? pieces.get(leaf.id) ?? leaf);
	if (!first || !second) return { leaves, bases };
	bases.set(id, together(plainly(first), plainly(second)));
	bases.delete(gone);
	// What was split off either of them meanwhile is part of the whole.
	const [own, others] = [restOf(leaves, at), restOf(leaves, next)];
	const behind = others.reduce<Read>(together, two);
	const { heading } = together(one, behind);
	const last = own.at(-1) ?? one;
	const { words } = together(last, behind);
	return {
		leaves: leaves.flatMap((leaf) => {
			if (leaf === two || others.includes(leaf)) return [];
			return [{ ...leaf, ...(leaf === one ? { heading } : {}), ...(leaf === last ? { words } : {}) }];
		}),
		bases,
	};
}

/**
 * The same for what somebody else joined: what was typed in a provision goes with its words to where the draft has them now. Where
 * they are not found in the one before, nobody can say that they were joined.
 */
export function joinedElsewhere(typed: Typed, book: Known, now: Known): Typed {
	const there = new Set(now.order.map(([id]) => id));
	let made = typed;
	for (const [id] of book.order) {
		let gone = there.has(id) ? nextSibling(book.order, id) : null;
		while (gone !== null && !there.has(gone) && hasTaken(id, gone, made, book, now)) {
			made = joinedWith(id, gone, made, book, now.order);
			gone = nextSibling(book.order, gone);
		}
	}
	return made;
}

/** Whether a provision has the words of one that went, and had not before. */
function hasTaken(id: string, gone: string, { bases }: Typed, book: Known, now: Known): boolean {
	const [was, is] = [book.pieces.get(id), now.pieces.get(id)];
	const words = bases.get(gone) ?? book.pieces.get(gone);
	if (!was || !is || !words || oneLine(words.heading + words.words) === '') return false;
	const has = (whole: Read, part: Read) =>
		oneLine(whole.words).includes(oneLine(part.words)) && oneLine(whole.heading).includes(oneLine(part.heading));
	return has(is, words) && !has(was, words);
}
