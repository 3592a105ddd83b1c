import { accessSync, constants } from 'node:fs';
import pg from 'pg';
import { Conflict, Invalid, Upstream } from '#kernel/error.ts';
import type { Config } from './config.server.ts';
import { makeFolder } from './folder.server.ts';
import { type MigrationFile, migrate, migrationFiles, whileMigrating } from './migrate.server.ts';
import { APP_ROLE, OWNER_ROLE, openEmbedded } from './postgres.server.ts';
import { migrateQueue } from './queue.server.ts';
import { ensureAppRole, grantToApp } from './role.server.ts';

/** A running database and the two ways into it. */
export interface Ground {
	/** The role that owns the tables: for migrations, backup and restore, never for the app. */
	readonly owner: () => pg.ClientConfig;
	/** How the app logs in. */
	readonly app: () => pg.ClientConfig;
	/** Whether the app logs in as the owner, and must take on its own role. */
	readonly shared: boolean;
	readonly revive: (() => Promise<void>) | undefined;
	close(): Promise<void>;
}

/** What the app needs to know of a migrated database. */
export interface Prepared {
	/** The role that the app's sessions take on; undefined where they log in as it, or where it cannot be had. */
	readonly role: string | undefined;
	readonly applied: readonly MigrationFile[];
}

const OLDEST = 150_000;

/** Starts or joins the embedded database, or finds the one of DATABASE_URL. */
export async function openGround(
	config: Pick<Config, 'data' | 'databaseUrl'>,
	notice: (sentence: string) => void,
): Promise<Ground> {
	if (config.databaseUrl) return groundAt(config.databaseUrl);
	demandFolder(config.data);
	const embedded = await openEmbedded({ folder: config.data, notice });
	return {
		owner: () => embedded.connection(OWNER_ROLE),
		app: () => embedded.connection(APP_ROLE),
		shared: false,
		revive: embedded.revive,
		close: embedded.close,
	};
}

/** Makes the data folder. @throws Invalid where it is not ours to write in */
function demandFolder(folder: string): void {
	try {
		makeFolder(folder);
		accessSync(folder, constants.W_OK | constants.X_OK);
	} catch (error) {
		throw new Invalid(
			`The data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}). Start City Compact as the account that owns it, or set COMPACT_DATA to a folder of your own.`,
		);
	}
}

/** The database of an address. @throws Invalid, Upstream with the remedy */
export async function groundAt(url: string): Promise<Ground> {
	if (new URL(url).searchParams.has('options')) {
		throw new Invalid('The database address must not carry "options": City Compact sets them itself.');
	}
	const connection = () => ({ connectionString: url });
	await asOwner({ owner: connection }, async (session) => {
		const { rows } = await session.query(`select current_setting('server_version_num')::integer as version`);
		if (rows[0].version < OLDEST) {
			throw new Conflict('City Compact needs PostgreSQL 15 or later; the database of this address is older.');
		}
	});
	return { owner: connection, app: connection, shared: true, revive: undefined, close: async () => {} };
}

/** Runs `work` in a session of the owner. */
export async function asOwner<T>(ground: Pick<Ground, 'owner'>, work: (session: pg.Client) => Promise<T>): Promise<T> {
	const session = new pg.Client({ ...ground.owner(), application_name: 'citycompact owner' });
	session.on('error', () => undefined);
	try {
		await session.connect();
	} catch (error) {
		throw new Upstream(
			`The database does not let us in (${(error as { code?: string }).code ?? 'no answer'}). See that it runs, and that name, password and database in DATABASE_URL are right.`,
			{ cause: error },
		);
	}
	try {
		return await work(session);
	} finally {
		await session.end().catch(() => undefined);
	}
}

/** Migrates, and sees to the app's role and its rights. */
export async function prepare(ground: Ground, files = migrationFiles()): Promise<Prepared> {
	return asOwner(ground, (session) =>
		whileMigrating(session, async () => {
			const applied = await migrate(session, files);
			await migrateJobs(ground);
			const known = ground.shared ? await ensureAppRole(session) : true;
			if (known) await grantToApp(session);
			return { role: ground.shared && known ? APP_ROLE : undefined, applied };
		}),
	);
}

async function migrateJobs(ground: Ground): Promise<void> {
	const pool = new pg.Pool({ ...ground.owner(), max: 1 });
	pool.on('error', () => undefined);
	pool.on('connect', (client) => client.on('error', () => undefined));
	try {
		await migrateQueue(pool);
	} finally {
		await pool.end();
	}
}
