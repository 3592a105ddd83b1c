import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, parseCronItems, type Runner, run, runMigrations, type TaskList } from 'graphile-worker';
import { sql } from 'kysely';
import type pg from 'pg';
import { failure } from './failure.ts';
import type { Log, Queue } from './world.ts';

/** What a job does; gets the ids it was enqueued with. */
export type Task = (payload: Readonly<Record<string, string>>) => Promise<void>;

export interface Jobs {
	readonly tasks: Readonly<Record<string, Task>>;
	/** What is enqueued by the clock; each once, however many processes have it in their schedule. */
	readonly schedule?: readonly (Hourly | Daily)[];
	/** Jobs at once in this process. */
	readonly concurrency?: number;
}

/** A task at a minute of each hour. It folds with a job of the same key that has not begun. */
export interface Hourly {
	readonly task: string;
	readonly key: string;
	readonly minute: number;
}

/** The same, at one hour of each day, in UTC. */
export interface Daily extends Hourly {
	readonly hour: number;
}

const ATTEMPTS = 8;
const POLL_MS = 5_000;
const RESTART_MS = 1_000;
/** Ids of ours are UUIDs, hashes and short words; prose, addresses and tokens with punctuation do not pass. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;

/** The runner quotes payloads and errors in its own lines; ours say what there is to say. */
const quiet = new Logger(() => () => undefined);

/** Enqueues through the caller's transaction. */
export const queue: Queue = {
	async add(tx, task, payload = {}, key, delay = 0) {
		for (const [name, value] of Object.entries(payload)) {
			if (!ID.test(value)) throw new Error(`The job ${task} was given something that is no id as ${name}.`);
		}
		await sql`
			select from graphile_worker.add_job(
				${task}, payload => ${JSON.stringify(payload)}::json, job_key => ${key ?? null}, max_attempts => ${ATTEMPTS},
				run_at => now() + make_interval(secs => ${delay}))`.execute(tx);
	},
};

/** Makes the tables of the queue; as the owner. */
export async function migrateQueue(pool: pg.Pool): Promise<void> {
	await runMigrations({ pgPool: pool, logger: quiet });
}

/** Works on jobs until it is stopped, and begins again where the database went away in between. */
export function startJobs(jobs: Jobs, pool: pg.Pool, log: Log): { stop(): Promise<void> } {
	const leaving = new AbortController();
	let runner: Runner | null = null;
	const taskList = guarded(jobs.tasks, log);
	const done = (async () => {
		while (!leaving.signal.aborted) {
			try {
				runner = await run({
					pgPool: pool,
					taskList,
					parsedCronItems: parseCronItems(
						(jobs.schedule ?? []).map(({ task, key, minute, ...at }) => ({
							task,
							match: `${minute} ${'hour' in at ? at.hour : '*'} * * *`,
							options: { jobKey: key, maxAttempts: ATTEMPTS },
						})),
					),
					concurrency: jobs.concurrency ?? 1,
					pollInterval: POLL_MS,
					noHandleSignals: true,
					logger: quiet,
				});
				if (leaving.signal.aborted) await runner.stop();
				await runner.promise;
			} catch (error) {
				log.error(failure(error), 'the job runner stopped and begins again');
			}
			await sleep(RESTART_MS, undefined, { signal: leaving.signal }).catch(() => undefined);
		}
	})();
	return {
		async stop() {
			leaving.abort();
			await runner?.stop().catch(() => undefined);
			await done;
		},
	};
}

/** A task that fails leaves its kind of failure in the row of its job, not its words: they may quote what somebody wrote. */
function guarded(tasks: Jobs['tasks'], log: Log): TaskList {
	return Object.fromEntries(
		Object.entries(tasks).map(([name, task]) => [
			name,
			async (payload: unknown) => {
				try {
					await task(payload as Record<string, string>);
				} catch (error) {
					log.error({ task: name, ...failure(error) }, 'a job failed');
					throw bare(error);
				}
			},
		]),
	);
}

function bare(error: unknown): Error {
	const { error: name, code } = failure(error);
	const plain = new Error(code ? `${name} ${code}` : name);
	plain.stack = plain.message;
	return plain;
}
