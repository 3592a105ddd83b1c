import { type RawBuilder, sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import type { Tx, World } from '#platform/world.ts';
import { AGENCY_REGISTER, agencyView, type StoredAgency } from './agencies.server.ts';
import type { AgencyKind } from './agency.ts';
import { currentId } from './alias.server.ts';
import { concerns } from './area.server.ts';
import { BATCH, inBatches } from './batch.server.ts';
import { words } from './events.server.ts';
import type { Model } from './model.ts';
import type { AgencyRecordView } from './reading.ts';

/** `listed`: with a listed agreement; `pending`: with a pending application; `former`: neither any more. */
export const REGISTER_STANDINGS = ['listed', 'pending', 'former'] as const;

export interface RegisterFilter {
	/** Words of any of an agency's names, a county or a state, any case. */
	readonly q: string | null;
	readonly state: string | null;
	readonly kind: AgencyKind | null;
	/** With a listed agreement of this model. */
	readonly model: Model | null;
	readonly standing: (typeof REGISTER_STANDINGS)[number] | null;
	/** Id of an agency. */
	readonly agency: string | null;
	/** Id of a place, as for events. */
	readonly place: string | null;
	/** Id of the last agency of an earlier answer. */
	readonly after: string | null;
}

/** Agencies the lists ever held, by state and name, with the area each serves. Throws `Invalid` for an `after` that is none. */
export async function* agencyRegister(
	filter: RegisterFilter,
	world: Pick<World, 'db'>,
	batch = BATCH,
): AsyncGenerator<AgencyRecordView> {
	const reading = {
		find: async (id: string, tx: Tx) => (await select(sql`a.id = ${id}`, 1, tx)).rows[0],
		read: async (last: Stored | null, tx: Tx) =>
			(await select(sql`${matching(filter)} and ${beyond(last)}`, batch, tx)).rows,
	};
	for await (const row of inBatches(filter.after, reading, world, batch)) yield view(row);
}

/** One agency by its id or a former one; null where there is none. */
export async function registered(id: string, world: Pick<World, 'db'>): Promise<AgencyRecordView | null> {
	const found = await world.db.as(VISITOR, (tx) => select(sql`a.id = ${currentId(id)}`, 1, tx));
	return found.rows[0] ? view(found.rows[0]) : null;
}

interface Stored extends StoredAgency {
	names: string[];
	former_ids: string[];
	area_level: 'state' | 'county' | 'city' | null;
	area_place: string | null;
	area_geoid: string | null;
	area_name: string | null;
	latitude: number | null;
	longitude: number | null;
	county_geoids: string[];
	body: 'general' | 'jail' | 'statewide' | 'special' | null;
}

function select(where: RawBuilder<unknown>, limit: number, tx: Tx) {
	return sql<Stored>`
		select a.*, r.level as area_level, r.body, p.id as area_place, p.geoid as area_geoid, p.name as area_name,
			p.latitude, p.longitude,
			array(select geoid from place where id = any(r.county_ids) and geoid is not null order by geoid) as county_geoids,
			array(select former_id from watch_alias where id = a.id order by former_id) as former_ids
		from (${AGENCY_REGISTER}) a left join watch_area r on r.id = a.id left join place p on p.id = r.place_id
		where ${where} order by a.state, a.name, a.id limit ${limit}`.execute(tx);
}

function beyond(last: Stored | null): RawBuilder<unknown> {
	if (!last) return sql`true`;
	return sql`(a.state, a.name, a.id) > (${last.state}::text, ${last.name}::text, ${last.id}::text)`;
}

function matching(filter: RegisterFilter): RawBuilder<unknown> {
	const parts = [sql`true`];
	const listed = sql`jsonb_array_length(a.models) > 0`;
	const pending = sql`cardinality(a.applications) > 0`;
	if (filter.standing === 'listed') parts.push(listed);
	if (filter.standing === 'pending') parts.push(pending);
	if (filter.standing === 'former') parts.push(sql`not ${listed} and not ${pending}`);
	if (filter.state) parts.push(sql`a.state_code = ${filter.state}`);
	if (filter.kind) parts.push(sql`a.kind = ${filter.kind}`);
	if (filter.model) parts.push(sql`a.models @> ${JSON.stringify([{ model: filter.model }])}::jsonb`);
	if (filter.agency) parts.push(sql`a.id = ${filter.agency}`);
	if (filter.place) parts.push(concerns(sql`a.id`, filter.place));
	for (const word of words(filter.q)) {
		parts.push(sql`concat_ws(' ', array_to_string(a.names, ' '), a.state, a.county) ilike ${word}`);
	}
	return sql.join(parts, sql` and `);
}

function view(row: Stored): AgencyRecordView {
	const { latitude, longitude } = row;
	return {
		...agencyView(row),
		formerIds: row.former_ids,
		names: row.names,
		area: row.body && {
			level: row.area_level,
			place: row.area_place,
			geoid: row.area_geoid,
			name: row.area_name,
			at: latitude === null || longitude === null ? null : { latitude, longitude },
			countyGeoids: row.county_geoids,
			body: row.body,
		},
	};
}
