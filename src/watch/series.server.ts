import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { isoSecond } from '#kernel/day.ts';
import type { World } from '#platform/world.ts';
import type { SeriesPoint, StateSeries } from './reading.ts';

/**
 * Listed agreements over time: a point for each participating list that takes part, oldest first, of one state (USPS
 * code) or of all (null). A list without a row of that state says zero. The figures are those of the lists themselves.
 */
export async function series(state: string | null, world: Pick<World, 'db'>): Promise<SeriesPoint[]> {
	const found = await world.db.as(VISITOR, (tx) =>
		state === null
			? sql<Stored>`
				select id as sha256, modified, null as state_code, agreements, tfm, jem, wso, agencies, states
				from watch_figure where kind = 'participating' order by modified, id`.execute(tx)
			: sql<Stored>`
				select f.id as sha256, f.modified, ${state}::text as state_code, ${STATE_COUNTS}
				from watch_figure f left join watch_state_figure s on s.sha256 = f.id and s.state_code = ${state}
				where f.kind = 'participating' order by f.modified, f.id`.execute(tx),
	);
	return found.rows.map(point);
}

/** The states with most agreements on the latest participating list, most first, then by code, each with its series. */
export async function leadingStates(most: number, world: Pick<World, 'db'>): Promise<StateSeries[]> {
	const found = await world.db.as(VISITOR, (tx) =>
		sql<Stored & { state_code: string; name: string }>`
			with foremost as (
				select s.state_code, s.agreements, (
					select min(state) from watch_agency a where a.state_code = s.state_code) as name
				from watch_state_figure s
				where s.sha256 = (
					select id from watch_figure where kind = 'participating' order by modified desc, id desc limit 1)
				order by s.agreements desc, s.state_code limit ${most})
			select f.id as sha256, f.modified, l.state_code, l.name, ${STATE_COUNTS}
			from foremost l cross join watch_figure f
			left join watch_state_figure s on s.sha256 = f.id and s.state_code = l.state_code
			where f.kind = 'participating'
			order by l.agreements desc, l.state_code, f.modified, f.id`.execute(tx),
	);
	const states = new Map<string, StateSeries & { points: SeriesPoint[] }>();
	for (const row of found.rows) {
		const known = states.get(row.state_code);
		if (known) known.points.push(point(row));
		else states.set(row.state_code, { stateCode: row.state_code, state: row.name, points: [point(row)] });
	}
	return [...states.values()];
}

interface Stored {
	sha256: string;
	modified: Date;
	state_code: string | null;
	agreements: number;
	tfm: number;
	jem: number;
	wso: number;
	agencies: number;
	states: number;
}

const STATE_COUNTS = sql`
	coalesce(s.agreements, 0) as agreements, coalesce(s.tfm, 0) as tfm, coalesce(s.jem, 0) as jem,
	coalesce(s.wso, 0) as wso, coalesce(s.agencies, 0) as agencies, (case when s.agreements > 0 then 1 else 0 end) as states`;

function point(row: Stored): SeriesPoint {
	return {
		sha256: row.sha256,
		at: isoSecond(row.modified),
		stateCode: row.state_code,
		agreements: row.agreements,
		byModel: { TFM: row.tfm, JEM: row.jem, WSO: row.wso },
		agencies: row.agencies,
		states: row.states,
	};
}
