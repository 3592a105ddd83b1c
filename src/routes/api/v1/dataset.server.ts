import { VISITOR } from '#access/actor.ts';
import { LANGUAGES } from '#i18n/language.ts';
import { Invalid } from '#kernel/error.ts';
import { type DataRecord, type Field, toRecord, toRecords } from '#kernel/field.ts';
import { placeAt } from '#places/address.server.ts';
import type { World } from '#platform/world.ts';
import { AGENCY_KINDS } from '#watch/agency.ts';
import { STANDINGS } from '#watch/agreement.ts';
import { agreement, agreements } from '#watch/agreements.server.ts';
import { EVENT_KINDS } from '#watch/event.ts';
import { eventSeries } from '#watch/events.server.ts';
import { lists } from '#watch/lists.server.ts';
import { MODELS } from '#watch/model.ts';
import type { AgencyRecordView, EventView, Withdrawal } from '#watch/reading.ts';
import { AGENCY_FIELDS } from '#watch/record/agency.ts';
import { AGREEMENT_FIELDS } from '#watch/record/agreement.ts';
import { EVENT_FIELDS, WITHDRAWAL_FIELDS } from '#watch/record/event.ts';
import { LIST_FIELDS, LIST_STANDINGS } from '#watch/record/list.ts';
import { SERIES_FIELDS } from '#watch/record/series.ts';
import { eventRecord } from '#watch/record.server.ts';
import { agencyRegister, REGISTER_STANDINGS, registered } from '#watch/register.server.ts';
import { series } from '#watch/series.server.ts';
import { type Asked, choice, DAY, ID, type Parameters, PLACE, readQuery, STATE, SWITCH, upTo, WORDS } from './asked.ts';
import type { Noun } from './ground.server.ts';

export type Db = Pick<World, 'db' | 'clock' | 'keep'>;

/** Records of one answer that does not say how many it wants, and the most one may want. */
export const USUAL = 500;
const MOST = 5_000;

/** What each form of an answer takes beside the filters. A CSV is always whole. */
export const FORMATS = {
	json: { after: ID, limit: upTo(MOST), all: SWITCH },
	csv: { raw: SWITCH },
} as const;
export type Format = keyof typeof FORMATS;

/** Records, what narrows them, and how they are read. */
export interface Dataset {
	readonly noun: Noun;
	readonly name: string;
	readonly fields: readonly Pick<Field<never>, 'name' | 'schema' | 'meaning'>[];
	/** The field that `after` and `next` carry. */
	readonly key: 'id' | 'sha256' | 'e_id' | 'address';
	readonly filters: Parameters;
	/** Throws `Invalid` for a query that is none. */
	records(query: URLSearchParams, format: Parameters, batch: number, world: Db): Promise<AsyncGenerator<DataRecord>>;
	/** One record and the fields that it alone has; null where there is none. Left out where records have no address. */
	readonly one?: {
		readonly fields: readonly Pick<Field<never>, 'name' | 'schema' | 'meaning'>[];
		find(id: string, world: Db): Promise<DataRecord | null>;
	};
}

export const AGENCY_FILTERS = {
	q: WORDS,
	state: STATE,
	model: choice(MODELS),
	agency_kind: choice(AGENCY_KINDS),
	standing: choice(REGISTER_STANDINGS),
	agency: ID,
	place: PLACE,
};
const AGREEMENT_FILTERS = {
	q: WORDS,
	state: STATE,
	model: choice(MODELS),
	standing: choice(STANDINGS),
	agency: ID,
	place: PLACE,
};
const EVENT_FILTERS = {
	q: WORDS,
	state: STATE,
	kind: choice(EVENT_KINDS),
	model: choice(MODELS),
	since: DAY,
	until: DAY,
	agency: ID,
	place: PLACE,
};

export const FEED_PARAMETERS = { ...EVENT_FILTERS, after: ID, lang: choice(LANGUAGES) };

