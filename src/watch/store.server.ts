import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { isoSecond } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import type { EventKind } from './event.ts';
import type { ListKind } from './list.ts';
import type { Model } from './model.ts';
import type { Edition, Figures } from './reading.ts';

/**
 * Which data pages are made from now: when the ledger was made, when a file last came in or was seen, when lists were last
 * looked for, what the journal last held of everything else, and the day, by which things come into force. The public ledger is read as a visitor whoever asks, so that it is the same for all.
 */
export async function edition(world: Pick<World, 'db'>): Promise<Edition> {
	const row = await world.db.as(VISITOR, (tx) =>
		sql<Edition>`
			select concat_ws(' ', (select made_at from watch_ledger), (select max(added_at) from watch_list),
					(select max(seen_at) from watch_sighting), (select max(ended_at) from watch_fetch),
					(select max(position) from journal), (now() at time zone 'utc')::date) as version,
				exists (select from watch_list where sample) as sample`.execute(tx),
	);
	return row.rows[0] ?? { version: '', sample: false };
}

/** The ledger in numbers; null where no participating list was ever read. */
export async function figures(world: Pick<World, 'db'>): Promise<Figures | null> {
	return world.db.as(VISITOR, async (tx) => {
		const latest = await latestLists(tx);
		if (latest.participating === null) return null;
		const totals = await counts(latest, tx);
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

/** The figures of the list itself, so that a page, the series and the ledger cannot count in two ways. */
async function counts(latest: Latest, tx: Tx) {
	const found = await sql<{
		agreements: number;
		tfm: number;
		jem: number;
		wso: number;
		agencies: number;
		states: number;
	}>`
		select agreements, tfm, jem, wso, agencies, states from watch_figure
		where kind = 'participating' and modified = ${latest.participating} order by id desc limit 1`.execute(tx);
	const pending = await sql<{ agreements: number; agencies: number }>`
		select agreements, agencies from watch_figure
		where kind = 'pending' and modified = ${latest.pending} order by id desc limit 1`.execute(tx);
	const row = found.rows[0] ?? { agreements: 0, tfm: 0, jem: 0, wso: 0, agencies: 0, states: 0 };
	return {
		agencies: row.agencies,
		states: row.states,
		agreements: row.agreements,
		byModel: { TFM: row.tfm, JEM: row.jem, WSO: row.wso },
		pending: pending.rows[0]?.agreements ?? 0,
		pendingAgencies: pending.rows[0]?.agencies ?? 0,
	};
}

async function latestLists(tx: Tx): Promise<Latest> {
	const found = await sql<Latest>`
		select max(modified) filter (where kind = 'participating') as participating,
			max(modified) filter (where kind = 'pending') as pending,
			(select modified from watch_figure where kind = 'participating'
				order by modified desc, id desc offset 1 limit 1) as previous,
			count(*)::integer as lists,
			exists (select from watch_list where sample) as sample
		from watch_figure`.execute(tx);
	return found.rows[0] ?? { participating: null, pending: null, previous: null, lists: 0, sample: false };
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
