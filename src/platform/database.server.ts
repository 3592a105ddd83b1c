import { AsyncLocalStorage } from 'node:async_hooks';
import {
	CompiledQuery,
	type DatabaseConnection,
	Kysely,
	PostgresAdapter,
	type PostgresDialectConfig,
	PostgresDriver,
	PostgresIntrospector,
	PostgresQueryCompiler,
} from 'kysely';
import pg from 'pg';
import { Upstream } from '#kernel/error.ts';
import { openPool, type PoolOptions } from './pool.server.ts';
import type { DB } from './schema.gen.ts';
import type { Acting, Database } from './world.ts';

/** Errors of a database that is not there, or not yet. */
const ABSENT = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', '57P01', '57P02', '57P03'];

export interface DatabaseOptions extends PoolOptions {
	/** Brings a dead database back; left out where that is not ours to do. */
	readonly revive?: (() => Promise<void>) | undefined;
}

/** The app's sessions, and the only door to them. */
export interface OpenDatabase extends Database {
	close(): Promise<void>;
}

interface Scope {
	readonly acting: Acting;
	open: boolean;
}

/** Opens no session before the first use. */
export function openDatabase(options: DatabaseOptions): OpenDatabase {
	const scopes = new AsyncLocalStorage<Scope>();
	const pool = openPool(options);
	const kysely = new Kysely<DB>({
		dialect: {
			createAdapter: () => new PostgresAdapter(),
			createDriver: () => new WalledDriver({ pool }, () => scopes.getStore()?.acting, options.revive),
			createIntrospector: (db) => new PostgresIntrospector(db),
			createQueryCompiler: () => new PostgresQueryCompiler(),
		},
	});
	return {
		async as(acting, work) {
			if (scopes.getStore()?.open) {
				throw new Error('db.as was called inside db.as: pass the transaction on instead of opening a second one.');
			}
			if (acting.role === 'maintenance') throw new Error('Nobody acts as maintenance through db.as.');
			const scope: Scope = { acting, open: true };
			return scopes.run(scope, () =>
				kysely
					.transaction()
					.execute(work)
					.finally(() => {
						scope.open = false;
					}),
			);
		},
		close: () => kysely.destroy(),
	};
}

/** Says for whom a transaction runs in the message that begins it, and brings a dead database back once. */
class WalledDriver extends PostgresDriver {
	readonly #acting: () => Acting | undefined;
	readonly #revive: (() => Promise<void>) | undefined;

	constructor(
		config: PostgresDialectConfig,
		acting: () => Acting | undefined,
		revive: (() => Promise<void>) | undefined,
	) {
		super(config);
		this.#acting = acting;
		this.#revive = revive;
	}

	override async acquireConnection(): Promise<DatabaseConnection> {
		try {
			return await super.acquireConnection();
		} catch (error) {
			if (!ABSENT.includes((error as { code?: string }).code ?? '')) throw error;
			if (!this.#revive) {
				throw new Upstream('The database does not answer. See that it runs and that DATABASE_URL is right.', {
					cause: error,
				});
			}
		}
		await this.#revive();
		return super.acquireConnection();
	}

	override async beginTransaction(connection: DatabaseConnection): Promise<void> {
		const acting = this.#acting();
		if (!acting) throw new Error('A transaction without an actor.');
		await connection.executeQuery(
			CompiledQuery.raw(
				['begin', ...settings(acting).map(([name, value]) => `set local ${name} = ${pg.escapeLiteral(value)}`)].join(
					'; ',
				),
			),
		);
	}
}

/** What a transaction says of itself. All of it ends with the transaction. */
function settings({ role, city, counsel, matters, outside, program }: Acting): [name: string, value: string][] {
	const said: [string, string][] = [
		['compact.city', city ?? ''],
		// The walls let an observer write nothing.
		['compact.role', program === 'read' && city !== null ? 'observer' : role],
	];
	if (counsel) said.push(['compact.counsel', 'yes']);
	if (outside) said.push(['compact.outside', 'yes']);
	if (matters && matters.length > 0) said.push(['compact.matters', matters.join(' ')]);
	return said;
}
