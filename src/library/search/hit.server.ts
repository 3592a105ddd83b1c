import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { versionAddress } from '../address.ts';
import type { TextLanguage } from '../policy.ts';
import type { WorkLine } from '../view.ts';
import { workLines } from '../works.server.ts';
import type { Hit } from './found.ts';

/** Where a provision stands in the index. */
export interface Spot {
	readonly slot: number;
	readonly position: number;
}

/** A hit before its snippet, with its whole words. */
export interface Opened extends Omit<Hit, 'snippet'> {
	readonly text: string;
	/** In shorthand, number and heading first. */
	readonly signs: string;
}

interface StoredHit extends Spot {
	work_id: string;
	language: TextLanguage;
	day: Day;
	nth: number;
	official: boolean;
	e_id: string;
	number: string | null;
	heading: string | null;
	text: string;
	signs: string;
	within: { number: string | null; heading: string | null }[];
}

/** Levels that are named above a hit; no text lies deeper. */
const DEEPEST = 20;

/** Opens provisions in the order they are given. */
export async function openHits(spots: readonly Spot[], day: Day, tx: Tx): Promise<Opened[]> {
	if (spots.length === 0) return [];
	const { rows } = await sql<StoredHit>`
		with recursive asked as materialized (
			select a.slot, a.position, i.work_id, i.expression_id
			from jsonb_to_recordset(${JSON.stringify(spots.map(({ slot, position }) => ({ slot, position })))}::jsonb)
				as a (slot integer, position integer) join library_index i on i.slot = a.slot
		), up as (
			select a.slot, a.position, a.work_id, a.expression_id, p.parent, 1 as depth, p.number, p.heading
			from asked a cross join lateral ${provision(sql`a`, sql`a.position`)} p
			union all
			select u.slot, u.position, u.work_id, u.expression_id, p.parent, u.depth + 1, p.number, p.heading
			from up u cross join lateral ${provision(sql`u`, sql`u.parent`)} p
			where u.depth < ${DEEPEST}
		)
		select a.slot, a.position, a.work_id, e.language, e.day, e.nth, e.official, p.e_id, p.number, p.heading, p.text,
			coalesce((select x.signs from library_index_provision x where x.slot = a.slot and x.position = a.position), '') as signs,
			coalesce((select jsonb_agg(jsonb_build_object('number', u.number, 'heading', u.heading) order by u.depth desc)
				from up u where u.slot = a.slot and u.position = a.position and u.depth > 1), '[]') as within
		from asked a cross join lateral ${provision(sql`a`, sql`a.position`)} p
		join library_expression e on e.work_id = a.work_id and e.id = a.expression_id`.execute(tx);
	const ids = [...new Set(rows.map((row) => row.work_id))];
	const works = new Map<string, WorkLine>();
	for (const line of await workLines(sql`w.id = any(${ids}::uuid[])`, day, ids.length, tx)) works.set(line.id, line);
	const at = new Map(rows.map((row) => [key(row), row]));
	return spots.flatMap((spot) => {
		const row = at.get(key(spot));
		const work = row && works.get(row.work_id);
		return row && work ? [opened(row, work)] : [];
	});
}

/** The first provision of a version that has words of its own. */
export async function firstSpots(slots: readonly number[], tx: Tx): Promise<Spot[]> {
	const { rows } = await sql<Spot>`
		select s.slot, p.position from unnest(${[...slots]}::integer[]) with ordinality as s (slot, nth)
		join library_index i on i.slot = s.slot
		join lateral (select position from library_provision p where p.work_id = i.work_id
			and p.expression_id = i.expression_id order by p.text = '', p.position limit 1) p on true
		order by s.nth`.execute(tx);
	return rows;
}

/** One by one through the key: left to itself, the planner reads whole versions where it cannot guess how deep texts are. */
function provision(of: RawBuilder<unknown>, position: RawBuilder<unknown>): RawBuilder<unknown> {
	return sql`(select p.e_id, p.parent, p.number, p.heading, p.text from library_provision p
		where p.work_id = ${of}.work_id and p.expression_id = ${of}.expression_id and p.position = ${position} limit 1)`;
}

function key({ slot, position }: Spot): string {
	return `${slot}.${position}`;
}

function opened(row: StoredHit, work: WorkLine): Opened {
	const address = versionAddress(work, row);
	return {
		work,
		version: { address, day: row.day, nth: row.nth, language: row.language, official: row.official },
		eId: row.e_id,
		address: `${address}/${row.e_id}`,
		number: row.number,
		heading: row.heading,
		within: row.within
			.map(({ number, heading }) => [number, heading].filter(Boolean).join(' '))
			.filter((line) => line !== ''),
		text: row.text,
		signs: row.signs,
	};
}
