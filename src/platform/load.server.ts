import pg from 'pg';
import { Conflict, Invalid } from '#kernel/error.ts';
import {
	castOf,
	FORMAT,
	FORMAT_VERSION,
	type Foot,
	type Header,
	type Line,
	type Row,
	rowsOf,
	speakPlainly,
	tallyOf,
} from './dump.server.ts';
import { asOwner, type Ground, prepare } from './ground.server.ts';
import { appliedMigrations, migrationFiles, pendingMigrations } from './migrate.server.ts';
import { ownTables, type Table } from './table.server.ts';

export interface Loaded {
	readonly header: Header;
	readonly tables: readonly Foot[];
}

const ROWS_AT_ONCE = 500;

/**
 * Fills an empty database, all of it or nothing: migrates it to where the backup stands, inserts, reads every row back and
 * compares, then migrates on. `makeRoom` is called before a migrated database is looked at: it may remove what nobody
 * would miss.
 * @throws Conflict where the database is not empty or the backup is newer than this installation
 * @throws Invalid where the backup is damaged
 */
export async function load(
	lines: AsyncIterable<Line>,
	ground: Ground,
	makeRoom: (ground: Ground) => Promise<void>,
	told: (rows: number) => void,
): Promise<Loaded> {
	const source = lines[Symbol.asyncIterator]();
	try {
		return await loadFrom(source, ground, makeRoom, told);
	} finally {
		await source.return?.();
	}
}

async function loadFrom(
	source: AsyncIterator<Line>,
	ground: Ground,
	makeRoom: (ground: Ground) => Promise<void>,
	told: (rows: number) => void,
): Promise<Loaded> {
	const header = await readHeader(source);
	const files = migrationFiles();
	pendingMigrations(files, header.migrations);
	const reached = header.migrations.at(-1)?.number ?? 0;
	await asOwner(ground, (session) => demandEmpty(session, reached, () => makeRoom(ground)));
	await prepare(
		ground,
		files.filter((file) => file.number <= reached),
	);
	const tables = await asOwner(ground, async (session) => {
		await session.query('begin; set constraints all deferred');
		try {
			await speakPlainly(session);
			const feet = await insertAll(source, header, session, told);
			await session.query('commit');
			return feet;
		} catch (error) {
			await session.query('rollback').catch(() => undefined);
			// A value that its column, or a constraint, does not take was not written by us.
			throw /^2[23]/.test((error as { code?: string }).code ?? '') ? damaged(error) : error;
		}
	});
	await prepare(ground, files);
	return { header, tables };
}

async function readHeader(source: AsyncIterator<Line>): Promise<Header> {
	const first = await source.next();
	const header = !first.done && 'header' in first.value ? first.value.header : null;
	if (header?.format !== FORMAT) throw new Invalid('This is no backup of City Compact.');
	if (header.version !== FORMAT_VERSION) {
		throw new Conflict('This backup was written by a newer City Compact. Install that version or a later one.');
	}
	return header;
}

async function demandEmpty(session: pg.ClientBase, reached: number, makeRoom: () => Promise<void>): Promise<void> {
	const migrated = await appliedMigrations(session);
	if (migrated.length === 0) return;
	if ((migrated.at(-1)?.number ?? 0) > reached) {
		throw new Conflict(
			'The backup is older than this database, which has been brought up to date already. Restore into a new one: set COMPACT_DATA to a new folder, or DATABASE_URL to a new database.',
		);
	}
	await makeRoom();
	await session.query(`set compact.role = 'maintenance'`);
	for (const { name } of await ownTables(session)) {
		const { rowCount } = await session.query(`select from ${pg.escapeIdentifier(name)} limit 1`);
		if (rowCount !== 0) {
			throw new Conflict(
				`The database is not empty (${name} has rows); nothing was changed. Restore into a new one: set COMPACT_DATA to a new folder, or DATABASE_URL to a new database.`,
			);
		}
	}
}

