import { sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import { type Excerpt, outlineOf, type Placed, type Size, tooLong } from './excerpt.ts';
import type { Amendment, Problem, Provision } from './provision.ts';
import { provisions, provisionsWhere } from './version.server.ts';
import type { VersionLine, Work } from './view.ts';

/** Characters that are read of a provision to name it in an outline. */
const FIRST_WORDS = 120;

/**
 * Reads of a version what one page shows: a provision with all that lies in it and what it lies in, or the whole; where
 * that is too long, its outline. A text that fits on a page is read whole.
 * @param eId null: the whole. One that the version has not gives null.
 * @param page of the outline, from 1
 */
export async function excerpt(
	work: Work,
	line: VersionLine,
	eId: string | null,
	page: number,
	tx: Tx,
): Promise<Excerpt | null> {
	const of = sql`work_id = ${work.id} and expression_id = ${line.id}`;
	const ends = await sql<{ position: number; end_at: number }>`
		select position, end_at from library_provision where ${of} order by position desc limit 1`.execute(tx);
	const whole: Size = { provisions: (ends.rows[0]?.position ?? -1) + 1, letters: ends.rows[0]?.end_at ?? 0 };
	const about = await sql<{ amendments: Amendment[]; problems: Problem[]; amending: boolean; silent: boolean }>`
		select amendments, problems,
			exists (select from library_provision where ${of} and redline is not null) as amending,
			exists (select from library_provision where ${of} and state = 'changed' and before is null) as silent
		from library_expression where work_id = ${work.id} and id = ${line.id}`.execute(tx);
	const root = eId === null ? null : await placeOf(work.id, line.id, eId, tx);
	if (!about.rows[0] || (eId !== null && root === null)) return null;
	const same = work.versions.filter(({ language }) => language === line.language);
	const at = same.findIndex(({ id }) => id === line.id);
	const size = root ? { provisions: root.end - root.position, letters: root.letters } : whole;
	const base = {
		line,
		earlier: same[at + 1] ?? null,
		later: same[at - 1] ?? null,
		...about.rows[0],
		neighbours: root && { before: root.before, after: root.after },
		whole,
		size,
	};
	// What has nothing in it cannot be outlined, however long it is.
	if (tooLong(size) && size.provisions > 1) {
		const rows = await placed(work.id, line.id, root, tx);
		const above = root ? await branch(work.id, line.id, root.chain, root.position, root.position + 1, tx) : [];
		return { ...base, provisions: above, outline: outlineOf(rows, root?.position ?? null, page) };
	}
	const shown = root
		? await branch(work.id, line.id, root.chain, root.position, root.end, tx)
		: await provisions(work.id, line.id, tx);
	return { ...base, provisions: shown, outline: null };
}

interface Root {
	readonly position: number;
	/** Position behind the last provision in it. */
	readonly end: number;
	readonly letters: number;
	/** Positions of what it lies in, outermost first. */
	readonly chain: readonly number[];
	readonly before: string | null;
	readonly after: string | null;
}

/** Where a provision stands. What lies in it follows it without a gap, as provisions are kept in order of the text. */
async function placeOf(workId: string, expressionId: string, eId: string, tx: Tx): Promise<Root | null> {
	const of = sql`work_id = ${workId} and expression_id = ${expressionId}`;
	const { rows } = await sql<Root>`
		with recursive root as materialized (
			select position, parent, start_at from library_provision where ${of} and e_id = ${eId}
		), above as (
			select parent as position from root where parent is not null
			union all
			select p.parent from above join library_provision p on ${of} and p.position = above.position
			where p.parent is not null
		), behind as materialized (
			select p.position, p.parent, p.e_id from root, lateral (
				select position, parent, e_id from library_provision
				where ${of} and position > root.position and (parent is null or parent < root.position)
				order by position limit 1) p
		), edge as materialized (
			select coalesce((select position from behind),
				(select max(position) + 1 from library_provision where ${of})) as position
		)
		select root.position, edge.position as end,
			(select end_at from library_provision where ${of} and position = edge.position - 1) - root.start_at as letters,
			coalesce((select array_agg(position order by position) from above), '{}') as chain,
			(select e_id from library_provision where ${of} and position < root.position
				and parent is not distinct from root.parent order by position desc limit 1) as before,
			(select e_id from behind where behind.parent is not distinct from root.parent) as after
		from root, edge`.execute(tx);
	return rows[0] ?? null;
}

/** Provisions from one position up to another with what they lie in, as a tree of its own. */
async function branch(
	workId: string,
	expressionId: string,
	chain: readonly number[],
	from: number,
	to: number,
	tx: Tx,
): Promise<Provision[]> {
	const read = await provisionsWhere(
		workId,
		expressionId,
		sql`(position = any(${chain}::integer[]) or (position >= ${from} and position < ${to}))`,
		tx,
	);
	const place = (at: number) => (at < from ? chain.indexOf(at) : chain.length + at - from);
	return read.map((one) => ({ ...one, parent: one.parent === null ? null : place(one.parent) }));
}

/** What an outline can list: what lies right in a provision, and every division and section below. */
async function placed(workId: string, expressionId: string, root: Root | null, tx: Tx): Promise<Placed[]> {
	const inside = root
		? sql`position > ${root.position} and position < ${root.end} and (parent = ${root.position} or ${OPENING})`
		: sql`(parent is null or ${OPENING})`;
	const { rows } = await sql<Placed>`
		select position, parent, e_id as "eId", kind, number, heading, left(text, ${FIRST_WORDS}) as words
		from library_provision
		where work_id = ${workId} and expression_id = ${expressionId} and ${inside} order by position`.execute(tx);
	return rows;
}

const OPENING = sql`kind in ('title', 'chapter', 'article', 'part', 'section')`;
