import { type RawBuilder, sql } from 'kysely';
import { type Day, isoSecond } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { versionAddress } from './address.ts';
import type { TextLanguage } from './policy.ts';
import type { Coding, CodingState, Polarity, Strength } from './protection.ts';
import { standingJoin } from './standing.server.ts';

/** Codings of one answer that are read at most: a shelf of hundreds of policies has some thousands. */
const MOST = 5_000;
/** Places of one code that a page shows; the rest is a search away. */
const SHOWN_OF_A_CODE = 6;

export interface CodingFilter {
	/** Id of a policy. */
	readonly work: string | null;
	/** Id of a version. */
	readonly expression: string | null;
	/** A code as it is stored. */
	readonly code: string | null;
	readonly state: CodingState | null;
	/** Id of the last coding of an earlier answer. */
	readonly after: string | null;
}

/** Every coding, whatever became of it. */
export const EVERY_CODING: CodingFilter = { work: null, expression: null, code: null, state: null, after: null };

/** What was said of the words of a version and still stands, in the order of its text: confirmed ones and proposed ones, each saying so. */
export async function protectionsOf(workId: string, expressionId: string, tx: Tx): Promise<Coding[]> {
	return read(
		sql`c.work_id = ${workId} and c.expression_id = ${expressionId} and c.withdrawn_at is null`,
		sql`c.start_at, c.end_at, c.code, c.id`,
		MOST,
		tx,
	);
}

/** Codings that a filter leaves, oldest first, withdrawn ones with their reason. */
export async function codings(filter: CodingFilter, limit: number, tx: Tx): Promise<Coding[]> {
	const parts = [sql`true`];
	if (filter.work) parts.push(sql`c.work_id::text = ${filter.work}`);
	if (filter.expression) parts.push(sql`c.expression_id::text = ${filter.expression}`);
	if (filter.code) parts.push(sql`c.code = ${filter.code}`);
	if (filter.state) parts.push(IS[filter.state]);
	if (filter.after)
		parts.push(sql`(c.at, c.id) > (select b.at, b.id from library_coding b where b.id::text = ${filter.after})`);
	return read(sql.join(parts, sql` and `), sql`c.at, c.id`, Math.min(limit, MOST), tx);
}

/** One coding; null where none has the id. */
export async function codingOf(id: string, tx: Tx): Promise<Coding | null> {
	const [found] = await read(sql`c.id::text = ${id}`, sql`c.id`, 1, tx);
	return found ?? null;
}

/** How often a code is confirmed, in the versions that are the latest of their policy on a day. */
export interface CodeCount {
	readonly code: string;
	/** Policies of places whose latest version gives it. */
	readonly policies: number;
	/** Those of them that are in force on the day. */
	readonly inForce: number;
	/** Models of the coalition that draft it. */
	readonly models: number;
	/** Passages that give it, in all of these. */
	readonly passages: number;
}

/**
 * Counts by code. A policy counts once a code, by a confirmed coding that gives it in the latest version of its own
 * language; withdrawn policies and codes that nobody confirmed are not there.
 */
export async function countsByCode(day: Day, tx: Tx): Promise<CodeCount[]> {
	const { rows } = await sql<CodeCount>`
		select c.code,
			count(distinct w.id) filter (where w.instrument <> 'model')::integer as policies,
			count(distinct w.id) filter (where w.instrument <> 'model' and s.fact in ('in_force', 'injunction_lifted'))::integer
				as "inForce",
			count(distinct w.id) filter (where w.instrument = 'model')::integer as models,
			count(distinct c.id)::integer as passages
		from library_coding c join library_work w on w.id = c.work_id ${standingJoin(day)}
		where ${COUNTED} and ${latestOn(day)} group by c.code order by c.code`.execute(tx);
	return rows;
}

/** Where each code is confirmed, in the latest versions on a day: a few of each, by address. */
export async function confirmedPlaces(day: Day, tx: Tx): Promise<Coding[]> {
	return read(
		sql`c.id in (
			select id from (
				select c.id, row_number() over (partition by c.code order by w.address, c.start_at, c.id) as nth
				from library_coding c join library_work w on w.id = c.work_id
				where ${COUNTED} and ${latestOn(day)}) few
			where nth <= ${SHOWN_OF_A_CODE})`,
		sql`c.code, w.address, c.start_at, c.id`,
		MOST,
		tx,
	);
}

