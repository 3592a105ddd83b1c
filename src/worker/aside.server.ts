import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { failure } from '#platform/failure.ts';
import { packageRoot } from '#platform/root.server.ts';
import type { Log } from '#platform/world.ts';

/** Room for what is new, in MB: a thread takes 48 by itself and never gives it back, and a ledger is made as fast with this. */
const YOUNG_MB = 8;
/** A thread that dies at once, because the database is gone, should not take the machine for itself. */
const RESTART_MS = 5_000;

/**
 * Works on jobs in a thread of its own, so that pages are answered while a ledger is made; begins again where the thread
 * died. Only for a built server: the thread's entry is in `build/cli`.
 */
export function runJobsAside(log: Log): { stop(): Promise<void> } {
	const leaving = new AbortController();
	const done = (async () => {
		while (!leaving.signal.aborted) {
			const thread = new Worker(join(packageRoot(), 'build', 'cli', 'jobs.js'), {
				resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
			});
			const stop = (): void => thread.postMessage('stop');
			thread.on('error', (error) => log.error(failure(error), 'the thread of the jobs died and begins again'));
			leaving.signal.addEventListener('abort', stop);
			await once(thread, 'exit').catch(() => undefined);
			leaving.signal.removeEventListener('abort', stop);
			await sleep(RESTART_MS, undefined, { signal: leaving.signal }).catch(() => undefined);
		}
	})();
	return {
		async stop() {
			leaving.abort();
			await done;
		},
	};
}
