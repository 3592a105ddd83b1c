import type { Day } from '#kernel/day.ts';
import type { Model } from './model.ts';

/** Where an agreement stands on the latest list of its kind. */
export const STANDINGS = ['listed', 'missing', 'removed', 'returned', 'replaced'] as const;
export type Standing = (typeof STANDINGS)[number];

/** agency x model x date signed. */
export interface Agreement {
	readonly id: string;
	readonly formerIds: readonly string[];
	readonly agencyId: string;
	readonly model: Model;
	/** As on the latest list that holds it (corrections change how it is shown, never when it began). */
	readonly signed: Day | null;
	/** Instant of the first and of the latest list that holds it. */
	readonly firstListed: string;
	readonly lastListed: string;
	readonly standing: Standing;
	readonly moa: string | null;
	readonly addendum: string | null;
	/** The row on the latest list that holds it. */
	readonly sha256: string;
	readonly row: number;
}

/** agency x model on the pending list, from its first list to its last without a break of two. */
export interface Application {
	readonly id: string;
	readonly formerIds: readonly string[];
	readonly agencyId: string;
	readonly model: Model;
	readonly firstListed: string;
	readonly lastListed: string;
	/** `missing`: not on the latest list, and nothing yet says why. */
	readonly standing: 'pending' | 'missing' | 'granted' | 'gone';
	/** The agreement that was listed after it. */
	readonly agreementId: string | null;
	readonly sha256: string;
	readonly row: number;
}
