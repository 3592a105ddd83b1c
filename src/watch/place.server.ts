import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { type Day, isoSecond } from '#kernel/day.ts';
import type { Place } from '#places/place.ts';
import { findPlaces } from '#places/search.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { countyCounts, groupsOf, type Located } from './located.ts';
import { MODELS, type Model } from './model.ts';
import { link } from './record.server.ts';
import { span } from './span.server.ts';
import type { FoundPlace, MarkedPlace, PendingLine, PlaceLink, PlaceRecord, StateCount } from './views.ts';

/** Cities and townships listed on the page of a county; a search finds the others. */
const MOST_PLACES = 120;
/** Places that a search shows: more than there are Springfields. */
const MOST_FOUND = 50;

/** What the lists show of a place: agencies whose area includes it, those inside it, applications, and what could not be placed. */
export async function placeRecord(place: Place, world: Pick<World, 'db'>): Promise<PlaceRecord> {
	return world.db.as(VISITOR, async (tx) => {
		const near = await surroundings(place, tx);
		const listed = await listedIn(place.stateCode, tx);
		const groups = groupsOf(listed, place, near.counties);
		const own = new Set(listed.flatMap((one) => (one.level === 'city' && one.place ? [one.place.id] : [])));
		const inside = place.kind === 'county' ? await placesIn(place.id, [...own], listed, tx) : { places: [], count: 0 };
		const counties = place.kind === 'state' ? await countiesOf(place.stateCode, tx) : [];
		return {
			place,
			source: near.source,
			state: near.state,
			counties: near.counties,
			listed: listed.length,
			...groups,
			pending: await pendingIn(place, near.counties, tx),
			unplaced: listed.filter((one) => one.place === null).map(({ id, name }) => ({ id, name })),
			neighbours: near.neighbours,
			places: inside.places,
			placeCount: inside.count,
			successors: near.successors,
			predecessors: near.predecessors,
			countyCounts: place.kind === 'state' ? countyCounts(listed, counties) : [],
			countyCount: counties.filter((county) => !county.legacy).length,
			span: await span(tx),
		};
	});
}

/** Every state that places know, with the listed agencies in it, by name; and the instant of the list that says so. */
export async function stateCounts(
	sample: boolean,
	world: Pick<World, 'db'>,
): Promise<{ states: StateCount[]; asOf: string | null }> {
	return world.db.as(VISITOR, async (tx) => {
		const found = await sql<{ place: PlaceLink; agencies: number; tfm: number; jem: number; wso: number }>`
			select ${link('p')} as place, coalesce(f.agencies, 0) as agencies, coalesce(f.tfm, 0) as tfm,
				coalesce(f.jem, 0) as jem, coalesce(f.wso, 0) as wso
			from place p left join watch_state_figure f on f.state_code = p.state_code and f.sha256 = (
				select id from watch_figure where kind = 'participating' order by modified desc, id desc limit 1)
			where p.kind = 'state' and p.sample = ${sample} order by p.name`.execute(tx);
		const states = found.rows.map(({ place, agencies, tfm, jem, wso }) => ({
			...place,
			agencies,
			byModel: { TFM: tfm, JEM: jem, WSO: wso },
		}));
		return { states, asOf: (await span(tx))?.asOf ?? null };
	});
}

/** Places found for a question, best first, with the names of their state and counties. Real places, or the invented ones. */
export async function searchPlaces(q: string, sample: boolean, world: Pick<World, 'db'>): Promise<FoundPlace[]> {
	return world.db.as(VISITOR, async (tx) => {
		const places = await findPlaces(q, { sample, limit: MOST_FOUND }, tx);
		const found = await sql<{ id: string; state: string; counties: string[] }>`
			select p.id, s.name as state,
				array(select c.name from place c join place_county l on l.county_id = c.id
					where l.place_id = p.id and p.kind in ('city', 'subdivision') and not c.legacy order by c.name) as counties
			from place p join place s on s.kind = 'state' and s.state_code = p.state_code
			where p.id = any(${places.map(({ id }) => id)})`.execute(tx);
		const around = new Map(found.rows.map((row) => [row.id, row]));
		return places.map((place) => ({
			place,
			state: around.get(place.id)?.state ?? place.stateCode,
			counties: around.get(place.id)?.counties ?? [],
		}));
	});
}

interface Surroundings {
	source: string;
	state: PlaceLink;
	counties: PlaceLink[];
	neighbours: MarkedPlace[];
	successors: PlaceLink[];
	predecessors: PlaceLink[];
}

