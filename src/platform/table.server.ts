import type { ClientBase } from 'pg';

/** A table as backup and restore see it. */
export interface Table {
	readonly name: string;
	/** In order; without those that the database alone fills in. */
	readonly columns: readonly Column[];
	/** Names of the columns of the primary key, by which rows are read piece by piece. */
	readonly key: readonly string[];
	/** Column whose numbers the database hands out. */
	readonly counter: string | null;
	/** Rows may be as large as a file: one is read at a time. */
	readonly heavy: boolean;
}

export interface Column {
	readonly name: string;
	/** As SQL writes it. */
	readonly type: string;
}

/**
 * The platform's own list, which a migrated database has already; what numbers of transactions alone are in; and what is
 * made anew from the texts; and who has a draft open at this moment.
 */
const LEFT_OUT = [
	...['migration', 'library_change'],
	...['reuse_text', 'reuse_fingerprint', 'reuse_link', 'reuse_background'],
	'adoption_presence',
];
/** Numbers of transactions mean nothing in another database. */
const LOCAL_TYPE = 'xid8';

/** Our tables, those that others refer to first. Jobs under way lie in another schema and are not among them. */
export async function ownTables(session: ClientBase): Promise<readonly Table[]> {
	const { rows } = await session.query<{
		name: string;
		columns: Column[];
		key: string[];
		counter: string | null;
		refers: string[];
	}>(
		`select c.relname as name,
			(select jsonb_agg(jsonb_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) order by attnum)
				from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''
				and format_type(atttypid, atttypmod) <> $2) as columns,
			array(select attname::text from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
				where i.indrelid = c.oid and i.indisprimary order by array_position(i.indkey::int2[], a.attnum)) as key,
			(select attname::text from pg_attribute where attrelid = c.oid and attidentity <> '' limit 1) as counter,
			array(select confrelid::regclass::text from pg_constraint
				where conrelid = c.oid and contype = 'f' and confrelid <> c.oid) as refers
		from pg_class c
		where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relispartition and c.relname <> all ($1::text[])
		order by c.relname collate "C"`,
		[LEFT_OUT, LOCAL_TYPE],
	);
	const ordered: Table[] = [];
	const left = new Map(rows.map((row) => [row.name, row]));
	while (left.size > 0) {
		const free = [...left.values()].filter((row) => row.refers.every((name) => !left.has(name)));
		// Tables that refer to each other in a ring: their constraints are deferred, so any order will do.
		const next = free.length > 0 ? free : [...left.values()];
		for (const { name, columns, key, counter } of next) {
			if (key.length === 0) throw new Error(`The table ${name} has no primary key.`);
			ordered.push({ name, columns, key, counter, heavy: columns.some((column) => column.type === 'bytea') });
			left.delete(name);
		}
	}
	return ordered;
}
