import { worded } from '#concordance/redline.ts';

/** Words of a clause of another city. */
export interface Theirs {
	readonly heading: string | null;
	readonly text: string;
	readonly placeId: string | null;
}

/** A phrase that several cities have at a point, and a draft has not. */
export interface Shared {
	readonly words: string;
	/** Cities that have it, of all that have the clause. */
	readonly cities: number;
	readonly of: number;
}

/** Fewer letters are no phrase that anybody looks for. */
const SHORTEST = 4;

/**
 * The phrase that most cities put into a clause where a draft has it not; null where no two of them, or less than half, have the same.
 * @param ours words of the draft as they are read
 */
export function sharedAddition(ours: string, theirs: readonly Theirs[]): Shared | null {
	const cities = new Map<string, Set<string>>();
	const all = new Set<string>();
	for (const { text, placeId } of theirs) {
		if (placeId === null) continue;
		all.add(placeId);
		for (const { op, text: words } of worded(ours, text)) {
			const phrase = words.trim().replace(/^[,;.]\s*|\s*[,;.]$/g, '');
			if (op !== 'added' || phrase.length < SHORTEST) continue;
			cities.set(phrase, (cities.get(phrase) ?? new Set()).add(placeId));
		}
	}
	const [most] = [...cities].toSorted(([a, one], [b, other]) => other.size - one.size || b.length - a.length);
	if (!most || most[1].size < 2 || 2 * most[1].size < all.size) return null;
	return { words: most[0], cities: most[1].size, of: all.size };
}

/** Whether words read the same: spacing, quotation marks and dashes may differ. */
export function readsAlike(ours: string, theirs: string): boolean {
	if (ours === theirs) return true;
	// What differs in a letter needs no closer look.
	const letters = (words: string) => words.replaceAll(/[^\p{L}\p{N}]+/gu, '');
	return letters(ours) === letters(theirs) && worded(ours, theirs).every(({ op }) => op === 'same');
}

/** Clauses of one wording together, in the order in which each wording comes first. */
export function byWording<T extends Theirs>(clauses: readonly T[]): readonly (readonly [T, ...T[]])[] {
	const found = new Map<string, [T, ...T[]]>();
	for (const one of clauses) {
		const key = `${one.heading ?? ''}\n${one.text}`;
		const alike = found.get(key);
		if (alike) alike.push(one);
		else found.set(key, [one]);
	}
	return [...found.values()];
}
