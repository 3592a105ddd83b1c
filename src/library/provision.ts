/** What a piece of a policy is. The names of the levels are those of Akoma Ntoso 3.0; `level.ts` says how drafters number each. */
export const PROVISION_KINDS = [
	/** Words before the enacting clause that are no recital: long title, sponsors. */
	'preface',
	'recital',
	/** The enacting or ordaining clause. */
	'formula',
	'title',
	'chapter',
	'article',
	'part',
	'section',
	'subsection',
	'paragraph',
	'subparagraph',
	'clause',
	'item',
	/** One defined term. */
	'definition',
	/** Holds the words that an amending act puts into another text. */
	'quoted',
	/** Unnumbered words after the pieces of a provision that belong to the whole of it. */
	'wrapup',
	/** Unnumbered words of their own, and what could not be placed: shown, never dropped. */
	'text',
	'table',
	/** Signatures, dates of passage, notes of the drafting office. */
	'conclusion',
] as const;
export type ProvisionKind = (typeof PROVISION_KINDS)[number];

/** Stretch of a redline: words that stand in both readings, or in one. */
export interface Piece {
	readonly op: 'same' | 'added' | 'removed';
	readonly text: string;
}

/** What an act that amends made of a provision. */
export type ProvisionState = 'same' | 'added' | 'changed' | 'removed';

/** Number, heading and words of a provision as they read at one moment. */
export interface Reading {
	/** As printed: `§ 9-131.`, `(a)`, `Section 1.`; null where there is none. */
	readonly number: string | null;
	readonly heading: string | null;
	/** Its own words, without those of the provisions inside it; empty where it has none. */
	readonly text: string;
}

/**
 * A piece of a policy that can be cited. Provisions of one text stand in an array in document order; the tree is in
 * `parent`. The reading fields say how it reads *after* the act (for a removed one: how it read before).
 */
export interface Provision extends Reading {
	/** By the Akoma Ntoso naming convention, unique in its text: `sec_2__subsec_b__para_1`. */
	readonly eId: string;
	readonly kind: ProvisionKind;
	/** Index of the provision it lies in; null at the top. Always smaller than its own index. */
	readonly parent: number | null;
	/** Stretch of the canonical text, [start, end): number, heading and own words. Empty where it was removed. */
	readonly start: number;
	readonly end: number;
	readonly state: ProvisionState;
	/** How it read before; null where nothing in it changed, or it did not exist. */
	readonly before: Reading | null;
	/** Redline of its own words with number and heading, in reading order; null where nothing in it changed. */
	readonly redline: readonly Piece[] | null;
}

/** What an amending section does to another text. */
export interface Amendment {
	/** eId of the section that says so. */
	readonly by: string;
	readonly action: 'amend' | 'add' | 'repeal' | 'renumber';
	/** What is amended, as named: `section 9-131 of the administrative code of the city of New York`. */
	readonly target: string;
	/** eId of the quoted words; null where there are none. */
	readonly quoted: string | null;
}

/** What was odd, with the place in the source, for the person in charge of the import. */
export interface Problem {
	/** From a closed list, documented in docs/library/problems.md. */
	readonly code: string;
	/** Index of the block it arose in; null where it concerns the whole file. */
	readonly block: number | null;
	readonly detail: string;
}

/** A text as the library keeps it. */
export interface Text {
	/** Every provision in order, one line each: number, heading, words, as far as it has them, joined by a space. */
	readonly text: string;
	readonly provisions: readonly Provision[];
	readonly amendments: readonly Amendment[];
	readonly problems: readonly Problem[];
}
