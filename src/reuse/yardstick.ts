import type { Weighing } from '#concordance/background.ts';

/** What all texts are weighed by, and its name: what two yardsticks found cannot be compared. */
export interface Yardstick {
	readonly algorithm: string;
	/** Chooses fingerprints: the same in every installation. */
	readonly choosing: Weighing;
	/** Weighs passages: what is common on this shelf is boilerplate here. */
	readonly scoring: Weighing;
}
