import type { ClientBase } from 'pg';

/** One type per column type of the database, as `pool.server.ts` reads it. A type that is not here fails loudly. */
const TYPES: Readonly<Record<string, string>> = {
	bool: 'boolean',
	bytea: 'Buffer',
	date: 'string',
	float8: 'number',
	int2: 'number',
	int4: 'number',
	int8: 'number',
	json: 'JsonColumn',
	jsonb: 'JsonColumn',
	numeric: 'string',
	text: 'string',
	timestamptz: 'Date',
	tsvector: 'string',
	uuid: 'string',
	xid8: 'string',
};

interface Column {
	readonly table: string;
	readonly name: string;
	readonly type: string;
	readonly array: boolean;
	readonly nullable: boolean;
	/** The database fills it in where an insert leaves it out. */
	readonly filled: boolean;
	/** The database alone fills it in. */
	readonly always: boolean;
}

/** The text of `schema.gen.ts` for a migrated database: the table types that stores are checked against. */
export async function schemaText(session: ClientBase): Promise<string> {
	const { rows } = await session.query<Column>(`
		select c.relname as "table", a.attname as name,
			coalesce(e.typname, b.typname, t.typname) as type, e.oid is not null as array,
			not a.attnotnull as nullable,
			a.atthasdef or a.attidentity <> '' as filled,
			a.attidentity = 'a' or a.attgenerated <> '' as always
		from pg_class c
		join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
		join pg_type t on t.oid = a.atttypid
		left join pg_type b on b.oid = t.typbasetype and t.typtype = 'd'
		left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
		where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
		order by c.relname collate "C", a.attnum`);
	const tables = [...new Set(rows.map((row) => row.table))];
	return [
		'// Made from the migrated database by `npm run golden -- --update`. Do not edit.',
		"import type { ColumnType, Generated, GeneratedAlways } from 'kysely';",
		'',
		'export type Json = string | number | boolean | null | { readonly [key: string]: Json } | readonly Json[];',
		'/** Read as a value, written as its JSON text. */',
		'export type JsonColumn = ColumnType<Json, string, string>;',
		'',
		...tables.flatMap((table) => [
			`export interface ${typeName(table)} {`,
			...rows.filter((row) => row.table === table).map((row) => `\t${row.name}: ${columnType(row)};`),
			'}',
			'',
		]),
		'export interface DB {',
		...tables.map((table) => `\t${table}: ${typeName(table)};`),
		'}',
		'',
	].join('\n');
}

function columnType(column: Column): string {
	const base = TYPES[column.type];
	if (!base)
		throw new Error(
			`Column ${column.table}.${column.name} has the type ${column.type}, which schema.server.ts does not know.`,
		);
	const read = `${base}${column.array ? '[]' : ''}${column.nullable ? ' | null' : ''}`;
	if (column.always) return `GeneratedAlways<${read}>`;
	return column.filled ? `Generated<${read}>` : read;
}

function typeName(table: string): string {
	return table.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