export const DATASETS: readonly Dataset[] = [
	dataset({
		name: 'agencies',
		fields: AGENCY_FIELDS,
		key: 'id',
		filters: AGENCY_FILTERS,
		views: agenciesAsked,
		one: { fields: AGENCY_FIELDS, find: registered },
	}),
	dataset({
		name: 'agreements',
		fields: AGREEMENT_FIELDS,
		key: 'id',
		filters: AGREEMENT_FILTERS,
		views: async (asked, after, batch, world) =>
			agreements({ ...asked, after, place: await placeId(asked.place, world) }, world, batch),
		one: { fields: AGREEMENT_FIELDS, find: agreement },
	}),
	dataset({
		name: 'events',
		fields: EVENT_FIELDS,
		key: 'id',
		filters: { ...EVENT_FILTERS, baseline: SWITCH, withdrawn: SWITCH, order: choice(['oldest', 'newest'] as const) },
		views: async ({ baseline, withdrawn, order, ...asked }, after, batch, world) =>
			eventSeries(
				{
					...asked,
					after,
					place: await placeId(asked.place, world),
					baseline: baseline ?? true,
					withdrawn: withdrawn ?? true,
					order: order ?? 'oldest',
				},
				world,
				batch,
			),
		one: { fields: [...EVENT_FIELDS, ...WITHDRAWAL_FIELDS], find: eventAlone },
	}),
	dataset({
		name: 'lists',
		fields: LIST_FIELDS,
		key: 'sha256',
		filters: { kind: choice(['participating', 'pending']), standing: choice(LIST_STANDINGS) },
		views: async ({ kind, standing }, after, _batch, world) => {
			const all = behind(await lists(world), after);
			return all.filter((list) => (!kind || list.kind === kind) && (!standing || list.standing === standing));
		},
	}),
	dataset({
		name: 'series',
		fields: SERIES_FIELDS,
		key: 'sha256',
		filters: { state: STATE },
		views: async ({ state }, after, _batch, world) => behind(await series(state, world), after),
	}),
];

async function eventAlone(id: string, world: Db): Promise<(EventView & Withdrawal) | null> {
	const found = await eventRecord(id, world);
	return found && { ...found.event, cause: found.withdrawn?.cause ?? null, reason: found.withdrawn?.reason ?? null };
}

/** Agencies with the points of their areas, which a map needs and a table does not. */
export async function agenciesAsked(
	{ agency_kind: kind, ...asked }: Asked<typeof AGENCY_FILTERS>,
	after: string | null,
	batch: number,
	world: Db,
): Promise<AsyncGenerator<AgencyRecordView>> {
	return agencyRegister({ ...asked, kind, after, place: await placeId(asked.place, world) }, world, batch);
}

/** The id of a place that was asked for. Throws `Invalid` where there is none. */
export async function placeId(asked: string | null, world: Db): Promise<string | null> {
	if (asked === null) return null;
	const place = await world.db.as(VISITOR, (tx) => placeAt(asked, tx));
	if (!place) throw new Invalid(`There is no such place. place takes ${PLACE.takes}.`);
	return place.id;
}

interface Definition<P extends Parameters, View, One> {
	readonly noun?: Noun;
	readonly name: string;
	readonly fields: readonly Field<View>[];
	readonly key: 'id' | 'sha256' | 'e_id' | 'address';
	readonly filters: P;
	views(asked: Asked<P>, after: string | null, batch: number, world: Db): Promise<AsyncIterable<View> | Iterable<View>>;
	readonly one?: { readonly fields: readonly Field<One>[]; find(id: string, world: Db): Promise<One | null> };
}

/** A dataset from what its noun offers; of the watch where it does not say another. */
export function dataset<P extends Parameters, View, One = never>(given: Definition<P, View, One>): Dataset {
	const { noun = 'watch', name, fields, key, filters, one } = given;
	return {
		noun,
		name,
		fields,
		key,
		filters,
		async records(query, format, batch, world) {
			const asked = readQuery(query, { ...format, ...filters }) as Asked<P> & { after?: string | null };
			const own = Object.fromEntries(Object.keys(filters).map((filter) => [filter, asked[filter]])) as Asked<P>;
			return toRecords(fields, await given.views(own, asked.after ?? null, batch, world));
		},
		...(one && {
			one: {
				fields: one.fields,
				async find(id: string, world: Db) {
					const found = await one.find(id, world);
					return found && toRecord(one.fields, found);
				},
			},
		}),
	};
}

/** What stands behind the record that a reader had last. */
function behind<View extends { readonly sha256: string }>(
	views: readonly View[],
	after: string | null,
): readonly View[] {
	if (after === null) return views;
	const at = views.findIndex((view) => view.sha256 === after);
	if (at < 0) throw new Invalid('There is no such record to go on after. Leave `after` out to begin at the first.');
	return views.slice(at + 1);
}
