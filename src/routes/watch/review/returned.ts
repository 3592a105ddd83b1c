import type { WishFault } from '#watch/wish.ts';

/** What comes back to the form that it was sent from, with what is wrong. */
export interface Returned {
	/** Which form of the page it was. */
	readonly form: string;
	readonly names: readonly string[];
	readonly others: string;
	readonly into: string;
	readonly day: string;
	readonly county: string;
	readonly reason: string;
	/** What the author says is no number of a person; null where none was found. */
	readonly said: readonly string[] | null;
	readonly fault: WishFault | 'reason' | 'gone' | null;
}
