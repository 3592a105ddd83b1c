import pg from 'pg';

/** A page that needs longer is broken; a rebuild of the ledger stays far below. */
const STATEMENT_TIMEOUT_MS = 60_000;
/** Whoever waits longer for somebody else's change should hear of it. */
const LOCK_TIMEOUT_MS = 20_000;
/** A transaction that its process forgot would hold back the cleaning of every table. */
const IDLE_TRANSACTION_TIMEOUT_MS = 300_000;
const CONNECT_TIMEOUT_MS = 20_000;

export interface PoolOptions {
	/** Asked for every new session, since the database may come back elsewhere. */
	readonly connection: () => pg.ClientConfig;
	/** Sessions log in as the owner and act as this role. */
	readonly role?: string | undefined;
	/** At most this many. */
	readonly sessions: number;
}

/** Sessions with our limits and our reading of types; opens none before the first use. */
export function openPool({ connection, role, sessions }: PoolOptions): pg.Pool {
	const limits = {
		...(role ? { role } : {}),
		statement_timeout: STATEMENT_TIMEOUT_MS,
		lock_timeout: LOCK_TIMEOUT_MS,
		idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
		TimeZone: 'UTC',
	};
	const settings = Object.entries(limits)
		.map(([name, value]) => `-c ${name}=${value}`)
		.join(' ');
	const pool = new pg.Pool({
		max: sessions,
		connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
		application_name: 'citycompact',
		types: { getTypeParser: parserFor } as pg.CustomTypesConfig,
		Client: class extends pg.Client {
			constructor(config?: pg.ClientConfig) {
				super({ ...config, ...connection(), options: settings });
			}
		},
	});
	// A session that dies while idle is replaced by the next that is asked for.
	pool.on('error', () => undefined);
	// One that dies between two statements of its borrower fails the next one; without a listener it would end the process.
	pool.on('connect', (client) => client.on('error', () => undefined));
	return pool;
}

type TypeId = Parameters<typeof pg.types.getTypeParser>[0];
const DAY = 1082;
const DAYS = 1182;
const TEXTS = 1009;
const BIGINT = 20;

/** Days stay strings; a bigint is a number, since a count beyond 2^53 is a mistake. */
function parserFor(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
	if (oid === DAY) return (text: string) => text;
	if (oid === DAYS) return pg.types.getTypeParser(TEXTS as TypeId);
	if (oid === BIGINT) return safeInteger;
	return pg.types.getTypeParser(oid as TypeId, format);
}

function safeInteger(text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value)) throw new RangeError('A number from the database is too large to be exact.');
	return value;
}
