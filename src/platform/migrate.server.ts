import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { Conflict } from '#kernel/error.ts';
import { packageRoot } from './root.server.ts';

export interface Migration {
	readonly number: number;
	readonly name: string;
	readonly sha256: string;
}

export interface MigrationFile extends Migration {
	readonly sql: string;
}

/** Any number, the same in every version: whoever migrates this database holds it. */
const MIGRATION_LOCK = 4_870_001;

/** The migration files of this installation in order. */
export function migrationFiles(folder = join(packageRoot(), 'migrations')): readonly MigrationFile[] {
	return readdirSync(folder)
		.map((file) => ({ file, match: /^(\d{4})_(\w+)\.sql$/.exec(file) }))
		.flatMap(({ file, match }) => (match ? [{ file, number: Number(match[1]), name: match[2] ?? '' }] : []))
		.sort((a, b) => a.number - b.number)
		.map(({ file, number, name }) => {
			// A checkout may have turned line ends around.
			const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
			return { number, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
		});
}

/** What has been applied to a database, in order; empty for one that was never migrated. */
export async function appliedMigrations(session: ClientBase): Promise<readonly Migration[]> {
	const { rows: known } = await session.query(`select to_regclass('public.migration') is not null as made`);
	if (!known[0].made) return [];
	const { rows } = await session.query('select number, name, sha256 from migration order by number');
	return rows;
}

/** The files still to be applied. @throws Conflict where the database is newer than the files or a file was changed after it was applied */
export function pendingMigrations(
	files: readonly MigrationFile[],
	applied: readonly Migration[],
): readonly MigrationFile[] {
	const last = files.at(-1)?.number ?? 0;
	for (const { number, name, sha256 } of applied) {
		const file = files.find((candidate) => candidate.number === number);
		const label = `${String(number).padStart(4, '0')}_${name}`;
		if (!file && number > last) {
			throw new Conflict(
				`The database was migrated by a newer City Compact (${label}; this one knows ${last}). Install that version or a later one; nothing was changed.`,
			);
		}
		if (file?.sha256 !== sha256) {
			throw new Conflict(
				`The migration ${label} was applied to this database with another text than the file here has. Restore the file; changes go into a new migration.`,
			);
		}
	}
	const latest = applied.at(-1)?.number ?? 0;
	return files.filter((file) => file.number > latest);
}

/** Brings the database to the state of the files, each in a transaction of its own; returns what was applied. */
export async function migrate(session: ClientBase, files: readonly MigrationFile[]): Promise<readonly MigrationFile[]> {
	await session.query(`create table if not exists migration (
		number integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())`);
	const pending = pendingMigrations(files, await appliedMigrations(session));
	for (const { number, name, sha256, sql } of pending) {
		await session.query(`begin; set local compact.role = 'maintenance'`);
		try {
			await session.query(sql);
			await session.query('insert into migration (number, name, sha256) values ($1, $2, $3)', [number, name, sha256]);
			await session.query('commit');
		} catch (error) {
			await session.query('rollback').catch(() => undefined);
			throw error;
		}
	}
	return pending;
}

/** Runs `work` while no other process changes the shape of this database. */
export async function whileMigrating<T>(session: ClientBase, work: () => Promise<T>): Promise<T> {
	await session.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
	try {
		return await work();
	} finally {
		await session.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
	}
}
