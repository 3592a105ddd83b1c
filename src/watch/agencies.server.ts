import { type RawBuilder, sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { type Day, isoSecond } from '#kernel/day.ts';
import type { World } from '#platform/world.ts';
import type { AgencyKind } from './agency.ts';
import { concerns } from './area.server.ts';
import { words } from './events.server.ts';
import { MODELS, type Model } from './model.ts';
import type { AgencyFilter, AgencyPage, AgencySort, AgencyView } from './reading.ts';

/** Agencies of one page: what a person scans without losing the header. */
const PER_PAGE = 50;

/** Agencies with a listed agreement or a pending application, sorted and paged. A page past the last answers with the last. */
export async function agencies(filter: AgencyFilter, world: Pick<World, 'db'>): Promise<AgencyPage> {
	return world.db.as(VISITOR, async (tx) => {
		const found = await sql<StoredAgency & { total: number }>`
			with matching as materialized (select * from (${AGENCY_REGISTER}) a where ${CURRENT} and ${matching(filter)}),
			size as (select count(*)::integer as total from matching)
			select a.*, total from matching a, size order by ${order(filter)} limit ${PER_PAGE}
			offset ((select least(${filter.page}::bigint, greatest(1, ceil(total / ${PER_PAGE}::numeric))) from size) - 1) * ${PER_PAGE}`.execute(
			tx,
		);
		const total = found.rows[0]?.total ?? 0;
		const pages = Math.max(1, Math.ceil(total / PER_PAGE));
		return { rows: found.rows.map(agencyView), page: Math.min(filter.page, pages), pages, total };
	});
}

/** An agency as its query gives it. */
export interface StoredAgency {
	id: string;
	name: string;
	state: string;
	state_code: string;
	county: string | null;
	kind: AgencyKind;
	models: { model: Model; signed: Day | null; standing: 'listed' }[];
	applications: Model[];
	first_signed: Day | null;
	last_change: Date;
}

/** Every agency with its listed models, its pending applications and its latest event. */
export const AGENCY_REGISTER = sql`
	select a.*, g.models, p.applications, g.first_signed, e.last_change
	from watch_agency a
	left join lateral (
		select coalesce(jsonb_agg(jsonb_build_object('model', model, 'signed', signed, 'standing', standing)), '[]') as models,
			min(signed) as first_signed
		from watch_agreement where agency_id = a.id and standing = 'listed') g on true
	left join lateral (
		select coalesce(array_agg(distinct model), '{}') as applications
		from watch_application where agency_id = a.id and standing = 'pending') p on true
	left join lateral (
		select max(at) as last_change from watch_event where agency_id = a.id and withdrawn_at is null) e on true`;

const CURRENT = sql`(jsonb_array_length(a.models) > 0 or cardinality(a.applications) > 0)`;

function matching(filter: AgencyFilter): RawBuilder<unknown> {
	const parts = [sql`true`];
	if (filter.model) parts.push(sql`a.models @> ${JSON.stringify([{ model: filter.model }])}::jsonb`);
	if (filter.state) parts.push(sql`a.state_code = ${filter.state}`);
	if (filter.place) parts.push(concerns(sql`a.id`, filter.place));
	if (filter.kind) parts.push(sql`a.kind = ${filter.kind}`);
	if (filter.standing === 'listed') parts.push(sql`jsonb_array_length(a.models) > 0`);
	if (filter.standing === 'pending') parts.push(sql`cardinality(a.applications) > 0`);
	for (const word of words(filter.q)) {
		parts.push(sql`concat_ws(' ', array_to_string(a.names, ' '), a.state, a.county) ilike ${word}`);
	}
	return sql.join(parts, sql` and `);
}

const SORTS: Readonly<Record<AgencySort, string>> = {
	name: 'a.name',
	state: 'a.state',
	kind: 'a.kind',
	signed: 'a.first_signed',
	changed: 'a.last_change',
};

/** What people see is sorted as people sort; ties go by name, so that a page never changes between two visits. */
function order(filter: AgencyFilter): RawBuilder<unknown> {
	const text = filter.sort === 'name' || filter.sort === 'state';
	const column = sql`${sql.ref(SORTS[filter.sort])} ${text ? sql`collate "und-x-icu"` : sql``}`;
	const direction = filter.direction === 'descending' ? sql`desc nulls last` : sql`asc nulls last`;
	return sql`${column} ${direction}, a.name collate "und-x-icu", a.state, a.id`;
}

export function agencyView(row: StoredAgency): AgencyView {
	return {
		id: row.id,
		name: row.name,
		state: row.state,
		stateCode: row.state_code,
		county: row.county,
		kind: row.kind,
		models: row.models.toSorted((a, b) => MODELS.indexOf(a.model) - MODELS.indexOf(b.model)),
		applications: MODELS.filter((model) => row.applications.includes(model)),
		firstSigned: row.first_signed,
		lastChange: isoSecond(row.last_change),
	};
}
