import type { Failed } from './code.ts';

/** What came of one look at the publisher's page. */
export type FetchView = { readonly at: string; readonly lists: number } & (
	| { readonly outcome: 'unchanged' | 'read' }
	| ({ readonly outcome: 'failed' } & Failed)
);

export interface LastFetch {
	/** The latest attempt, whatever came of it; null before the first. */
	readonly latest: FetchView | null;
	/** The latest that found both lists. */
	readonly success: FetchView | null;
}
