import type { Day } from '#kernel/day.ts';

/** Whether the words grant something, or say that it is not granted. */
export const POLARITIES = ['gives', 'denies'] as const;
export type Polarity = (typeof POLARITIES)[number];

/** Without exception; with exceptions named in the text; only as far as other law lets it. */
export const STRENGTHS = ['absolute', 'carve_out', 'subject_to_law'] as const;
export type Strength = (typeof STRENGTHS)[number];

/** Where a coding stands: a first person said so; a second agreed; it was taken back. Only `confirmed` is ever counted. */
export const CODING_STATES = ['proposed', 'confirmed', 'withdrawn'] as const;
export type CodingState = (typeof CODING_STATES)[number];

/** That words of a provision give or deny something, by a code of the taxonomy. */
export interface Coding {
	readonly id: string;
	readonly workId: string;
	readonly expressionId: string;
	readonly eId: string;
	/** Path below /library of the provision. */
	readonly address: string;
	/** Title of its version. */
	readonly title: string;
	/** Day of its version. */
	readonly day: Day;
	readonly code: string;
	readonly taxonomy: string;
	readonly polarity: Polarity;
	readonly strength: Strength;
	/** Exactly as they stand in the canonical text at [start, end). */
	readonly words: string;
	readonly start: number;
	readonly end: number;
	readonly note: string | null;
	readonly state: CodingState;
	readonly author: string;
	/** ISO instants; null where it did not happen. */
	readonly at: string;
	readonly confirmedBy: string | null;
	readonly confirmedAt: string | null;
	readonly withdrawnBy: string | null;
	readonly withdrawnAt: string | null;
	readonly withdrawnReason: string | null;
}

/** A coding before it is kept. */
export interface NewCoding {
	readonly eId: string;
	/** Code or short form. */
	readonly code: string;
	readonly polarity: Polarity;
	readonly strength: Strength;
	readonly words: string;
	readonly note: string | null;
}
