import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { packageRoot } from './root.server.ts';

/** More at once would leave no core for the pages. */
const MOST_THREADS = 4;
/** A thread that nobody needed for so long gives its memory back. */
const IDLE_MS = 15_000;

/** What is read in threads of its own, and within which bounds. A job and its result are copied from thread to thread. */
export interface Aside<Job, Result> {
	/** Name of what was built for the thread: it answers every message, a job, with its result. */
	readonly entry: string;
	/** Reads where nothing was built, in development: in the thread that asks. */
	readonly here: (job: Job) => Result | Promise<Result>;
	readonly maxMs: number;
	readonly maxMb: number;
	/** What is said of a job that takes longer, that needs more memory, and that breaks its thread. */
	readonly slow: Result;
	readonly large: Result;
	readonly broken: Result;
}

interface Waiting<Job, Result> {
	readonly job: Job;
	readonly done: (result: Result) => void;
}

interface Resting {
	readonly thread: Worker;
	readonly clock: NodeJS.Timeout;
}

/**
 * Reads in threads, so that what is made to harm ends there and pages are answered meanwhile. Only where the code was built is
 * there a thread to start. Never throws for what is in a job.
 */
export function readingAside<Job, Result>(
	{ entry: name, here, maxMs, maxMb, slow, large, broken }: Aside<Job, Result>,
	entry: string | null = entryAround(name),
): (job: Job) => Promise<Result> {
	const most = Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1));
	const idle: Resting[] = [];
	const waiting: Waiting<Job, Result>[] = [];
	let running = 0;

	function next(): void {
		while (waiting.length > 0 && running < most) start(waiting.shift() as Waiting<Job, Result>);
	}

	function start({ job, done }: Waiting<Job, Result>): void {
		running++;
		const thread = taken();
		const clock = setTimeout(() => end(slow, false), maxMs);
		let ended = false;
		function end(result: Result, reusable: boolean): void {
			if (ended) return;
			ended = true;
			clearTimeout(clock);
			running--;
			quiet(thread);
			// A thread that is being ended may still fail.
			thread.on('error', () => undefined);
			if (reusable) rest(thread);
			else void thread.terminate();
			done(result);
			next();
		}
		thread.on('message', (result: Result) => end(result, true));
		thread.on('error', (cause) => end('code' in cause && cause.code === OUT_OF_MEMORY ? large : broken, false));
		thread.on('exit', () => end(broken, false));
		thread.postMessage(job);
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
		if (!resting) return new Worker(entry as string, { resourceLimits: { maxOldGenerationSizeMb: maxMb } });
		clearTimeout(resting.clock);
		quiet(resting.thread);
		resting.thread.ref();
		return resting.thread;
	}

	return async (job) => {
		if (entry === null) return here(job);
		return new Promise((done) => {
			waiting.push({ job, done });
			next();
		});
	};
}

/** By name: the thread listens for listeners of its own, and hears no message any more without that. */
function quiet(thread: Worker): void {
	for (const event of ['message', 'error', 'exit']) thread.removeAllListeners(event);
}

/** The thread's built entry, looked for upwards from the running file to the folder of the installation. */
function entryAround(name: string): string | null {
	const root = packageRoot();
	for (let folder = dirname(fileURLToPath(import.meta.url)); folder.startsWith(root); folder = dirname(folder)) {
		const found = [join(folder, name), join(folder, 'cli', name)].find((file) => existsSync(file));
		if (found) return found;
	}
	return null;
}

const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';
