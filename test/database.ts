import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import pg from 'pg';
import { afterAll } from 'vitest';
import { SYSTEM } from '../src/access/actor.ts';
import { furnish } from '../src/places/furnish.server.ts';
import { SUPERUSER } from '../src/platform/cluster.server.ts';
import { openDatabase } from '../src/platform/database.server.ts';
import { asOwner, type Ground, prepare } from '../src/platform/ground.server.ts';
import { openKeep } from '../src/platform/keep.ts';
import { migrationFiles } from '../src/platform/migrate.server.ts';
import { APP_ROLE, type Embedded, OWNER_ROLE, openEmbedded } from '../src/platform/postgres.server.ts';
import { queue } from '../src/platform/queue.server.ts';
import { keysOf } from '../src/platform/secret.server.ts';
import type { LogEntry, Message, World } from '../src/platform/world.ts';
import { runFolder, setup } from './cluster.ts';

/** A migrated database of its own, gone after the file, and a world around it that keeps what it is told. */
export interface TestDatabase {
	readonly world: World;
	/** The moment that `world.clock` says; set it. */
	now: Date;
	readonly sent: Message[];
	readonly logged: { level: string; entry: LogEntry; message: string }[];
	/** Runs `work` as the owner of the tables, past the app's role but not past the walls. */
	owner<T>(work: (session: pg.Client) => Promise<T>): Promise<T>;
	/** Ways in, for tests of the platform itself. */
	readonly ground: Ground;
}

/** Nothing here has to survive a power cut. */
const RECKLESS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
const TEMPLATE_LOCK = 4_870_002;

/** Call at the top of a test file: `const test = await testDatabase()`. COMPACT_TEST_PROGRAMS names a folder with another PostgreSQL to run on. */
export async function testDatabase(): Promise<TestDatabase> {
	const cluster = await openTestCluster();
	const name = await cloneOfTemplate(cluster);
	const ground = groundOf(cluster, name);
	const db = openDatabase({ connection: ground.app, sessions: 5 });
	afterAll(async () => {
		await db.close();
		await administer(cluster, (session) => session.query(`drop database ${name} with (force)`));
		await cluster.close();
	});
	const test: TestDatabase = {
		now: new Date('2026-07-01T12:00:00Z'),
		sent: [],
		logged: [],
		owner: (work) => asOwner(ground, work),
		ground,
		world: {
			db,
			queue,
			keep: openKeep(),
			keys: keysOf('the secret of all tests, long enough'),
			clock: { now: () => test.now },
			random: { uuid: () => randomUUID(), bytes: (length) => randomBytes(length) },
			http: { fetch: () => Promise.reject(new Error('A test asked the network.')) },
			mail: { send: async (message) => void test.sent.push(message) },
			log: {
				info: (entry, message) => void test.logged.push({ level: 'info', entry, message }),
				warn: (entry, message) => void test.logged.push({ level: 'warn', entry, message }),
				error: (entry, message) => void test.logged.push({ level: 'error', entry, message }),
			},
		},
	};
	return test;
}

/** An empty database that was never migrated, for tests of migration, backup and restore. */
export async function emptyDatabase(): Promise<Ground> {
	const cluster = await openTestCluster();
	const name = `empty_${randomBytes(6).toString('hex')}`;
	afterAll(async () => {
		await administer(cluster, (session) => session.query(`drop database if exists ${name} with (force)`));
		await cluster.close();
	});
	await administer(cluster, (session) => session.query(`create database ${name} owner ${OWNER_ROLE}`));
	return groundOf(cluster, name);
}

async function openTestCluster(): Promise<Embedded> {
	const folder = runFolder();
	if (!existsSync(folder)) await setup();
	return openEmbedded({
		folder,
		programs: process.env.COMPACT_TEST_PROGRAMS,
		settings: RECKLESS,
		notice: () => undefined,
	});
}

function groundOf(cluster: Embedded, database: string): Ground {
	return {
		owner: () => cluster.connection(OWNER_ROLE, database),
		app: () => cluster.connection(APP_ROLE, database),
		shared: false,
		revive: cluster.revive,
		close: async () => undefined,
	};
}

/** Migrates and brings in the places once a run, and copies that: tens of milliseconds instead of seconds. */
async function cloneOfTemplate(cluster: Embedded): Promise<string> {
	const files = migrationFiles();
	const hash = createHash('sha256')
		.update(files.map((file) => file.sha256).join())
		.digest('hex')
		.slice(0, 12);
	const template = `template_${hash}`;
	const name = `test_${randomBytes(6).toString('hex')}`;
	await administer(cluster, async (session) => {
		await session.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
		const { rowCount } = await session.query('select from pg_database where datname = $1', [template]);
		if (rowCount === 0) {
			await session.query(`drop database if exists ${template}_draft with (force)`);
			await session.query(`create database ${template}_draft owner ${OWNER_ROLE}`);
			const draft = groundOf(cluster, `${template}_draft`);
			await prepare(draft, files);
			await furnishDraft(draft);
			await session.query(`alter database ${template}_draft rename to ${template}`);
		}
		await session.query(`create database ${name} template ${template} owner ${OWNER_ROLE}`);
	});
	return name;
}

async function furnishDraft(ground: Ground): Promise<void> {
	const db = openDatabase({ connection: ground.app, sessions: 1 });
	await db.as(SYSTEM, (tx) => furnish({ clock: { now: () => new Date('2026-07-01T12:00:00Z') } }, tx));
	await db.close();
}

async function administer<T>(cluster: Embedded, work: (session: pg.Client) => Promise<T>): Promise<T> {
	const session = new pg.Client(cluster.connection(SUPERUSER, 'postgres'));
	await session.connect();
	try {
		return await work(session);
	} finally {
		await session.end();
	}
}