async function surroundings({ id, kind, stateCode, legacy }: Place, tx: Tx): Promise<Surroundings> {
	const linked = sql`
		select case when place_id = ${id} then county_id else place_id end from place_county
		where ${id} in (place_id, county_id)`;
	const replaced = sql`${kind} = 'county' and c.kind = 'county' and c.id <> ${id} and c.id in (${linked})`;
	const found = await sql<Surroundings>`
		select p.source, ${link('s')} as state,
			array(select ${link('c')} from place c join place_county l on l.county_id = c.id
				where l.place_id = p.id and p.kind in ('city', 'subdivision') order by c.legacy, c.name) as counties,
			array(select ${link('c')} from place c where ${replaced} and ${legacy} and not c.legacy order by c.name) as successors,
			array(select ${link('c')} from place c where ${replaced} and not ${legacy}::boolean and c.legacy order by c.name) as predecessors,
			array(select ${link('c')} || jsonb_build_object('models', array(
					select distinct g.model from watch_agreement g join watch_area r on r.id = g.agency_id
					where g.standing = 'listed' and r.state_code = c.state_code and (
						(c.kind = 'county' and r.level in ('county', 'city') and r.county_ids @> array[c.id])
						or (c.kind = 'state'))))
				from place_neighbour n join place c on c.id = n.neighbour_id
				where n.place_id = p.id and not c.legacy order by c.state_code <> ${stateCode}, c.name) as neighbours
		from place p join place s on s.kind = 'state' and s.state_code = p.state_code where p.id = ${id}`.execute(tx);
	const row = found.rows[0];
	if (!row) throw new Error(`The place ${id} has no state.`);
	return { ...row, neighbours: row.neighbours.map((one) => ({ ...one, models: inOrder(one.models) })) };
}

/** Every agency of a state with a listed agreement, by name, and where it was placed. */
async function listedIn(stateCode: string, tx: Tx): Promise<Located[]> {
	const found = await sql<
		Omit<Located, 'held'> & { held: { id: string; model: Model; signed: Day | null; first: string }[] }
	>`
		select a.id, a.name, r.level, coalesce(r.body, 'general') as body, ${link('p')} as place,
			coalesce(r.county_ids, '{}') as "countyIds", g.held
		from watch_agency a
		join lateral (
			select jsonb_agg(jsonb_build_object('id', id, 'model', model, 'signed', signed, 'first', first_listed) order by signed, id) as held
			from watch_agreement where agency_id = a.id and standing = 'listed') g on g.held is not null
		left join watch_area r on r.id = a.id left join place p on p.id = r.place_id
		where a.state_code = ${stateCode} order by a.name collate "und-x-icu", a.id`.execute(tx);
	return found.rows.map((row) => ({
		...row,
		held: MODELS.flatMap((model) =>
			row.held
				.filter((one) => one.model === model)
				.map(({ id, signed, first }) => ({ id, model, signed, firstListed: isoSecond(new Date(first)) })),
		),
	}));
}

async function pendingIn(place: Place, counties: readonly PlaceLink[], tx: Tx): Promise<PendingLine[]> {
	const around = counties.map(({ id }) => id);
	const serves = sql`(r.place_id = ${place.id} or (r.level = 'state' and r.body <> 'special')
		or (r.level = 'county' and (r.county_ids @> array[${place.id}] or r.county_ids && ${around}::text[])))`;
	const within = sql`(${place.kind} = 'state' or (${place.kind} = 'county' and r.county_ids @> array[${place.id}]))`;
	const found = await sql<Omit<PendingLine, 'firstListed'> & { first: Date }>`
		select a.id, a.name, p.model, p.first_listed as first, not coalesce(${serves}, false) as inside
		from watch_application p join watch_agency a on a.id = p.agency_id left join watch_area r on r.id = a.id
		where p.standing = 'pending' and a.state_code = ${place.stateCode} and (${serves} or ${within})
		order by a.name collate "und-x-icu", p.model, a.id`.execute(tx);
	return found.rows.map(({ first, ...row }) => ({ ...row, firstListed: isoSecond(first) }));
}

/** Those with listed agencies of their own first, then by name. */
async function placesIn(
	countyId: string,
	own: readonly string[],
	listed: readonly Located[],
	tx: Tx,
): Promise<{ places: MarkedPlace[]; count: number }> {
	const found = await sql<{ place: PlaceLink; total: number }>`
		select ${link('c')} as place, count(*) over ()::integer as total
		from place c join place_county l on l.place_id = c.id
		where l.county_id = ${countyId} and c.kind in ('city', 'subdivision')
		order by c.id = any(${own}) desc, c.name collate "und-x-icu", c.id limit ${MOST_PLACES}`.execute(tx);
	const models = (id: string) => listed.filter((one) => one.place?.id === id).flatMap((one) => one.held);
	return {
		places: found.rows.map(({ place }) => ({ ...place, models: inOrder(models(place.id).map(({ model }) => model)) })),
		count: found.rows[0]?.total ?? 0,
	};
}

async function countiesOf(stateCode: string, tx: Tx): Promise<(PlaceLink & { legacy: boolean })[]> {
	const found = await sql<{ place: PlaceLink; legacy: boolean }>`
		select ${link('c')} as place, c.legacy from place c
		where c.kind = 'county' and c.state_code = ${stateCode} order by c.name collate "und-x-icu"`.execute(tx);
	return found.rows.map(({ place, legacy }) => ({ ...place, legacy }));
}

function inOrder(models: readonly Model[]): Model[] {
	return MODELS.filter((model) => models.includes(model));
}
