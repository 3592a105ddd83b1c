import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '#platform/root.server.ts';
import type { Blocks, Refusal } from './block.ts';
import { readBytes } from './read.ts';

/** A chapter of 1,000 pages takes one second; whatever takes longer than this would hold up those who wait. */
const MAX_MS = 5_000;
/** The largest municipal code as a PDF takes some 300 MB while it is read. */
const MAX_MB = 700;
/** More at once would leave no core for the pages. */
const MOST_THREADS = 4;
/** A thread that nobody needed for so long gives its memory back. */
const IDLE_MS = 15_000;
const ENTRY = 'reading-thread.js';

interface Job {
	readonly bytes: Uint8Array;
	readonly name: string;
	readonly done: (result: Blocks | Refusal) => void;
}

interface Resting {
	readonly thread: Worker;
	readonly clock: NodeJS.Timeout;
}

/**
 * Reads files in threads. Only where the code was built is there a thread to start (`reading-thread.js` beside it); in
 * development files are read where they are asked for.
 */
export function readingAside(entry: string | null = entryAround()): {
	read(bytes: Uint8Array, name: string): Promise<Blocks | Refusal>;
} {
	const most = Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1));
	const idle: Resting[] = [];
	const waiting: Job[] = [];
	let running = 0;

	function next(): void {
		while (waiting.length > 0 && running < most) start(waiting.shift() as Job);
	}

	function start(job: Job): void {
		running++;
		const thread = taken();
		const clock = setTimeout(() => end(SLOW, false), MAX_MS);
		let ended = false;
		function end(result: Blocks | Refusal, reusable: boolean): void {
			if (ended) return;
			ended = true;
			clearTimeout(clock);
			running--;
			quiet(thread);
			// A thread that is being ended may still fail.
			thread.on('error', () => undefined);
			if (reusable) rest(thread);
			else void thread.terminate();
			job.done(result);
			next();
		}
		thread.on('message', (result: Blocks | Refusal) => end(result, true));
		thread.on('error', (cause) => end('code' in cause && cause.code === OUT_OF_MEMORY ? LARGE : BROKEN, false));
		thread.on('exit', () => end(BROKEN, false));
		thread.postMessage({ bytes: job.bytes, name: job.name });
	}

	function rest(thread: Worker): void {
		const resting: Resting = { thread, clock: setTimeout(() => leave(resting), IDLE_MS) };
		resting.clock.unref();
		thread.unref();
		thread.once('exit', () => leave(resting));
		idle.push(resting);
	}

	function leave(resting: Resting): void {
		const at = idle.indexOf(resting);
		if (at >= 0) idle.splice(at, 1);
		void resting.thread.terminate();
	}

	function taken(): Worker {
		const resting = idle.pop();
		if (!resting) return new Worker(entry as string, { resourceLimits: { maxOldGenerationSizeMb: MAX_MB } });
		clearTimeout(resting.clock);
		quiet(resting.thread);
		resting.thread.ref();
		return resting.thread;
	}

	return {
		read(bytes, name) {
			if (entry === null) return readBytes(bytes, name);
			return new Promise((done) => {
				waiting.push({ bytes, name, done });
				next();
			});
		},
	};
}

/** By name: the thread listens for listeners of its own, and hears no message any more without that. */
function quiet(thread: Worker): void {
	for (const event of ['message', 'error', 'exit']) thread.removeAllListeners(event);
}

/** The thread's built entry, looked for upwards from the running file to the folder of the installation. */
function entryAround(): string | null {
	const root = packageRoot();
	for (let folder = dirname(fileURLToPath(import.meta.url)); folder.startsWith(root); folder = dirname(folder)) {
		const found = [join(folder, ENTRY), join(folder, 'cli', ENTRY)].find((file) => existsSync(file));
		if (found) return found;
	}
	return null;
}

const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';
const SLOW: Refusal = {
	refused: 'damaged',
	detail:
		'Reading the file took more than 5 seconds, which no text needs. Save it again, or offer its parts as files of their own.',
};
const LARGE: Refusal = {
	refused: 'too_large',
	detail: 'The file needs more memory than a text may take. Save it without its pictures, or in parts.',
};
const BROKEN: Refusal = {
	refused: 'damaged',
	detail: 'The file is damaged and cannot be read. Save it again, or offer a PDF of it.',
};
