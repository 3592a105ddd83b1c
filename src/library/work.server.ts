import { sql } from 'kysely';
import { type Day, isoSecond } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { versionAddress } from './address.ts';
import type { Fact, RelationKind, TextLanguage } from './policy.ts';
import type { Blank, Both, Note, RelationLine, VersionLine, Work, WorkLine } from './view.ts';
import { workLines } from './works.server.ts';

/** A policy with its facts, relations and versions, as it stands on a day; null where there is none of this id. */
export async function work(id: string, day: Day, tx: Tx): Promise<Work | null> {
	const [line] = await workLines(sql`w.id::text = ${id}`, day, 1, tx);
	return line ? whole(line, tx) : null;
}

/** The rest of a policy of which a line is known. */
export async function whole(line: WorkLine, tx: Tx): Promise<Work> {
	const { rows } = await sql<{
		summary: Partial<Both>;
		blanks: readonly Blank[];
		askCounsel: boolean;
		notes: readonly Note[];
	}>`
		select summary, blanks, ask_counsel as "askCounsel", coalesce((
			select jsonb_agg(jsonb_build_object('eId', e_id, 'text', jsonb_build_object('en', en, 'es', es)) order by position)
			from library_note n where n.work_id = w.id), '[]') as notes
		from library_work w where id = ${line.id}`.execute(tx);
	const more = rows[0] ?? { summary: {}, blanks: [], askCounsel: false, notes: [] };
	return {
		...line,
		...more,
		facts: await facts(line.id, tx),
		relations: await relations(line.id, tx),
		versions: await versionLines(line, tx),
	};
}

/** The standing facts of a policy, oldest first. */
async function facts(workId: string, tx: Tx): Promise<Fact[]> {
	const { rows } = await sql<Fact>`
		select id, kind, day, source, source_address as "sourceAddress", note from library_fact
		where work_id = ${workId} and withdrawn_at is null order by day, at, id`.execute(tx);
	return rows;
}

/** What a policy does to others, and others to it; standing ones, those of its own first. */
async function relations(workId: string, tx: Tx): Promise<RelationLine[]> {
	const { rows } = await sql<RelationLine & { kind: RelationKind }>`
		select r.kind, 'from' as direction, o.address, coalesce(o.title, r.other) as other, r.source,
			r.source_address as "sourceAddress"
		from library_relation r left join library_work o on o.id = r.other_id
		where r.work_id = ${workId} and r.withdrawn_at is null
		union all
		select r.kind, 'to', w.address, w.title, r.source, r.source_address
		from library_relation r join library_work w on w.id = r.work_id
		where r.other_id = ${workId} and r.withdrawn_at is null
		order by direction, kind, other`.execute(tx);
	return rows;
}

/** A version as it is stored, but for its text. */
export interface StoredVersion {
	id: string;
	day: Day;
	nth: number;
	language: TextLanguage;
	official: boolean;
	title: string;
	format: string;
	profile: string | null;
	source_name: string | null;
	source_address: string | null;
	source_retrieved: Day | null;
	published_at: Date | null;
	blob_id: string | null;
	added_at: Date;
}

/** The versions of a policy, newest first. */
export async function versionLines(
	policy: { readonly id: string; readonly address: string; readonly language: TextLanguage },
	tx: Tx,
): Promise<VersionLine[]> {
	const { rows } = await sql<StoredVersion>`
		select id, day, nth, language, official, title, format, profile, source_name, source_address, source_retrieved,
			published_at, blob_id, added_at
		from library_expression where work_id = ${policy.id}
		order by day desc, nth desc, language <> ${policy.language}, language`.execute(tx);
	return rows.map((row) => versionLine(policy, row));
}

/** A version in a line. */
export function versionLine(
	policy: { readonly address: string; readonly language: TextLanguage },
	row: StoredVersion,
): VersionLine {
	return {
		id: row.id,
		address: versionAddress(policy, row),
		day: row.day,
		nth: row.nth,
		language: row.language,
		official: row.official,
		title: row.title,
		format: row.format,
		profile: row.profile,
		source: {
			// A file may be called what nobody was meant to read: its name is published with its bytes.
			name: row.published_at === null ? null : row.source_name,
			address: row.source_address,
			retrieved: row.source_retrieved,
			file: row.blob_id !== null,
			published: row.published_at !== null,
		},
		addedAt: isoSecond(row.added_at),
	};
}
