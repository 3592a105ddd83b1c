import { type RawBuilder, sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { type Day, isoSecond } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import { concerns, servesState } from './area.server.ts';
import { BATCH, inBatches } from './batch.server.ts';
import type { Confidence, EventKind } from './event.ts';
import type { ListKind } from './list.ts';
import type { Model } from './model.ts';
import { EVERYTHING, type EventFilter, type EventPage, type EventView, type EvidenceView } from './reading.ts';

/** Newest first, without the baseline and without withdrawn events: what the page shows. A cursor that is none reads as the beginning. */
export async function events(filter: EventFilter, world: Pick<World, 'db'>): Promise<EventPage> {
	return world.db.as(VISITOR, async (tx) => {
		const wanted = sql`not e.baseline and e.withdrawn_at is null and ${matching(filter)}`;
		const total = await sql<{ count: number }>`
			select count(*)::integer as count ${FROM} where ${wanted}`.execute(tx);
		const rows = await select(sql`${wanted} and ${before(filter.after)}`, NEWEST_FIRST, filter.limit + 1, tx);
		const shown = rows.slice(0, filter.limit);
		const last = shown.at(-1);
		return {
			rows: await view(shown, tx),
			next: rows.length > filter.limit && last ? `${isoSecond(last.at)}_${last.place}_${last.id}` : null,
			total: total.rows[0]?.count ?? 0,
		};
	});
}

/** Events that a condition on `e` chooses, newest first, baseline and withdrawn ones included. */
export async function eventsWhere(where: RawBuilder<unknown>, limit: number, tx: Tx): Promise<EventView[]> {
	return view(await select(where, NEWEST_FIRST, limit, tx), tx);
}

/** Which events a series tells, and in which order. */
export interface EventSelection extends Omit<EventFilter, 'limit' | 'after'> {
	/** Id of the last event of an earlier answer. */
	readonly after: string | null;
	/** False leaves the events of the first lists out; and those that no longer hold. */
	readonly baseline: boolean;
	readonly withdrawn: boolean;
	/** By list; or by when it was last told, which for a withdrawn event is its withdrawal, newest first. */
	readonly order: 'oldest' | 'newest' | 'told';
}

/** The whole series, oldest first. */
export const SERIES = { ...EVERYTHING, after: null, baseline: true, withdrawn: true, order: 'oldest' } as const;

/** A series of events, read in batches so that memory does not grow with it. Throws `Invalid` for an `after` that is none. */
export async function* eventSeries(
	filter: EventSelection,
	world: Pick<World, 'db'>,
	size = BATCH,
): AsyncGenerator<EventView> {
	const order = ORDERS[filter.order];
	const parts = [matching(filter)];
	if (!filter.baseline) parts.push(sql`not e.baseline`);
	if (!filter.withdrawn) parts.push(sql`e.withdrawn_at is null`);
	const wanted = sql.join(parts, sql` and `);
	const paired = async (batch: readonly Stored[], tx: Tx) => {
		const views = await view(batch, tx);
		return batch.flatMap((stored, i) => (views[i] ? [{ stored, view: views[i] }] : []));
	};
	const reading = {
		find: async (id: string, tx: Tx) => (await paired(await select(sql`e.id = ${id}`, OLDEST_FIRST, 1, tx), tx))[0],
		read: async (last: { stored: Stored; view: EventView } | null, tx: Tx) =>
			paired(await select(sql`${wanted} and ${order.beyond(last?.stored ?? null)}`, order.by, size, tx), tx),
	};
	for await (const row of inBatches(filter.after, reading, world, size)) yield row.view;
}

interface Stored {
	id: string;
	kind: EventKind;
	at: Date;
	place: number;
	list: ListKind;
	state: string;
	state_code: string;
	county: string | null;
	agency_id: string;
	agency: string;
	agency_before: string | null;
	agreement_id: string | null;
	model: Model;
	model_before: Model | null;
	signed: Day | null;
	signed_before: Day | null;
	evidence: Omit<EvidenceView, 'file'>[];
	confidence: Confidence;
	baseline: boolean;
	statement_en: string;
	statement_es: string;
	withdrawn_at: Date | null;
	replaced_by: string | null;
}

const FROM = sql`from watch_event e left join watch_agency a on a.id = e.agency_id`;
const NEWEST_FIRST = sql`e.at desc, e.place desc, e.id desc`;
const OLDEST_FIRST = sql`e.at, e.place, e.id`;
const TOLD = sql`coalesce(e.withdrawn_at, e.at)`;

/** Each order, and what stands behind a row in it. */
const ORDERS = {
	oldest: {
		by: OLDEST_FIRST,
		beyond: (last: Stored | null) =>
			last
				? sql`(e.at, e.place, e.id) > (${last.at}::timestamptz, ${last.place}::integer, ${last.id}::text)`
				: sql`true`,
	},
	newest: {
		by: NEWEST_FIRST,
		beyond: (last: Stored | null) =>
			last
				? sql`(e.at, e.place, e.id) < (${last.at}::timestamptz, ${last.place}::integer, ${last.id}::text)`
				: sql`true`,
	},
	told: {
		by: sql`${TOLD} desc, e.place desc, e.id desc`,
		beyond: (last: Stored | null) =>
			last
				? sql`(${TOLD}, e.place, e.id) < (${last.withdrawn_at ?? last.at}::timestamptz, ${last.place}::integer, ${last.id}::text)`
				: sql`true`,
	},
} as const;

async function select(
	where: RawBuilder<unknown>,
	order: RawBuilder<unknown>,
	limit: number,
	tx: Tx,
): Promise<Stored[]> {
	const found = await sql<Stored>`
		select e.*, a.county ${FROM} where ${where} order by ${order} limit ${limit}`.execute(tx);
	return found.rows;
}

function matching(filter: Omit<EventFilter, 'after' | 'limit'>): RawBuilder<unknown> {
	const parts = [sql`true`];
	if (filter.kind) parts.push(sql`e.kind = ${filter.kind}`);
	if (filter.model) parts.push(sql`(e.model = ${filter.model} or e.model_before = ${filter.model})`);
	if (filter.state) parts.push(sql`e.state_code = ${filter.state}`);
	if (filter.agency) parts.push(sql`e.agency_id = ${filter.agency}`);
	if (filter.place) parts.push(concerns(sql`e.agency_id`, filter.place));
	if (filter.statewide !== undefined) parts.push(servesState(sql`e.agency_id`, filter.statewide));
	if (filter.since) parts.push(sql`e.at >= ${filter.since}::date::timestamp at time zone 'UTC'`);
	if (filter.until) parts.push(sql`e.at < (${filter.until}::date + 1)::timestamp at time zone 'UTC'`);
	for (const word of words(filter.q)) {
		parts.push(sql`concat_ws(' ', e.agency, e.agency_before, e.state, a.county) ilike ${word}`);
	}
	return sql.join(parts, sql` and `);
}

/** Each word of a question as a pattern; `%` and `_` mean themselves. */
export function words(q: string | null): string[] {
	const found = (q ?? '')
		.replaceAll(/[’‘`]/g, "'")
		.split(/[\s\p{Cc}]+/u)
		.filter(Boolean);
	return found.slice(0, MOST_WORDS).map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&').replaceAll("'", '_')}%`);
}

/** More words than any agency has. */
const MOST_WORDS = 12;
const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)_(\d{1,9})_([\w-]{1,80})$/;

function before(cursor: string | null): RawBuilder<unknown> {
	const parts = CURSOR.exec(cursor ?? '');
	// An instant that is none, such as 31 February, is read as another one or not at all.
	const at = new Date(parts?.[1] ?? '');
	if (!parts || Number.isNaN(at.getTime()) || isoSecond(at) !== parts[1]) return sql`true`;
	return sql`(e.at, e.place, e.id) < (${parts[1]}::timestamptz, ${parts[2]}::integer, ${parts[3]}::text)`;
}

async function view(rows: readonly Stored[], tx: Tx): Promise<EventView[]> {
	const names = await fileNames(
		rows.flatMap((row) => row.evidence.map((piece) => piece.sha256)),
		tx,
	);
	return rows.map((row) => ({
		id: row.id,
		kind: row.kind,
		at: isoSecond(row.at),
		list: row.list,
		state: row.state,
		stateCode: row.state_code,
		county: row.county,
		agencyId: row.agency_id,
		agency: row.agency,
		agencyBefore: row.agency_before,
		agreementId: row.agreement_id,
		model: row.model,
		modelBefore: row.model_before,
		signed: row.signed,
		signedBefore: row.signed_before,
		evidence: row.evidence.map((piece) => ({ file: names.get(piece.sha256) ?? piece.sha256, ...piece })),
		confidence: row.confidence,
		baseline: row.baseline,
		statement: { en: row.statement_en, es: row.statement_es },
		withdrawnAt: row.withdrawn_at && isoSecond(row.withdrawn_at),
		replacedBy: row.replaced_by,
	}));
}

/** One name of each list: the first by letter, so that the order of imports shows nowhere. */
async function fileNames(hashes: readonly string[], tx: Tx): Promise<Map<string, string>> {
	const found = await sql<{ sha256: string; name: string }>`
		select distinct on (sha256) sha256, name from watch_sighting where sha256 = any(${[...new Set(hashes)]})
		order by sha256, name`.execute(tx);
	return new Map(found.rows.map((row) => [row.sha256, row.name]));
}
