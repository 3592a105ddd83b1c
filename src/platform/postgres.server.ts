import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { Upstream } from '#kernel/error.ts';
import { type Cluster, type ClusterOptions, prepareCluster, SUPERUSER } from './cluster.server.ts';
import { locked } from './lock.server.ts';
import { findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.server.ts';

/** Owns the tables and migrates. */
export const OWNER_ROLE = 'compact_owner';
/** Owns nothing; web, jobs and command line act as this role. */
export const APP_ROLE = 'compact_app';
const DATABASE = 'citycompact';

export interface EmbeddedOptions extends ClusterOptions {
	/** Settings on top of ours, for throw-away databases. */
	readonly settings?: Readonly<Record<string, string>>;
}

/** The embedded database, running and shared with whichever other process of ours uses the folder. */
export interface Embedded {
	/** How a role reaches it now; ask again after `revive`. */
	connection(role: string, database?: string): pg.ClientConfig;
	/** Starts the database again where it died; does nothing where it lives. */
	revive(): Promise<void>;
	/** Leaves; the last to leave stops the database. */
	close(): Promise<void>;
}

/** Modest: the whole stays near 150 MB. Nothing that a person typed reaches the log: errors repeat values, so not even they are written. */
const SETTINGS = {
	shared_buffers: '64MB',
	max_connections: '60',
	work_mem: '8MB',
	maintenance_work_mem: '64MB',
	max_wal_size: '256MB',
	min_wal_size: '32MB',
	wal_level: 'minimal',
	max_wal_senders: '0',
	jit: 'off',
	timezone: 'UTC',
	log_timezone: 'UTC',
	lc_messages: 'C',
	logging_collector: 'on',
	log_directory: 'log',
	// one file for each day of the week, begun anew a week later
	log_filename: 'postgresql-%a.log',
	log_truncate_on_rotation: 'on',
	log_rotation_age: '1d',
	log_rotation_size: '0',
	log_checkpoints: 'off',
	log_autovacuum_min_duration: '-1',
	log_min_messages: 'log',
	log_statement: 'none',
	log_min_error_statement: 'panic',
	log_min_duration_statement: '-1',
	log_parameter_max_length: '0',
	log_parameter_max_length_on_error: '0',
	log_error_verbosity: 'terse',
};

/** Our sessions that say "this process uses the database"; whoever leaves counts them. */
const PRESENCE = 'citycompact presence';
const PORT_ATTEMPTS = 3;

/**
 * Makes, starts or joins the database of a data folder.
 * @throws Conflict where the folder is of another PostgreSQL, Upstream where it does not start
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
	const lock = join(options.folder, 'lock');
	let closing = false;
	let reviving: Promise<void> | null = null;
	let seat = await locked(lock, () => takeSeat(options));
	watch();

	function watch() {
		seat.presence.on('error', () => {
			if (!closing) revive().catch(() => undefined);
		});
	}

	function revive(): Promise<void> {
		reviving ??= locked(lock, async () => {
			if (closing || (await answers(seat.presence))) return;
			seat.presence.end().catch(() => undefined);
			seat = await takeSeat(options);
			watch();
		}).finally(() => {
			reviving = null;
		});
		return reviving;
	}

	return {
		connection: (role, database = DATABASE) => address(seat, role, database),
		revive,
		async close() {
			if (closing) return;
			closing = true;
			await reviving?.catch(() => undefined);
			await locked(lock, async () => {
				const alone = await isLast(seat.presence);
				await seat.presence.end().catch(() => undefined);
				if (alone) await stopPostmaster(seat.cluster.pgdata);
			});
		},
	};
}

interface Seat {
	readonly cluster: Cluster;
	readonly postmaster: Postmaster;
	readonly presence: pg.Client;
}

async function takeSeat(options: EmbeddedOptions): Promise<Seat> {
	const cluster = prepareCluster(options);
	const postmaster = findPostmaster(cluster.pgdata) ?? (await start(cluster, options.settings ?? {}));
	const presence = new pg.Client({
		...address({ cluster, postmaster }, SUPERUSER, 'postgres'),
		application_name: PRESENCE,
	});
	// Listened to at once: a session that dies before its owner listens would end the process.
	presence.on('error', () => undefined);
	await presence.connect();
	await found(presence, cluster.password);
	return { cluster, postmaster, presence };
}

async function start(cluster: Cluster, settings: Readonly<Record<string, string>>): Promise<Postmaster> {
	const { pgdata, binaries, account, run } = cluster;
	for (let attempt = 1; ; attempt++) {
		const place: Record<string, string> =
			cluster.transport === 'socket'
				? { listen_addresses: '', unix_socket_directories: run, unix_socket_permissions: '0700' }
				: { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(await freePort()) };
		try {
			return await startPostmaster(pgdata, binaries, account, { ...SETTINGS, ...place, ...settings });
		} catch (error) {
			// Somebody may have taken the free port first.
			if (cluster.transport === 'socket' || attempt === PORT_ATTEMPTS || !(error instanceof Upstream)) throw error;
		}
	}
}

function address({ cluster, postmaster }: Omit<Seat, 'presence'>, role: string, database: string): pg.ClientConfig {
	const host = cluster.transport === 'socket' ? cluster.run : '127.0.0.1';
	return { host, port: postmaster.port, user: role, database, password: cluster.password ?? '' };
}

/** Roles and database of a new cluster; whole after any interruption, since each is made only where it is missing. */
async function found(session: pg.Client, password: string | null): Promise<void> {
	const { rows } = await session.query(
		'select (select count(*)::int from pg_roles where rolname in ($1, $2)) as roles, (select count(*)::int from pg_database where datname = $3) as databases',
		[OWNER_ROLE, APP_ROLE, DATABASE],
	);
	if (rows[0].roles === 2 && rows[0].databases === 1) return;
	for (const role of [OWNER_ROLE, APP_ROLE]) {
		const known = await session.query('select from pg_roles where rolname = $1', [role]);
		const secret = password ? `password ${pg.escapeLiteral(password)}` : '';
		if (known.rowCount === 0) await session.query(`create role ${role} login nosuperuser nobypassrls ${secret}`);
	}
	await session.query(`alter role ${OWNER_ROLE} createdb`);
	if (rows[0].databases === 0) await session.query(`create database ${DATABASE} owner ${OWNER_ROLE}`);
}

async function answers(session: pg.Client): Promise<boolean> {
	return session.query('select').then(
		() => true,
		() => false,
	);
}

async function isLast(session: pg.Client): Promise<boolean> {
	const others = await session
		.query('select from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()', [PRESENCE])
		.catch(() => null);
	return others?.rowCount === 0;
}

async function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}
