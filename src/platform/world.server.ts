import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Config, readConfig } from './config.server.ts';
import { openDatabase } from './database.server.ts';
import type { Gate } from './gate.ts';
import { openGround, prepare } from './ground.server.ts';
import { http } from './http.server.ts';
import { openKeep } from './keep.ts';
import { openLog } from './log.server.ts';
import { openMail } from './mail.server.ts';
import { migrationFiles } from './migrate.server.ts';
import type { PageCache } from './page-cache.server.ts';
import { openPool } from './pool.server.ts';
import { type Jobs, queue, startJobs } from './queue.server.ts';
import { keysOf, readSecret } from './secret.server.ts';
import type { World } from './world.ts';

/** A world with its own end. */
export interface OpenWorld extends World {
	/** Whether requests can be answered, and if not, what is missing. */
	ready(): Promise<Readiness>;
	/** Works on jobs in this process from now on. */
	work(jobs: Jobs): void;
	/** Ends jobs, sessions and, if nobody else uses it, the database, in this order. */
	close(): Promise<void>;
}

export type Readiness = 'ready' | 'database' | 'migrations';

export interface WorldOptions {
	readonly config?: Config;
	/** Where log lines go; standard error, since standard output is for results. */
	readonly write?: (line: string) => void;
	/** Where what is meant for a person at the terminal goes; standard error. */
	readonly terminal?: (text: string) => void;
}

/** Sessions of one process: a page holds one for a few milliseconds. */
const SESSIONS = 10;
/** One to listen, one to fetch, one to finish. */
const JOB_SESSIONS = 3;

/** The only state of a module in the house: what hooks hand to every request. */
const here: { world: OpenWorld | null; pages: PageCache | null; renders: Gate | null; streams: Gate | null } = {
	world: null,
	pages: null,
	renders: null,
	streams: null,
};

/** The world that this process opened. Only hooks ask for it; everything else is given it. */
export function world(): OpenWorld {
	if (!here.world) throw new Error('The world is not open yet.');
	return here.world;
}

/** The pages this process keeps for anonymous readers; hooks give them once. */
export function pages(given?: PageCache): PageCache {
	if (given) here.pages = given;
	if (!here.pages) throw new Error('Pages are not kept yet.');
	return here.pages;
}

/** The gate before the making of pages in this process; hooks give it once. */
export function renders(given?: Gate): Gate {
	if (given) here.renders = given;
	if (!here.renders) throw new Error('There is no gate yet.');
	return here.renders;
}

/** The gate before long answers that are sent as they are made; hooks give it once. */
export function streams(given?: Gate): Gate {
	if (given) here.streams = given;
	if (!here.streams) throw new Error('There is no gate yet.');
	return here.streams;
}

/** Opens a world of its own: starts or joins the database, brings it up to date, and holds nothing else open. */
export async function openWorld(options: WorldOptions = {}): Promise<OpenWorld> {
	const config = options.config ?? readConfig();
	const log = openLog(options.write ?? ((line) => void process.stderr.write(line)));
	const terminal = options.terminal ?? ((text) => void process.stderr.write(`${text}\n`));
	// Made at the first start, so that it is in the data folder before anything is derived from it.
	const keys = keysOf(readSecret(config));
	const ground = await openGround(config, terminal);
	const files = migrationFiles();
	const prepared = await prepare(ground, files).catch(async (error) => {
		await ground.close();
		throw error;
	});
	const access = { connection: ground.app, role: prepared.role };
	const db = openDatabase({ ...access, sessions: SESSIONS, revive: ground.revive });
	let jobs: { stop(): Promise<void> } | null = null;
	let closed: Promise<void> | null = null;
	here.world = {
		db,
		clock: { now: () => new Date() },
		random: { uuid: () => randomUUID(), bytes: (length) => randomBytes(length) },
		http,
		mail: openMail(config, log, terminal),
		queue,
		log,
		keep: openKeep(),
		keys,
		async ready() {
			const newest = files.at(-1)?.number ?? 0;
			return db
				.as({ role: 'visitor', city: null }, async (tx) => {
					const { rows } = await sql<{ newest: number }>`select max(number) as newest from migration`.execute(tx);
					return rows[0]?.newest === newest ? ('ready' as const) : ('migrations' as const);
				})
				.catch(() => 'database' as const);
		},
		work(given) {
			if (jobs || closed) throw new Error('This world works on jobs already, or is closed.');
			const pool = openPool({ ...access, sessions: JOB_SESSIONS + (given.concurrency ?? 1) });
			const runner = startJobs(given, pool, log);
			jobs = {
				async stop() {
					await runner.stop();
					await pool.end();
				},
			};
		},
		close() {
			closed ??= (async () => {
				await jobs?.stop();
				await db.close();
				await ground.close();
			})();
			return closed;
		},
	};
	return here.world;
}
