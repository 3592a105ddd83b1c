import type { Weighing } from '#concordance/background.ts';

/** What all texts are weighed by, and its name: what two yardsticks chose cannot be compared. */
export interface Yardstick {
	readonly algorithm: string;
	readonly weighing: Weighing;
}
