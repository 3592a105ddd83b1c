import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { isoSecond } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import type { EventKind } from './event.ts';
import type { ListKind } from './list.ts';
import { MODELS, type Model } from './model.ts';
import type { Edition, Figures } from './reading.ts';

/**
 * Which ledger pages are made from now. The public ledger is read as a visitor whoever asks, so that it is the same for all.
 */
export async function edition(world: Pick<World, 'db'>): Promise<Edition> {
	const row = await world.db.as(VISITOR, (tx) =>
		sql<{ made_at: Date | null; sample: boolean }>`
			select (select made_at from watch_ledger) as made_at,
				exists (select from watch_list where sample) as sample`.execute(tx),
	);
	const { made_at, sample } = row.rows[0] ?? { made_at: null, sample: false };
	return { version: made_at ? made_at.toISOString() : 'none', sample };
}

/** The ledger in numbers; null where no participating list was ever read. */
export async function figures(world: Pick<World, 'db'>): Promise<Figures | null> {
	return world.db.as(VISITOR, async (tx) => {
		const latest = await latestLists(tx);
		if (latest.participating === null) return null;
		const totals = await counts(tx);
		const changed = await changes(latest, tx);
		const heldBack = await held(latest, tx);
		const choices = await sql<{ code: string; name: string }>`
			select distinct state_code as code, state as name from watch_agency order by name`.execute(tx);
		return {
			asOf: isoSecond(latest.participating),
			pendingAsOf: latest.pending && isoSecond(latest.pending),
			previous: latest.previous && isoSecond(latest.previous),
			lists: latest.lists,
			...totals,
			newSincePrevious: changed.added,
			changed: changed.kinds,
			heldBack,
			stateChoices: choices.rows,
			sample: latest.sample,
		};
	});
}

interface Latest {
	participating: Date | null;
	pending: Date | null;
	previous: Date | null;
	lists: number;
	sample: boolean;
}

async function latestLists(tx: Tx): Promise<Latest> {
	const found = await sql<Latest>`
		with taking_part as (
			select kind, modified from watch_list l
			where standing = 'read' and not exists (select from watch_quarantine q where q.id = l.sha256))
		select max(modified) filter (where kind = 'participating') as participating,
			max(modified) filter (where kind = 'pending') as pending,
			(select modified from taking_part where kind = 'participating' order by modified desc offset 1 limit 1) as previous,
			count(*)::integer as lists,
			exists (select from watch_list where sample) as sample
		from taking_part`.execute(tx);
	return found.rows[0] ?? { participating: null, pending: null, previous: null, lists: 0, sample: false };
}

async function counts(tx: Tx) {
	const agreements = await sql<{ model: Model; count: number }>`
		select model, count(*)::integer as count from watch_agreement where standing = 'listed' group by model`.execute(tx);
	const others = await sql<{ agencies: number; states: number; pending: number; pending_agencies: number }>`
		with listed as (
			select distinct a.id, a.state_code from watch_agency a join watch_agreement g on g.agency_id = a.id
			where g.standing = 'listed')
		select (select count(*) from listed)::integer as agencies,
			(select count(distinct state_code) from listed)::integer as states,
			count(*)::integer as pending, count(distinct agency_id)::integer as pending_agencies
		from watch_application where standing = 'pending'`.execute(tx);
	const byModel = tally(agreements.rows);
	const row = others.rows[0];
	return {
		agencies: row?.agencies ?? 0,
		states: row?.states ?? 0,
		agreements: MODELS.reduce((sum, model) => sum + byModel[model], 0),
		byModel,
		pending: row?.pending ?? 0,
		pendingAgencies: row?.pending_agencies ?? 0,
	};
}

async function changes(latest: Latest, tx: Tx) {
	const found = await sql<{ kind: EventKind; model: Model; count: number }>`
		select kind, model, count(*)::integer as count from watch_event
		where not baseline and withdrawn_at is null
			and ((list = 'participating' and at = ${latest.participating}) or (list = 'pending' and at = ${latest.pending}))
		group by kind, model`.execute(tx);
	const kinds = new Map<EventKind, number>();
	for (const row of found.rows) kinds.set(row.kind, (kinds.get(row.kind) ?? 0) + row.count);
	return {
		added: tally(found.rows.filter((row) => row.kind === 'listed')),
		kinds: [...kinds].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count),
	};
}

async function held(latest: Latest, tx: Tx): Promise<Figures['heldBack']> {
	const found = await sql<{ kind: ListKind; modified: Date; unexplained: number; of: number }>`
		select l.kind, l.modified, q.unexplained, q."of" from watch_quarantine q join watch_list l on l.sha256 = q.id
		where l.modified > case l.kind when 'participating' then ${latest.participating}::timestamptz else ${latest.pending}::timestamptz end
		order by l.modified`.execute(tx);
	return found.rows.map((row) => ({ ...row, modified: isoSecond(row.modified) }));
}

function tally(rows: readonly { model: Model; count: number }[]): Record<Model, number> {
	const sums: Record<Model, number> = { TFM: 0, JEM: 0, WSO: 0 };
	for (const row of rows) sums[row.model] += row.count;
	return sums;
}
