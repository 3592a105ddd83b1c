import { type RawBuilder, sql } from 'kysely';
import { Invalid } from '#kernel/error.ts';
import type { Tx } from '#platform/world.ts';
import type { TextLanguage } from './policy.ts';
import { version } from './version.server.ts';
import type { Version, VersionLine } from './view.ts';
import { type StoredVersion, versionLine } from './work.server.ts';

export interface VersionFilter {
	/** Id of a policy. */
	readonly work: string | null;
	readonly language: TextLanguage | null;
	/** Id of the last version of an earlier answer. */
	readonly after: string | null;
}

/** Versions of every policy in lines, by address of the policy and day. Throws `Invalid` where the one to begin behind is not there. */
export async function versions(filter: VersionFilter, limit: number, tx: Tx): Promise<VersionLine[]> {
	const parts: RawBuilder<unknown>[] = [sql`w.withdrawn_at is null`];
	if (filter.work) parts.push(sql`w.id::text = ${filter.work}`);
	if (filter.language) parts.push(sql`e.language = ${filter.language}`);
	if (filter.after) {
		const { rows } = await sql<{ address: string; day: string; nth: number; language: string; id: string }>`
			select w.address, e.day::text, e.nth, e.language, e.id from library_expression e
			join library_work w on w.id = e.work_id where e.id::text = ${filter.after}`.execute(tx);
		const [from] = rows;
		if (!from) throw new Invalid('There is no such version to go on after. Leave `after` out to begin at the first.');
		parts.push(sql`(w.address, e.day, e.nth, e.language, e.id) >
			(${from.address}, ${from.day}::date, ${from.nth}, ${from.language}, ${from.id})`);
	}
	const { rows } = await sql<StoredVersion & { work_address: string; work_language: TextLanguage }>`
		select e.id, e.day, e.nth, e.language, e.official, e.title, e.format, e.profile, e.source_name, e.source_address,
			e.source_retrieved, e.published_at, e.blob_id, e.added_at, w.address as work_address, w.language as work_language
		from library_expression e join library_work w on w.id = e.work_id
		where ${sql.join(parts, sql` and `)} order by w.address, e.day, e.nth, e.language, e.id limit ${limit}`.execute(tx);
	return rows.map((row) => versionLine({ address: row.work_address, language: row.work_language }, row));
}

/** A version by its id alone, whole; null where there is none. */
export async function versionOf(id: string, tx: Tx): Promise<Version | null> {
	const { rows } = await sql<{ work_id: string }>`
		select work_id from library_expression where id::text = ${id}`.execute(tx);
	return rows[0] ? version(rows[0].work_id, id, tx) : null;
}
