import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import type { FactKind } from '../policy.ts';
import { furthest, standingJoin, standingOf, standsAs, telling } from '../standing.server.ts';
import type { Asked } from './asked.ts';
import type { Bundle } from './facet.ts';
import type { Spot } from './hit.server.ts';

interface StoredBundle {
	state: string | null;
	place: string | null;
	instrument: string;
	fact: FactKind | null;
	year: number[];
	language: string[];
	protection: string[];
	count: number;
}

/** A match, in words. */
export interface Likely extends Spot {
	readonly length: number;
}

/** What matches: counts of all of it, and the likeliest of what passes every list. */
export interface Matches {
	readonly bundles: readonly Bundle[];
	readonly candidates: readonly Likely[];
}

/**
 * Counts what matches, bundled by what it can be narrowed by, and reads the shortest provisions that pass every list.
 * The matches are read once, and joined by their versions: left to itself, the planner would search once for each version.
 * @param limit of candidates; half as many more come from matches in numbers and headings
 */
export async function matchesOf(
	{ matching, heading }: { readonly matching: string; readonly heading: string | null },
	asked: Asked,
	day: Day,
	limit: number,
	tx: Tx,
): Promise<Matches> {
	await sql`set local enable_nestloop = off`.execute(tx);
	const { rows } = await sql<{ bundles: StoredBundle[] | null; candidates: Likely[] | null }>`
		with m as materialized (
			select p.slot, p.position, p.length from library_index_provision p
			where p.words @@ ${matching}::tsquery and ${reach(asked)}
		), n as materialized (
			select m.slot, count(*)::integer as count from m group by m.slot
		), f as materialized ${standings(day)}, v as materialized (
			select i.slot, n.count, w.state_code as state, w.place_id as place, w.instrument, s.fact,
				extract(year from e.day)::integer as year, e.language, coalesce(c.codes, '{}') as protection
			from n join library_index i on i.slot = n.slot
			join library_expression e on e.work_id = i.work_id and e.id = i.expression_id
			join library_work w on w.id = i.work_id left join f s on s.work_id = i.work_id
			left join ${protections()} c on c.work_id = i.work_id and c.expression_id = i.expression_id
			where ${shown(asked)}
		), b as (
			select state, place, instrument, fact, array[year] as year, array[language] as language, protection,
				sum(count)::integer as count
			from v group by state, place, instrument, fact, v.year, v.language, protection
		), t as materialized (
			select m.slot, m.position, m.length from m join v s on s.slot = m.slot where ${passing(asked)}
			order by m.length, m.slot, m.position limit ${limit}
		), h as materialized (
			select p.slot, p.position, p.length from library_index_provision p
			where p.words @@ ${heading}::tsquery and ${reach(asked)}
		), u as materialized (
			select h.slot, h.position, h.length from h join v s on s.slot = h.slot where ${passing(asked)}
			order by h.length, h.slot, h.position limit ${limit / 2}
		)
		select (select jsonb_agg(b) from b) as bundles, (select jsonb_agg(t) from (table t union table u) t) as candidates`.execute(
		tx,
	);
	await sql`set local enable_nestloop = on`.execute(tx);
	return { bundles: (rows[0]?.bundles ?? []).map(bundle), candidates: rows[0]?.candidates ?? [] };
}

/** Counts of policies, bundled in the same way. A policy is of every language and year that its versions are of. */
export async function workBundles(asked: Asked, day: Day, tx: Tx): Promise<Bundle[]> {
	const { rows } = await sql<StoredBundle>`
		with f as materialized ${standings(day)}, v as materialized (
			select i.work_id, array_agg(distinct extract(year from e.day)::integer order by extract(year from e.day)::integer) as year,
				array_agg(distinct e.language order by e.language) as language
			from library_index i join library_expression e on e.work_id = i.work_id and e.id = i.expression_id
			where ${asked.allVersions ? sql`true` : sql`i.current`} group by i.work_id
		), c as materialized (
			select c.work_id, array_agg(distinct c.code order by c.code) as codes
			from library_coding c join library_index i on i.work_id = c.work_id and i.expression_id = c.expression_id
			where ${counted()} and ${asked.allVersions ? sql`true` : sql`i.current`} group by c.work_id
		)
		select w.state_code as state, w.place_id as place, w.instrument, s.fact, v.year, v.language,
			coalesce(c.codes, '{}') as protection, count(*)::integer as count
		from v join library_work w on w.id = v.work_id left join f s on s.work_id = w.id left join c on c.work_id = w.id
		where ${shown(asked)} group by 1, 2, 3, 4, 5, 6, 7`.execute(tx);
	return rows.map(bundle);
}

