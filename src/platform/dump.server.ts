import { createHash } from 'node:crypto';
import pg from 'pg';
import { checksum } from './checksum.ts';
import { appliedMigrations, type Migration } from './migrate.server.ts';
import { type Column, ownTables, type Table } from './table.server.ts';

export const FORMAT = 'citycompact-backup';
export const FORMAT_VERSION = 1;

/** First line of a backup. */
export interface Header {
	readonly format: typeof FORMAT;
	readonly version: number;
	/** Instant, ISO. */
	readonly made: string;
	readonly migrations: readonly Migration[];
	readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[];
}

/** Line after the rows of a table. */
export interface Foot {
	readonly table: string;
	readonly rows: number;
	readonly sum: string;
}

/** Texts of the values of a row: PostgreSQL's own, bytes in base64, null for null. */
export type Row = readonly (string | null)[];

/** What a line is; `text` is the row as it is written, and what its hash is of. */
export type Line =
	| { header: Header }
	| { begin: string }
	| { row: Row; text: string }
	| { foot: Foot }
	| { end: { rows: number } };

const ROWS_AT_ONCE = 500;

/** All rows of all own tables as of one moment. The session must be the owner's, and is in a transaction until the end. */
export async function* dump(session: pg.ClientBase, now: Date): AsyncGenerator<Line> {
	await session.query('begin isolation level repeatable read read only');
	try {
		await speakPlainly(session);
		const tables = await ownTables(session);
		yield {
			header: {
				format: FORMAT,
				version: FORMAT_VERSION,
				made: now.toISOString(),
				migrations: await appliedMigrations(session),
				tables: tables.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) })),
			},
		};
		let rows = 0;
		for (const table of tables) {
			yield { begin: table.name };
			const tally = tallyOf(table.name);
			for await (const row of rowsOf(table, session)) {
				const text = JSON.stringify(row);
				tally.add(text);
				yield { row, text };
			}
			rows += tally.foot().rows;
			yield { foot: tally.foot() };
		}
		yield { end: { rows } };
	} finally {
		await session.query('rollback');
	}
}

/** One way to write every value, whatever the server's habits are, and the owner's way past the walls; for this transaction. */
export async function speakPlainly(session: pg.ClientBase): Promise<void> {
	await session.query(`
		set local compact.role = 'maintenance'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601';
		set local timezone = 'UTC'; set local extra_float_digits = 1;
		set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`);
}

/** Counts rows and sums their hashes. */
export function tallyOf(table: string): { add(text: string): void; foot(): Foot } {
	const sum = checksum();
	let rows = 0;
	return {
		add(text) {
			rows++;
			sum.add(createHash('sha256').update(text).digest());
		},
		foot: () => ({ table, rows, sum: sum.hex() }),
	};
}

/** The rows of a table in the order of its key, a few at a time, as texts. */
export async function* rowsOf(table: Table, session: pg.ClientBase): AsyncGenerator<Row> {
	const names = table.columns.map(textOf).join(', ');
	const key = table.key.map((name) => pg.escapeIdentifier(name));
	const places = table.key.map((name) => table.columns.findIndex((column) => column.name === name));
	const bounds = places.map((place, index) => `$${index + 1}::${table.columns[place]?.type}`);
	const limit = table.heavy ? 1 : ROWS_AT_ONCE;
	let last: Row | null = null;
	for (;;) {
		const after: string = last ? `where (${key.join(', ')}) > (${bounds.join(', ')})` : '';
		const { rows }: pg.QueryArrayResult<(string | null)[]> = await session.query({
			text: `select ${names} from ${pg.escapeIdentifier(table.name)} ${after} order by ${key.join(', ')} limit ${limit}`,
			values: last ? places.map((place) => last?.[place]) : [],
			rowMode: 'array',
			types: { getTypeParser: () => (text: string) => text } as pg.CustomTypesConfig,
		});
		yield* rows;
		last = rows.at(-1) ?? null;
		if (rows.length < limit || !last) return;
	}
}

/** Bytes as base64: two thirds of the hexadecimal digits that PostgreSQL writes. */
function textOf({ name, type }: Column): string {
	const column = pg.escapeIdentifier(name);
	return type === 'bytea' ? `replace(encode(${column}, 'base64'), E'\\n', '')` : column;
}

/** The value of a text, given the SQL of the text. */
export function castOf({ type }: Column, text: string): string {
	return type === 'bytea' ? `decode(${text}, 'base64')` : `${text}::${type}`;
}
