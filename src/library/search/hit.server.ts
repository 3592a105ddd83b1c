import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { versionAddress } from '../address.ts';
import type { WorkLine } from '../view.ts';
import { workLines } from '../works.server.ts';
import type { Hit } from './found.ts';
import type { Held } from './holdings.ts';

/** Where a provision stands. */
export interface Spot {
	readonly held: Held;
	readonly position: number;
	/** Positions of what it lies in, outermost first. */
	readonly within: readonly number[];
}

/** A hit before its snippet, with its whole words. */
export interface Opened extends Omit<Hit, 'snippet'> {
	readonly text: string;
}

interface StoredHit {
	nth: number;
	/** False: one that a hit lies in. */
	hit: boolean;
	e_id: string;
	number: string | null;
	heading: string | null;
	text: string | null;
}

/**
 * Opens provisions in the order they are given; null where one has gone.
 * @param lines policies that are known, by id; those that are not are added
 */
export async function openHits(
	spots: readonly Spot[],
	day: Day,
	lines: Map<string, WorkLine>,
	tx: Tx,
): Promise<(Opened | null)[]> {
	if (spots.length === 0) return [];
	const wanted = spots.flatMap(({ held, position, within }, nth) => [
		...within.map((one) => ({ ...held, position: one, nth, hit: false })),
		{ ...held, position, nth, hit: true },
	]);
	// One by one through the key: left to itself, the planner reads whole versions.
	const { rows } = await sql<StoredHit>`
		select a.nth, a.hit, p.e_id, p.number, p.heading, case when a.hit then p.text end as text
		from unnest(${wanted.map((one) => one.workId)}::uuid[], ${wanted.map((one) => one.expressionId)}::uuid[],
			${wanted.map((one) => one.position)}::integer[], ${wanted.map((one) => one.nth)}::integer[],
			${wanted.map((one) => one.hit)}::boolean[])
			with ordinality as a (work_id, expression_id, position, nth, hit, place)
		cross join lateral (select p.e_id, p.number, p.heading, p.text from library_provision p
			where p.work_id = a.work_id and p.expression_id = a.expression_id and p.position = a.position limit 1) p
		order by a.place`.execute(tx);
	const unknown = new Set(spots.flatMap(({ held }) => (lines.has(held.workId) ? [] : [held.workId])));
	if (unknown.size > 0)
		for (const line of await workLines(sql`w.id = any(${[...unknown]}::uuid[])`, day, unknown.size, tx))
			lines.set(line.id, line);
	return spots.map(({ held }, nth) => {
		const mine = rows.filter((row) => row.nth === nth);
		const hit = mine.find((row) => row.hit);
		const work = lines.get(held.workId);
		return hit && work ? opened(hit, mine, held, work) : null;
	});
}

/** The first provision of each version that has words of its own. */
export async function firstSpots(versions: readonly Held[], tx: Tx): Promise<Spot[]> {
	const { rows } = await sql<{ nth: number; position: number }>`
		select v.nth::integer, p.position
		from unnest(${versions.map((one) => one.workId)}::uuid[], ${versions.map((one) => one.expressionId)}::uuid[])
			with ordinality as v (work_id, expression_id, nth)
		join lateral (select position from library_provision p where p.work_id = v.work_id
			and p.expression_id = v.expression_id order by p.text = '', p.position limit 1) p on true
		order by v.nth`.execute(tx);
	return rows.flatMap(({ nth, position }) => {
		const held = versions[nth - 1];
		return held ? [{ held, position, within: [] }] : [];
	});
}

function opened(hit: StoredHit, all: readonly StoredHit[], held: Held, work: WorkLine): Opened {
	const { day, nth, language, official } = held;
	const address = versionAddress(work, held);
	return {
		work,
		version: { address, day, nth, language, official },
		eId: hit.e_id,
		address: `${address}/${hit.e_id}`,
		number: hit.number,
		heading: hit.heading,
		within: all
			.filter((row) => !row.hit)
			.map(({ number, heading }) => [number, heading].filter(Boolean).join(' '))
			.filter((line) => line !== ''),
		text: hit.text ?? '',
	};
}
