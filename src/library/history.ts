import type { Fact } from './policy.ts';

/** A fact with the policy it is of; one that was wrong is withdrawn and says why. */
export interface WorkFact extends Fact {
	readonly workId: string;
	/** Path of the policy below /library. */
	readonly address: string;
	/** Of the policy. */
	readonly title: string;
	/** ISO instants; null for a fact that stands. */
	readonly addedAt: string;
	readonly withdrawnAt: string | null;
	readonly withdrawnReason: string | null;
}
