import type { Read } from './piece.ts';

/** A provision as it stands in the editor; what is `fresh` the draft does not have yet. */
export interface Leaf extends Read {
	/** As the draft names it; what is fresh goes by a name that the editor gave it. */
	readonly id: string;
	readonly depth: number;
	/** Null for what the draft has; `split`: the rest of the provision before it; `added`: new after it, `inside`: new in it. */
	readonly fresh: 'split' | 'added' | 'inside' | null;
}

/** What was split off a provision and is not the draft's yet: its own words end with it there. */
export function restOf(leaves: readonly Leaf[], at: number): readonly Leaf[] {
	if (leaves[at]?.fresh === 'split') return [];
	let end = at + 1;
	while (leaves[end]?.fresh === 'split') end++;
	return leaves.slice(at + 1, end);
}

/** As the draft joins two: `Costs; Transfer` over the words of both. */
export function together(one: Read, two: Read): Read {
	const heading =
		one.heading === '' || two.heading === ''
			? one.heading + two.heading
			: `${one.heading.trimEnd().replace(/[.;:]$/, '')}; ${two.heading}`;
	return { heading, words: [one.words.trimEnd(), two.words].filter((part) => part.trim() !== '').join(' ') };
}
