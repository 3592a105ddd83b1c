import { oneLine } from '#kernel/one-line.ts';
import { type Aside, type Copybook, type Leaf, restOf } from './copybook.ts';
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
	/** Words that had no provision any more. */
	readonly aside: readonly Aside[];
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
	if (book.flight === null && words.length + fresh.length + book.aside.length === 0) return null;
	return { batch: book.flight, words, fresh, aside: book.aside };
}

/**
 * An editor with what another window kept put over what it has. What has no place any more is set aside, and so are other words
 * for a provision in which somebody types here: nothing that was typed in either window is written over.
 */
export function resumed(
	book: Copybook,
	leaves: readonly Leaf[],
	{ batch, words, fresh, aside }: KeptWords,
): { readonly book: Copybook; readonly leaves: readonly Leaf[] } {
	const own = new Map(leaves.map((leaf, at) => [leaf.id, { leaf, rest: restOf(leaves, at) }]));
	const there = (id: string | null) => id === null || own.has(id);
	const isTaken = ({ id, mine }: KeptWords['words'][number]) => {
		const { leaf, rest } = own.get(id) ?? { leaf: null, rest: [] };
		const piece = book.pieces.get(id);
		if (!leaf || !piece || sameRead(leaf, mine)) return !leaf;
		return book.bases.has(id) || rest.length > 0 || !sameRead(piece, leaf);
	};
	const taken = new Set(words.filter(isTaken).map(({ id }) => id));
	const mine = new Map(words.filter(({ id }) => !taken.has(id)).map((one) => [one.id, one]));
	// What was split off goes with the words that it ends.
	const isStray = ({ id, after, fresh: how }: KeptWords['fresh'][number]) =>
		own.has(id) || !there(after) || (how === 'split' && after !== null && taken.has(after));
	const strays = fresh.filter(isStray);
	const bases = new Map(book.bases);
	const behind = (id: string | null) =>
		fresh.filter((one) => one.after === id && !strays.includes(one)).map(({ after: _, ...leaf }) => leaf);
	const made = leaves.flatMap((leaf) => {
		const kept = mine.get(leaf.id);
		if (kept) bases.set(leaf.id, kept.base);
		return [kept ? { ...leaf, ...kept.mine } : leaf, ...behind(leaf.id)];
	});
	const set = [
		...words
			.filter(({ id }) => taken.has(id))
			.map(({ id, mine: read, after }) => ({ ...{ id, ...read, depth: 0 }, after: own.has(id) ? id : after })),
		...strays
			.filter((one) => !isSame(own.get(one.id)?.leaf, one))
			.map(({ id, heading, words: typed, after, depth }) => ({ id, heading, words: typed, after, depth })),
	];
	return {
		book: { ...book, bases, flight: without(batch, taken), aside: [...book.aside, ...aside, ...set] },
		leaves: [...behind(null), ...made],
	};
}

function isSame(leaf: Read | undefined, other: Read): boolean {
	return leaf !== undefined && sameRead(leaf, other);
}

/** What was under way, without the words that are set aside, and without what was to be done to them. */
function without(batch: Batch | null, taken: ReadonlySet<string>): Batch | null {
	if (batch === null) return null;
	const { words, deed } = batch;
	const about = deed && 'provision' in deed && taken.has(deed.provision);
	return { ...batch, words: words.filter(({ id }) => !taken.has(id)), deed: about ? null : deed };
}

/** All words that were kept. */
export function readingsIn({ words, fresh, aside }: KeptWords): readonly Read[] {
	return [...words.map(({ mine }) => mine), ...fresh, ...aside];
}

/** What a browser gives back, where it is what was kept; null for anything else. */
export function keptFrom(text: string): KeptWords | null {
	try {
		const { batch, words, fresh, aside = [] } = JSON.parse(text) as Partial<KeptWords>;
		if (batch === undefined || !Array.isArray(words) || !Array.isArray(fresh) || !Array.isArray(aside)) return null;
		const read = (one: Read | undefined) => typeof one?.heading === 'string' && typeof one.words === 'string';
		return words.every(({ base, mine }) => read(base) && read(mine)) && [...fresh, ...aside].every(read)
			? { batch, words, fresh, aside }
			: null;
	} catch {
		return null;
	}
}
