import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import type { World } from '#platform/world.ts';
import { MODELS, type Model } from './model.ts';
import type { Marked, MarkedPlace } from './reading.ts';

/** Counties and cities that are the area of agencies with a listed agreement or a pending application, by state and name. */
export async function marked(world: Pick<World, 'db'>): Promise<Marked> {
	const found = await world.db.as(VISITOR, (tx) =>
		sql<Stored>`
			with standing as (
				select agency_id, model, true as listed from watch_agreement where standing = 'listed'
				union select agency_id, model, false from watch_application where standing = 'pending'),
			counted as (
				select case when r.level in ('county', 'city') then r.place_id end as place_id,
					coalesce(r.level = 'state', false) as statewide,
					count(distinct s.agency_id)::integer as agencies,
					coalesce(array_agg(distinct s.model) filter (where listed), '{}') as models,
					coalesce(array_agg(distinct s.model) filter (where not listed), '{}') as applications
				from standing s left join watch_area r on r.id = s.agency_id group by 1, 2)
			select c.*, p.id, p.kind, p.name, p.state_code, p.slug, p.geoid, p.latitude, p.longitude
			from counted c
			-- looked up one by one: reading all places for some hundred takes longer
			left join lateral (select * from place where id = c.place_id offset 0) p on true
			order by p.state_code, p.kind, p.folded, p.id`.execute(tx),
	);
	const places: MarkedPlace[] = [];
	let [statewide, unplaced] = [0, 0];
	for (const row of found.rows) {
		if (row.id !== null) places.push(view(row));
		else if (row.statewide) statewide += row.agencies;
		else unplaced += row.agencies;
	}
	return { places, statewide, unplaced };
}

interface Counted {
	statewide: boolean;
	agencies: number;
	models: Model[];
	applications: Model[];
}
interface Placed extends Counted {
	id: string;
	kind: MarkedPlace['kind'];
	name: string;
	state_code: string;
	slug: string;
	geoid: string | null;
	latitude: number | null;
	longitude: number | null;
}
type Stored = Placed | (Counted & { id: null });

function view(row: Placed): MarkedPlace {
	const { latitude, longitude } = row;
	return {
		id: row.id,
		kind: row.kind,
		name: row.name,
		stateCode: row.state_code,
		slug: row.slug,
		geoid: row.geoid,
		at: latitude === null || longitude === null ? null : { latitude, longitude },
		agencies: row.agencies,
		models: MODELS.filter((model) => row.models.includes(model)),
		applications: MODELS.filter((model) => row.applications.includes(model)),
	};
}
