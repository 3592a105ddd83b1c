import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { SYSTEM } from '../../src/access/actor.ts';
import { importGazetteer, importOrder } from '../../src/places/import.server.ts';
import type { Tx, World } from '../../src/platform/world.ts';
import type { Agency } from '../../src/watch/agency.ts';
import { placeAgencies } from '../../src/watch/area.server.ts';
import type { Ledger } from '../../src/watch/ledger.ts';
import { demand, type Measures, median, tell, timed } from '../measure.ts';

/** Agencies that the step is timed with: about as many as both lists name in 2026. */
const AGENCIES = 2_000;
const ROUNDS = 5;

/**
 * How many rows of the last two lists have their place, with the atlas that comes along, and with the Census gazetteers
 * of `census` where there are any. The bar is that of the gazetteers; the atlas has no small towns and no townships.
 */
export async function places(census: string, made: Ledger, world: Pick<World, 'db' | 'clock'>): Promise<Measures> {
	const atlas = await placed('atlas', 0.85, made, world);
	if (!existsSync(census)) return atlas;
	const texts = readdirSync(census)
		.filter((name) => /_Gaz_.*\.txt$/.test(name))
		.map((name) => readFileSync(join(census, name), 'utf8'))
		.sort((a, b) => importOrder(a) - importOrder(b));
	for (const text of texts) {
		const sha256 = createHash('sha256').update(text).digest('hex');
		await world.db.as(SYSTEM, (tx) => importGazetteer(text, sha256, world, tx));
	}
	return { ...atlas, ...(await placed('gazetteers', 0.95, made, world)) };
}

async function placed(name: string, towns: number, made: Ledger, world: Pick<World, 'db'>): Promise<Measures> {
	return world.db.as(SYSTEM, async (tx) => {
		const times = await timesOf(made, tx);
		await placeAgencies(made.agencies, [], false, tx);
		const { rows } = await sql<{ list: string; rows: number; known: number; municipal: number; found: number }>`
			with last_row as (
				select 'participating' as list, g.agency_id from watch_agreement g
				where g.last_listed = (select max(modified) from watch_list where kind = 'participating')
				union all
				select 'pending', p.agency_id from watch_application p
				where p.last_listed = (select max(modified) from watch_list where kind = 'pending'))
			select l.list, count(*)::int as rows,
				count(*) filter (where r.level = 'state' or cardinality(r.county_ids) > 0)::int as known,
				count(*) filter (where a.type ilike 'municipal%' and r.body = 'general')::int as municipal,
				count(*) filter (where a.type ilike 'municipal%' and r.body = 'general' and r.level = 'city' and r.place_id is not null)::int as found
			from last_row l join watch_agency a on a.id = l.agency_id join watch_area r on r.id = l.agency_id
			group by l.list order by l.list`.execute(tx);
		const strays = await sql<{ count: number }>`
			select count(*)::int as count from watch_area r join place p on p.id = r.place_id or p.id = any(r.county_ids)
			where p.state_code <> r.state_code`.execute(tx);
		const measures: Measures = {};
		for (const { list, rows: all, known, municipal, found } of rows) {
			measures[`${name}_${list}_county`] = demand(known / all, `of ${all} rows have a county or a state`, {
				least: 0.97,
			});
			measures[`${name}_${list}_city`] = demand(found / municipal, `of ${municipal} municipal rows have a city`, {
				least: towns,
			});
		}
		measures[`${name}_across_states`] = demand(strays.rows[0]?.count ?? 0, 'areas in another state', { most: 0 });
		measures[`${name}_time`] = tell(median(times), `ms for ${AGENCIES} agencies`);
		return measures;
	});
}

/** Milliseconds of the whole step, places read anew each time. */
async function timesOf({ agencies }: Ledger, tx: Tx): Promise<number[]> {
	const many = Array.from({ length: AGENCIES }, (_, i) => {
		const agency = agencies[i % agencies.length] as Agency;
		return { ...agency, id: `${agency.id}${i}` };
	});
	const times: number[] = [];
	for (let round = 0; round < ROUNDS; round++) times.push(await timed(() => placeAgencies(many, [], false, tx)));
	return times;
}
