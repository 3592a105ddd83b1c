import { Conflict } from '#kernel/error.ts';

/** How the same words read on each side; null where a side has none. */
export interface Readings {
	/** As they read before either side wrote. */
	readonly base: string | null;
	/** As the draft has them now. */
	readonly draft: string | null;
	/** As whoever asks would have them. */
	readonly wanted: string | null;
}

/** Both sides changed the same words: nothing was kept, and all readings are told. */
export class Clash extends Conflict {
	readonly readings: readonly Readings[];
	constructor(message: string, readings: readonly Readings[]) {
		super(message);
		this.readings = readings;
	}
}
