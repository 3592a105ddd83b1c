import type { Readable } from 'node:stream';
import type { OpenWorld } from '#platform/world.server.ts';
import type { Progress } from './progress.ts';

/** Everything a verb may touch. Results go to `write`, everything else to `say`. */
export interface Io {
	readonly stdin: Readable;
	/** Characters in a line of the terminal; null where results go to a file or a pipe. */
	readonly width: number | null;
	/** Whether results would be shown on a screen (a binary result should then be refused). */
	readonly screen: boolean;
	/** Whether that screen shows colours, and NO_COLOR does not ask for none. */
	readonly colours: boolean;
	/** Aborted by the first SIGINT or SIGTERM: finish the step at hand and return. */
	readonly signal: AbortSignal;
	/** Writes to standard output and waits while the reader is slow. Throws when the reader has gone (`| head`). */
	write(text: string | Uint8Array): Promise<void>;
	/** One sentence to standard error. */
	say(sentence: string): void;
	/** A bar on standard error, only on a terminal and only after a second. */
	progress(label: string): Progress;
	/** The world, opened at the first call and closed when the verb ends. Joins the database of a running server. */
	world(): Promise<OpenWorld>;
}
