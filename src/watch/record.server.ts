import { type RawBuilder, sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { type Day, isoSecond } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import type { AgencyKind } from './agency.ts';
import type { Application, Standing } from './agreement.ts';
import { currentId } from './alias.server.ts';
import type { Cause } from './event.ts';
import { eventsWhere } from './events.server.ts';
import { foldName } from './identity/name.ts';
import { stateOf } from './identity/state.ts';
import { MODELS, type Model } from './model.ts';
import type { Overrule, Printed } from './overrule.ts';
import { span } from './span.server.ts';
import type {
	AgencyRecord,
	AgreementLine,
	ApplicationLine,
	AreaView,
	EventRecord,
	Found,
	PlaceLink,
	RulingLine,
	WithdrawnView,
} from './views.ts';

/** Events on one page of an agency: ten times what any has today. */
const MOST_EVENTS = 200;

/** Everything the ledger holds of one agency. A former id says which one took its place. */
export async function agencyRecord(id: string, world: Pick<World, 'db'>): Promise<Found<AgencyRecord>> {
	return world.db.as(VISITOR, async (tx) => {
		const found = await sql<StoredAgency>`
			select a.*, r.level, r.body, r.basis, r.near, ${link('p')} as place, ${link('s')} as state_place,
				array(select ${link('c')} from place c where c.id = any(r.county_ids) order by c.name) as counties
			from watch_agency a
			left join watch_area r on r.id = a.id
			left join place p on p.id = r.place_id
			left join place s on s.kind = 'state' and s.state_code = a.state_code
			where a.id = ${id}`.execute(tx);
		const agency = found.rows[0];
		const days = await span(tx);
		if (!agency || !days) return moved(id, tx);
		const mine = sql`e.agency_id = ${id} or e.agency_id in (select former_id from watch_alias where id = ${id})`;
		const events = await eventsWhere(sql`(${mine}) and e.withdrawn_at is null`, MOST_EVENTS + 1, tx);
		const gone = await eventsWhere(sql`(${mine}) and e.withdrawn_at is not null`, MOST_EVENTS, tx);
		const record: AgencyRecord = {
			id,
			name: agency.name,
			names: agency.names,
			kind: agency.kind,
			state: agency.state,
			stateCode: agency.state_code,
			county: agency.county,
			area: areaOf(agency),
			statePlace: agency.state_place,
			agreements: await agreementsOf(id, tx),
			applications: await applicationsOf(id, tx),
			events: events.slice(0, MOST_EVENTS),
			more: events.length > MOST_EVENTS,
			withdrawn: await explained(gone, tx),
			rulings: await rulingsOn(agency, tx),
			span: days,
		};
		return { outcome: 'found', record };
	});
}

/** An event that was ever published, standing or withdrawn; null where there never was one. */
export async function eventRecord(id: string, world: Pick<World, 'db'>): Promise<EventRecord | null> {
	return world.db.as(VISITOR, async (tx) => {
		const [event] = await eventsWhere(sql`e.id = ${id}`, 1, tx);
		if (!event) return null;
		const [withdrawn] = event.withdrawnAt ? await explained([event], tx) : [];
		const [successor] = event.replacedBy ? await eventsWhere(sql`e.id = ${event.replacedBy}`, 1, tx) : [];
		const twin = event.kind === 'granted' ? 'listed' : event.kind === 'listed' ? 'granted' : null;
		const [other] =
			twin && event.agreementId && !event.withdrawnAt
				? await eventsWhere(
						sql`e.agreement_id = ${event.agreementId} and e.kind = ${twin} and e.withdrawn_at is null`,
						1,
						tx,
					)
				: [];
		const now = await sql<{ agency: string | null; agreement: string | null }>`
			select (select id from watch_agency where id = ${currentId(event.agencyId)}) as agency,
				(select id from watch_agreement where id = ${currentId(event.agreementId)}) as agreement`.execute(tx);
		return {
			event,
			withdrawn: withdrawn ? { cause: withdrawn.cause, reason: withdrawn.reason } : null,
			successor: successor ?? null,
			other: other ?? null,
			agencyId: now.rows[0]?.agency ?? null,
			agreementId: now.rows[0]?.agreement ?? null,
		};
	});
}

/** What a link to the place named by an SQL alias needs; null where there is none. */
export function link(alias: string): RawBuilder<PlaceLink> {
	const column = (name: string) => sql.ref(`${alias}.${name}`);
	return sql<PlaceLink>`case when ${column('id')} is null then null else jsonb_build_object('id', ${column('id')},
		'kind', ${column('kind')}, 'name', ${column('name')}, 'stateCode', ${column('state_code')}, 'slug', ${column('slug')}) end`;
}

interface StoredAgency {
	name: string;
	names: string[];
	kind: AgencyKind;
	state: string;
	state_code: string;
	county: string | null;
	level: AreaView['level'];
	body: AreaView['body'] | null;
	basis: AreaView['basis'];
	near: boolean;
	place: PlaceLink | null;
	state_place: PlaceLink | null;
	counties: PlaceLink[];
}

async function moved(id: string, tx: Tx): Promise<Found<AgencyRecord>> {
	const found = await sql<{ id: string }>`
		select a.id from watch_alias f join watch_agency a on a.id = f.id where f.former_id = ${id}`.execute(tx);
	const now = found.rows[0];
	return now ? { outcome: 'moved', id: now.id } : { outcome: 'unknown' };
}

function areaOf({ body, level, place, counties, basis, near }: StoredAgency): AreaView | null {
	return body === null ? null : { body, level, place, counties, basis, near };
}

async function agreementsOf(agencyId: string, tx: Tx): Promise<AgreementLine[]> {
	const found = await sql<{
		id: string;
		model: Model;
		signed: Day | null;
		first_listed: Date;
		last_listed: Date;
		standing: Standing;
		moa: string | null;
		addendum: string | null;
		sha256: string;
		row: number;
		file: string;
		suspect: boolean;
	}>`
		select g.*, s.name as file, exists (
				select from watch_event e where e.agency_id = g.agency_id and e.agreement_id = g.id
					and e.kind = 'suspect_link' and e.withdrawn_at is null) as suspect
		from watch_agreement g
		left join lateral (
			select name from watch_sighting where sha256 = g.sha256 order by name limit 1) s on true
		where g.agency_id = ${agencyId}`.execute(tx);
	return found.rows
		.map(({ first_listed, last_listed, ...row }) => ({
			...row,
			file: row.file ?? row.sha256,
			firstListed: isoSecond(first_listed),
			lastListed: isoSecond(last_listed),
		}))
		.sort(
			(a, b) =>
				Number(b.standing === 'listed') - Number(a.standing === 'listed') ||
				MODELS.indexOf(a.model) - MODELS.indexOf(b.model) ||
				(a.signed ?? '').localeCompare(b.signed ?? '') ||
				a.id.localeCompare(b.id),
		);
}

async function applicationsOf(agencyId: string, tx: Tx): Promise<ApplicationLine[]> {
	const found = await sql<{
		id: string;
		model: Model;
		first_listed: Date;
		last_listed: Date;
		standing: Application['standing'];
		agreement_id: string | null;
	}>`
		select id, model, first_listed, last_listed, standing, agreement_id from watch_application
		where agency_id = ${agencyId} order by first_listed, model, id`.execute(tx);
	return found.rows.map((row) => ({
		id: row.id,
		model: row.model,
		firstListed: isoSecond(row.first_listed),
		lastListed: isoSecond(row.last_listed),
		standing: row.standing,
		agreementId: row.agreement_id,
	}));
}

/** Withdrawn events with the cause, and the reason where a person's decision withdrew them. */
async function explained(events: readonly WithdrawnView['event'][], tx: Tx): Promise<WithdrawnView[]> {
	if (events.length === 0) return [];
	const found = await sql<{ id: string; cause: Cause; reason: string | null }>`
		select e.id, e.withdrawn_cause as cause, c.reason from watch_event e
		left join lateral (
			select reason from watch_correction where event_id = e.id order by at desc, id limit 1) c on true
		where e.id = any(${events.map((event) => event.id)})`.execute(tx);
	const why = new Map(found.rows.map((row) => [row.id, row]));
	return events.map((event) => ({
		event,
		cause: why.get(event.id)?.cause ?? 'rules',
		reason: why.get(event.id)?.reason ?? null,
	}));
}

/** Decisions that stand and name the agency, oldest first. A released list concerns all agencies and is told with the lists. */
async function rulingsOn({ names, state_code }: StoredAgency, tx: Tx): Promise<RulingLine[]> {
	const found = await sql<{ kind: Overrule['kind']; subject: Subject; reason: string; made_at: Date }>`
		select kind, subject, reason, made_at from watch_overrule
		where withdrawn_at is null and kind <> 'release' order by made_at, id`.execute(tx);
	const own = new Set(names.map(foldName));
	return found.rows
		.filter(({ subject }) =>
			pointsOf(subject).some(({ state, agency }) => own.has(foldName(agency)) && stateOf(state).code === state_code),
		)
		.map(({ kind, reason, made_at }) => ({ kind, reason, madeAt: isoSecond(made_at) }));
}

/** An overrule as it is stored: which fields it has depends on its kind. */
interface Subject {
	state?: string;
	names?: readonly string[];
	agency?: string;
	from?: Printed;
	into?: Printed;
	row?: Printed;
}

function pointsOf({ state, names, agency, from, into, row }: Subject): { state: string; agency: string }[] {
	const named = state === undefined ? [] : [...(names ?? []), ...(agency ? [agency] : [])];
	return [
		...named.map((name) => ({ state: state ?? '', agency: name })),
		...[from, into, row].flatMap((printed) => (printed ? [printed] : [])),
	];
}