async function insertAll(
	source: AsyncIterator<Line>,
	header: Header,
	session: pg.ClientBase,
	told: (rows: number) => void,
): Promise<readonly Foot[]> {
	const tables = await ownTables(session);
	demandSameTables(header, tables);
	const feet: Foot[] = [];
	let total = 0;
	for (const { name } of header.tables) {
		const table = tables.find((candidate) => candidate.name === name) as Table;
		const begin = await nextLine(source);
		if (!('begin' in begin) || begin.begin !== name) throw damaged();
		const foot = await insertTable(table, source, session, (rows) => told(total + rows));
		const stored = tallyOf(name);
		for await (const row of rowsOf(table, session)) stored.add(JSON.stringify(row));
		if (!same(stored.foot(), foot)) throw new Error(`The rows of ${name} did not arrive as they were sent.`);
		await continueCounter(table, session);
		total += foot.rows;
		feet.push(foot);
	}
	const end = await nextLine(source);
	if (!('end' in end) || end.end.rows !== total || !(await source.next()).done) throw damaged();
	return feet;
}

/** Inserts up to the foot of the table, and holds what came against what the foot says. */
async function insertTable(
	table: Table,
	source: AsyncIterator<Line>,
	session: pg.ClientBase,
	told: (rows: number) => void,
): Promise<Foot> {
	const arrived = tallyOf(table.name);
	const batch: Row[] = [];
	const limit = table.heavy ? 1 : ROWS_AT_ONCE;
	for (;;) {
		const line = await nextLine(source);
		if ('row' in line) {
			if (line.row.length !== table.columns.length) throw damaged();
			arrived.add(line.text);
			batch.push(line.row);
		}
		if (batch.length >= limit || ('foot' in line && batch.length > 0)) {
			await insertRows(table, batch.splice(0), session);
			told(arrived.foot().rows);
		}
		if ('foot' in line) {
			if (!same(arrived.foot(), line.foot)) throw damaged();
			return line.foot;
		}
		if (!('row' in line)) throw damaged();
	}
}

async function insertRows(table: Table, rows: readonly Row[], session: pg.ClientBase): Promise<void> {
	const { columns } = table;
	const target = `${pg.escapeIdentifier(table.name)} (${columns.map((c) => pg.escapeIdentifier(c.name)).join(', ')})`;
	const [first] = rows;
	if (rows.length === 1 && first) {
		const values = columns.map((column, index) => castOf(column, `$${index + 1}`)).join(', ');
		await session.query(`insert into ${target} overriding system value values (${values})`, [...first]);
		return;
	}
	const arrays = columns.map((_, index) => `$${index + 1}::text[]`).join(', ');
	const values = columns.map((column, index) => castOf(column, `v${index}`)).join(', ');
	await session.query(
		`insert into ${target} overriding system value
		 select ${values} from unnest(${arrays}) as r (${columns.map((_, index) => `v${index}`).join(', ')})`,
		columns.map((_, index) => rows.map((row) => row[index] ?? null)),
	);
}

async function continueCounter(table: Table, session: pg.ClientBase): Promise<void> {
	if (!table.counter) return;
	const [name, column] = [pg.escapeIdentifier(table.name), pg.escapeIdentifier(table.counter)];
	await session.query(
		`select setval(pg_get_serial_sequence($1, $2), coalesce(max(${column}), 1), max(${column}) is not null) from ${name}`,
		[name, table.counter],
	);
}

function demandSameTables(header: Header, tables: readonly Table[]): void {
	const shape = (list: readonly { name: string; columns: readonly string[] }[]) =>
		JSON.stringify(list.map(({ name, columns }) => [name, columns]).sort());
	const here = tables.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }));
	if (shape(header.tables) !== shape(here)) throw damaged();
}

async function nextLine(source: AsyncIterator<Line>): Promise<Line> {
	const next = await source.next();
	if (next.done) throw damaged();
	return next.value;
}

function same(a: Foot, b: Foot): boolean {
	return a.table === b.table && a.rows === b.rows && a.sum === b.sum;
}

function damaged(cause?: unknown): Invalid {
	return new Invalid('The backup is damaged or cut short; nothing was changed. Use another copy.', { cause });
}
