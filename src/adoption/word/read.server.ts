import type { Refusal } from '#library/read/block.ts';
import { type Aside, readingAside } from '#platform/aside.server.ts';
import { readingsOf } from './readings.ts';
import type { Revised } from './revision.ts';

/** How Word files that came back are read in threads. */
export const REVISIONS: Aside<Uint8Array, readonly Revised[] | Refusal> = {
	entry: 'word-thread.js',
	here: readingsOf,
	// A file of five million bytes, read twice, takes some five seconds.
	maxMs: 10_000,
	maxMb: 700,
	slow: {
		refused: 'too_large',
		detail: 'Reading what was changed in the file took more than 10 seconds. Send it in parts.',
	},
	large: {
		refused: 'too_large',
		detail: 'The file needs more memory than a draft may take. Save it without its pictures, or send it in parts.',
	},
	broken: { refused: 'damaged', detail: 'The file is damaged and cannot be read. Save it again in Word.' },
};

/** Reads what a Word file that came back changes, in a thread of its own with bounds: what is made to harm ends there. */
export const readRevisionsAside = readingAside(REVISIONS);