/** Whether the version `s` of a row passes every list. */
function passing(asked: Asked): RawBuilder<unknown> {
	const parts = [sql`true`];
	if (asked.state.length > 0) parts.push(sql`s.state = any(${[...asked.state]}::text[])`);
	if (asked.place.length > 0) parts.push(sql`s.place = any(${[...asked.place]}::text[])`);
	if (asked.instrument.length > 0) parts.push(sql`s.instrument = any(${[...asked.instrument]}::text[])`);
	if (asked.standing.length > 0) parts.push(standsAs(asked.standing));
	if (asked.year.length > 0) parts.push(sql`s.year = any(${[...asked.year]}::integer[])`);
	if (asked.language.length > 0) parts.push(sql`s.language = any(${[...asked.language]}::text[])`);
	if (asked.protection.length > 0) parts.push(sql`s.protection && ${[...asked.protection]}::text[]`);
	return sql.join(parts, sql` and `);
}

/** Slots of one version of each policy that passes every list, latest first. */
export async function passingWorks(
	asked: Asked,
	day: Day,
	{ from, limit }: { readonly from: number; readonly limit: number },
	tx: Tx,
): Promise<readonly number[]> {
	const parts = [shown(asked), ...workConditions(asked)];
	const which = asked.allVersions ? sql`true` : sql`i.current`;
	const having = [sql`true`];
	if (asked.year.length > 0) having.push(sql`bool_or(extract(year from e.day) = any(${[...asked.year]}::integer[]))`);
	if (asked.language.length > 0) having.push(sql`bool_or(e.language = any(${[...asked.language]}::text[]))`);
	if (asked.protection.length > 0)
		parts.push(sql`exists (select from library_coding c join library_index i on i.work_id = c.work_id
			and i.expression_id = c.expression_id where c.work_id = w.id and ${which} and ${counted()}
			and c.code = any(${[...asked.protection]}::text[]))`);
	const preferred = sql`array_agg(i.slot order by e.language = any(${[...asked.language]}::text[]) desc,
		e.language = w.language desc, e.day desc, e.nth desc)`;
	const { rows } = await sql<{ slot: number }>`
		select (${preferred})[1] as slot from library_index i
		join library_expression e on e.work_id = i.work_id and e.id = i.expression_id
		join library_work w on w.id = i.work_id ${asked.standing.length > 0 ? standingJoin(day) : sql``}
		where ${sql.join(parts, sql` and `)} and ${which}
		group by w.id, w.address having ${sql.join(having, sql` and `)}
		order by max(e.day) desc, w.address limit ${limit} offset ${from}`.execute(tx);
	return rows.map(({ slot }) => slot);
}

/** Whether former versions are looked at. */
function reach(asked: Asked): RawBuilder<unknown> {
	return asked.allVersions ? sql`(p.current or not p.current)` : sql`p.current`;
}

function shown(asked: Asked): RawBuilder<unknown> {
	return asked.sample === null
		? sql`w.withdrawn_at is null`
		: sql`w.withdrawn_at is null and w.sample = ${asked.sample}`;
}

function workConditions(asked: Asked): RawBuilder<unknown>[] {
	const parts: RawBuilder<unknown>[] = [];
	if (asked.state.length > 0) parts.push(sql`w.state_code = any(${[...asked.state]}::text[])`);
	if (asked.place.length > 0) parts.push(sql`w.place_id = any(${[...asked.place]}::text[])`);
	if (asked.instrument.length > 0) parts.push(sql`w.instrument = any(${[...asked.instrument]}::text[])`);
	if (asked.standing.length > 0) parts.push(standsAs(asked.standing));
	return parts;
}

/** The fact that says where each policy stands on a day, for all of them at once. */
function standings(day: Day): RawBuilder<unknown> {
	return sql`(select distinct on (f.work_id) f.work_id, f.kind as fact from library_fact f
		where f.withdrawn_at is null and f.day <= ${day}::date and ${telling()}
		order by f.work_id, f.day desc, ${furthest()} desc)`;
}

function protections(): RawBuilder<unknown> {
	return sql`(select c.work_id, c.expression_id, array_agg(distinct c.code order by c.code) as codes
		from library_coding c where ${counted()} group by c.work_id, c.expression_id)`;
}

/** What a second person confirmed, and gives rather than denies. */
function counted(): RawBuilder<unknown> {
	return sql`c.confirmed_at is not null and c.withdrawn_at is null and c.polarity = 'gives'`;
}

function bundle(row: StoredBundle): Bundle {
	return {
		state: row.state === null ? [] : [row.state],
		place: row.place === null ? [] : [row.place],
		instrument: [row.instrument],
		standing: [standingOf(row.fact)],
		year: row.year.map(String),
		language: row.language,
		protection: row.protection,
		count: row.count,
	};
}
