import { oneLine } from '#kernel/one-line.ts';
import type { Aside, Copybook, Leaf } from './copybook.ts';
import type { Batch } from './exchange.ts';
import { type Read, sameRead } from './piece.ts';

/** What a browser keeps of words that are not in the draft yet, until they are: over a lost connection, a closed window, a session that ended. */
export interface KeptWords {
	/** What was sent and not answered. */
	readonly batch: Batch | null;
	/** Words that were typed, and those that they were typed over. */
	readonly words: readonly {
		readonly id: string;
		readonly base: Read;
		readonly mine: Read;
		readonly after: string | null;
	}[];
	/** What is new, and the provision that it follows. */
	readonly fresh: readonly (Leaf & { readonly after: string | null })[];
}

/** What is to be kept; null where everything is in the draft. */
export function keptOf(book: Copybook, leaves: readonly Leaf[]): KeptWords | null {
	const words: KeptWords['words'][number][] = [];
	const fresh: KeptWords['fresh'][number][] = [];
	let last: string | null = null;
	for (const leaf of leaves) {
		const { id, heading, words: typed } = leaf;
		const piece = book.pieces.get(id);
		if (leaf.fresh !== null) {
			if (oneLine(heading + typed) !== '') fresh.push({ ...leaf, after: last });
			continue;
		}
		if (piece && (book.bases.has(id) || !sameRead(piece, leaf))) {
			const { heading: headed, words: read } = book.bases.get(id) ?? piece;
			words.push({ id, base: { heading: headed, words: read }, mine: { heading, words: typed }, after: last });
		}
		last = id;
	}
	if (book.flight === null && words.length === 0 && fresh.length === 0) return null;
	return { batch: book.flight, words, fresh };
}

/** An editor that was just opened, with what was kept put over what it has; what has no place any more is set aside. */
export function resumed(
	book: Copybook,
	leaves: readonly Leaf[],
	{ batch, words, fresh }: KeptWords,
): { readonly book: Copybook; readonly leaves: readonly Leaf[]; readonly aside: readonly Aside[] } {
	const bases = new Map(book.bases);
	const mine = new Map(words.map((one) => [one.id, one]));
	const made: Leaf[] = [];
	const put = (after: string | null) => {
		for (const { after: behind, ...leaf } of fresh) if (behind === after) made.push(leaf);
	};
	put(null);
	for (const leaf of leaves) {
		const kept = mine.get(leaf.id);
		if (kept) {
			bases.set(leaf.id, kept.base);
			made.push({ ...leaf, ...kept.mine });
		} else made.push(leaf);
		put(leaf.id);
	}
	const there = new Set<string | null>([null, ...leaves.map(({ id }) => id)]);
	const lost = words
		.filter(({ id }) => !there.has(id))
		.map(({ id, mine: own, after }) => ({ id, ...own, after, depth: 0 }));
	const stray = fresh
		.filter(({ after }) => !there.has(after))
		.map(({ id, heading, words: typed, after, depth }) => ({ id, heading, words: typed, after, depth }));
	return { book: { ...book, bases, flight: batch }, leaves: made, aside: [...lost, ...stray] };
}

/** What a browser gives back, where it is what was kept; null for anything else. */
export function keptFrom(text: string): KeptWords | null {
	try {
		const { batch, words, fresh } = JSON.parse(text) as Partial<KeptWords>;
		if (batch === undefined || !Array.isArray(words) || !Array.isArray(fresh)) return null;
		const read = (one: Read | undefined) => typeof one?.heading === 'string' && typeof one.words === 'string';
		return words.every(({ base, mine }) => read(base) && read(mine)) && fresh.every(read)
			? { batch, words, fresh }
			: null;
	} catch {
		return null;
	}
}