/** Provisions of the latest versions on a day in which a code is confirmed, by the day of the version, then by address. */
export async function givingProvisions(
	code: string,
	day: Day,
	tx: Tx,
): Promise<{ readonly workId: string; readonly expressionId: string; readonly eId: string }[]> {
	const { rows } = await sql<{ workId: string; expressionId: string; eId: string }>`
		select c.work_id as "workId", c.expression_id as "expressionId", c.e_id as "eId"
		from library_coding c join library_work w on w.id = c.work_id
		join library_expression e on e.work_id = c.work_id and e.id = c.expression_id
		where ${COUNTED} and ${latestOn(day)} and c.code = ${code}
		group by c.work_id, c.expression_id, c.e_id, e.day, w.address
		order by e.day, w.address, min(c.start_at) limit ${MOST}`.execute(tx);
	return rows;
}

const IS: Readonly<Record<CodingState, RawBuilder<unknown>>> = {
	proposed: sql`c.confirmed_at is null and c.withdrawn_at is null`,
	confirmed: sql`c.confirmed_at is not null and c.withdrawn_at is null`,
	withdrawn: sql`c.withdrawn_at is not null`,
};

const COUNTED = sql`c.confirmed_at is not null and c.withdrawn_at is null and c.polarity = 'gives'
	and w.withdrawn_at is null`;

/** Whether the coding `c` is of the version of the policy `w` that counts on a day: the latest official one in its own language. */
export function latestOn(day: Day): RawBuilder<unknown> {
	return sql`c.expression_id = (
		select l.id from library_expression l
		where l.work_id = w.id and l.language = w.language and l.official and l.day <= ${day}::date
		order by l.day desc, l.nth desc limit 1)`;
}

interface Stored {
	id: string;
	work_id: string;
	expression_id: string;
	e_id: string;
	work_address: string;
	work_language: TextLanguage;
	title: string;
	day: Day;
	nth: number;
	language: TextLanguage;
	code: string;
	taxonomy: string;
	polarity: Polarity;
	strength: Strength;
	words: string;
	start_at: number;
	end_at: number;
	note: string | null;
	author: string;
	at: Date;
	confirmed_by: string | null;
	confirmed_at: Date | null;
	withdrawn_by: string | null;
	withdrawn_at: Date | null;
	withdrawn_reason: string | null;
}

async function read(where: RawBuilder<unknown>, order: RawBuilder<unknown>, limit: number, tx: Tx): Promise<Coding[]> {
	const { rows } = await sql<Stored>`
		select c.*, w.address as work_address, w.language as work_language, e.title, e.day, e.nth, e.language
		from library_coding c
		join library_work w on w.id = c.work_id
		join library_expression e on e.work_id = c.work_id and e.id = c.expression_id
		where ${where} order by ${order} limit ${limit}`.execute(tx);
	return rows.map(codingIn);
}

function codingIn(row: Stored): Coding {
	const version = versionAddress({ address: row.work_address, language: row.work_language }, row);
	return {
		id: row.id,
		workId: row.work_id,
		expressionId: row.expression_id,
		eId: row.e_id,
		address: `${version}/${row.e_id}`,
		title: row.title,
		day: row.day,
		code: row.code,
		taxonomy: row.taxonomy,
		polarity: row.polarity,
		strength: row.strength,
		words: row.words,
		start: row.start_at,
		end: row.end_at,
		note: row.note,
		state: row.withdrawn_at ? 'withdrawn' : row.confirmed_at ? 'confirmed' : 'proposed',
		author: row.author,
		at: isoSecond(row.at),
		confirmedBy: row.confirmed_by,
		confirmedAt: row.confirmed_at && isoSecond(row.confirmed_at),
		withdrawnBy: row.withdrawn_by,
		withdrawnAt: row.withdrawn_at && isoSecond(row.withdrawn_at),
		withdrawnReason: row.withdrawn_reason,
	};
}
