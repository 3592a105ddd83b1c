import { sql } from 'kysely';
import { isoSecond } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { AROUND } from './area.server.ts';
import type { Cause } from './event.ts';
import { eventsWhere } from './events.server.ts';
import type { EventView } from './reading.ts';
import type { Statement } from './statement.ts';

/** An event as somebody is told of it: its sentence, where it is printed, and whether it still stands. */
export interface EventNotice extends Pick<EventView, 'id' | 'statement'> {
	/** `at`: instant of that list, ISO UTC. `row` null: the list does not hold it. */
	readonly rows: readonly { readonly file: string; readonly at: string; readonly row: number | null }[];
	readonly withdrawn: { readonly at: string; readonly cause: Cause; readonly now: Statement | null } | null;
}

/** Which of these events are of an agency that concerns which of these places: the pairs of their ids. */
export async function concerning(
	events: readonly string[],
	places: readonly string[],
	tx: Tx,
): Promise<{ event: string; place: string }[]> {
	const { rows } = await sql<{ event: string; place: string }>`
		select e.id as event, p.id as place
		from watch_event e join watch_area r on r.id = e.agency_id join place p on ${AROUND}
		where e.id = any(${events}) and p.id = any(${places})
		order by e.at, e.place, e.id, p.id`.execute(tx);
	return rows;
}

/** What there is to say of these events, oldest first, withdrawn ones with what stands in their place. */
export async function notices(ids: readonly string[], tx: Tx): Promise<EventNotice[]> {
	if (ids.length === 0) return [];
	const events = (await eventsWhere(sql`e.id = any(${ids})`, ids.length, tx)).reverse();
	const lists = await sql<{ sha256: string; modified: Date | null }>`
		select sha256, modified from watch_list
		where sha256 = any(${[...new Set(events.flatMap(({ evidence }) => evidence.map(({ sha256 }) => sha256)))]})`.execute(
		tx,
	);
	const dated = new Map(lists.rows.map(({ sha256, modified }) => [sha256, modified]));
	const gone = await withdrawals(ids, tx);
	return events.map(({ id, statement, at, evidence }) => ({
		id,
		statement,
		rows: evidence.map(({ file, sha256, row }) => {
			const modified = dated.get(sha256);
			return { file, at: modified ? isoSecond(modified) : at, row };
		}),
		withdrawn: gone.get(id) ?? null,
	}));
}

async function withdrawals(
	ids: readonly string[],
	tx: Tx,
): Promise<Map<string, NonNullable<EventNotice['withdrawn']>>> {
	const { rows } = await sql<{ id: string; at: Date; cause: Cause; en: string | null; es: string | null }>`
		select e.id, e.withdrawn_at as at, e.withdrawn_cause as cause, n.statement_en as en, n.statement_es as es
		from watch_event e left join watch_event n on n.id = e.replaced_by and n.withdrawn_at is null
		where e.id = any(${ids}) and e.withdrawn_at is not null`.execute(tx);
	return new Map(
		rows.map(({ id, at, cause, en, es }) => [
			id,
			{ at: isoSecond(at), cause, now: en !== null && es !== null ? { en, es } : null },
		]),
	);
}
