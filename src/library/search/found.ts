import type { Day } from '#kernel/day.ts';
import type { TextLanguage } from '../policy.ts';
import type { WorkLine } from '../view.ts';
import type { Facet } from './asked.ts';

/** What a search gives: one page of hits, best first, and what it can be narrowed by. */
export interface Found {
	/** Exact: provisions that match, or policies where no words were asked for. */
	readonly total: number;
	/** Pages that can be opened; beyond the best thousand hits there are none. */
	readonly pages: number;
	readonly hits: readonly Hit[];
	/** A list's own choice does not lower its counts. Most frequent first, years latest first. */
	readonly facets: Readonly<Record<Facet, readonly FacetValue[]>>;
	/** Null where everything that was typed was looked for. */
	readonly notice: Notice | null;
}

/** A provision that matches, or a policy, then at its first words. */
export interface Hit {
	readonly work: WorkLine;
	readonly version: {
		/** Path below /library. */
		readonly address: string;
		readonly day: Day;
		readonly nth: number;
		readonly language: TextLanguage;
		readonly official: boolean;
	};
	readonly eId: string;
	/** Of the provision, below /library. */
	readonly address: string;
	readonly number: string | null;
	readonly heading: string | null;
	/** What it lies in, outermost first: number and heading as printed. */
	readonly within: readonly string[];
	/** Words around the best place, in order. */
	readonly snippet: readonly SnippetPiece[];
}

export interface SnippetPiece {
	readonly text: string;
	readonly hit: boolean;
}

export interface FacetValue {
	readonly value: string;
	/** Name of a place; null where the value is a code that the page has words for. */
	readonly label: string | null;
	readonly count: number;
	readonly chosen: boolean;
}

/**
 * What was done because too little had all the words. `relaxed`: these words, the most telling, were enough.
 * `corrected`: these words were taken for words that no text has.
 */
export interface Notice {
	readonly kind: 'relaxed' | 'corrected';
	readonly words: readonly string[];
}
