import type { Day } from '#kernel/day.ts';
import type { AgencyKind } from './agency.ts';
import type { Agreement, Standing } from './agreement.ts';
import type { Cause, Event, EventKind, Evidence } from './event.ts';
import type { ListKind } from './list.ts';
import type { Model } from './model.ts';

/** Which ledger a page is made from: pages made from the same version are the same. Cheap to read. */
export interface Edition {
	readonly version: string;
	readonly sample: boolean;
}

/** The state of the ledger in numbers, each computed from the latest list of its kind. */
export interface Figures {
	/** Instant of the latest participating list that takes part, ISO UTC. */
	readonly asOf: string;
	/** The same of the pending list; null where none was ever read. */
	readonly pendingAsOf: string | null;
	/** Agencies with a listed agreement, and the states they are in. */
	readonly agencies: number;
	readonly states: number;
	/** Listed agreements, together and by model. */
	readonly agreements: number;
	readonly byModel: Readonly<Record<Model, number>>;
	/** Applications on the latest pending list, and the agencies that made them. */
	readonly pending: number;
	readonly pendingAgencies: number;
	/** `listed` events dated to the latest participating list, by model; zero where that list is the first. */
	readonly newSincePrevious: Readonly<Record<Model, number>>;
	/** Events (no baseline, none withdrawn) dated to the latest list of their kind, commonest first; kinds without one are left out. */
	readonly changed: readonly { readonly kind: EventKind; readonly count: number }[];
	/** Instant of the participating list before the latest, ISO UTC; null where there is only one. */
	readonly previous: string | null;
	/** Lists that take part, of both kinds. */
	readonly lists: number;
	/** Lists that take no part until a person releases them, newer than the list the figures are of. */
	readonly heldBack: readonly {
		readonly kind: ListKind;
		readonly modified: string;
		readonly unexplained: number;
		readonly of: number;
	}[];
	/** States with any agency in the ledger, by name: what the filter offers. */
	readonly stateChoices: readonly { readonly code: string; readonly name: string }[];
	readonly sample: boolean;
}

/** Evidence with the name under which its list was first seen: names are sightings, the hash is the identity. */
export interface EvidenceView extends Evidence {
	readonly file: string;
}

/** An event as pages and feeds show it. */
export interface EventView extends Omit<Event, 'evidence'> {
	readonly evidence: readonly EvidenceView[];
	/** The only sentence a page may use for the event. */
	readonly statement: { readonly en: string; readonly es: string };
	/** COUNTY cell of the agency, latest that is not an error or empty. */
	readonly county: string | null;
	/** Instant, ISO UTC, of the rebuild that no longer yielded the event; null for a standing one. */
	readonly withdrawnAt: string | null;
	readonly replacedBy: string | null;
}

export interface EventFilter {
	/** Words of an agency's name, a county or a state, any case. */
	readonly q: string | null;
	readonly kind: EventKind | null;
	readonly model: Model | null;
	/** USPS code, upper case. */
	readonly state: string | null;
	/** Id of an agency. */
	readonly agency: string | null;
	/** Id of a place: events of agencies whose area includes it; of a state or county also those inside it. */
	readonly place: string | null;
	/** Only bodies that serve a whole state, or only the others; both where it is not said. */
	readonly statewide?: boolean | undefined;
	/** First and last day (UTC) of the event's list. */
	readonly since: Day | null;
	readonly until: Day | null;
	/** Cursor of an earlier answer. */
	readonly after: string | null;
	readonly limit: number;
}

/** No narrowing at all. */
export const EVERYTHING = {
	q: null,
	kind: null,
	model: null,
	state: null,
	agency: null,
	place: null,
	since: null,
	until: null,
} as const;

export interface AgencyView {
	readonly id: string;
	readonly name: string;
	/** Upper-case name and USPS code of the state. */
	readonly state: string;
	readonly stateCode: string;
	readonly county: string | null;
	readonly kind: AgencyKind;
	/** Listed agreements, furthest-reaching model first. */
	readonly models: readonly { readonly model: Model; readonly signed: Day | null; readonly standing: Standing }[];
	/** Models applied for, on the latest pending list. */
	readonly applications: readonly Model[];
	/** Earliest signing date of a listed agreement. */
	readonly firstSigned: Day | null;
	/** Instant of the agency's latest event, baseline included, ISO UTC. */
	readonly lastChange: string;
}

export const AGENCY_SORTS = ['name', 'state', 'kind', 'signed', 'changed'] as const;
export type AgencySort = (typeof AGENCY_SORTS)[number];

export interface AgencyFilter {
	readonly q: string | null;
	readonly model: Model | null;
	readonly state: string | null;
	/** Id of a place, as for events. */
	readonly place: string | null;
	readonly kind: AgencyKind | null;
	/** `listed`: with a listed agreement; `pending`: with an application on the latest pending list; null for either. */
	readonly standing: 'listed' | 'pending' | null;
	readonly sort: AgencySort;
	readonly direction: 'ascending' | 'descending';
	/** From 1. A page past the last answers with the last. */
	readonly page: number;
}

/** Newest first, baseline events left out. `next` is the cursor of the page of earlier events; `total` counts all that match, on every page. */
export interface EventPage {
	readonly rows: readonly EventView[];
	readonly next: string | null;
	readonly total: number;
}

/** Agencies with a listed agreement or a pending application. */
export interface AgencyPage {
	readonly rows: readonly AgencyView[];
	readonly page: number;
	readonly pages: number;
	readonly total: number;
}

/** An agency as data: everything that is known of it. */
export interface AgencyRecordView extends AgencyView {
	readonly formerIds: readonly string[];
	/** Every printed form, earliest first. */
	readonly names: readonly string[];
	/** Null before places were read. */
	readonly area: {
		readonly level: 'state' | 'county' | 'city' | null;
		/** OCD id, GEOID, name and interior point of the place; null where none could be assigned or it is not known. */
		readonly place: string | null;
		readonly geoid: string | null;
		readonly name: string | null;
		readonly at: { readonly latitude: number; readonly longitude: number } | null;
		/** GEOIDs of the counties the area lies in. */
		readonly countyGeoids: readonly string[];
		readonly body: 'general' | 'jail' | 'statewide' | 'special';
	} | null;
}

/** An agreement with the names of its agency and of the list that last held it. */
export interface AgreementView extends Agreement {
	readonly agency: string;
	readonly state: string;
	readonly stateCode: string;
	readonly county: string | null;
	readonly file: string;
}

/** One file that was offered, whatever became of it. */
export interface ListView {
	readonly sha256: string;
	/** One of its names: the first by letter. */
	readonly file: string;
	/** Null where it could not be read as either list. */
	readonly kind: ListKind | null;
	/** The list's own date, ISO UTC; null where it was refused. */
	readonly modified: string | null;
	readonly standing: 'read' | 'refused' | 'quarantined';
	/** Why it takes no part: the code of a refusal, or `unexplained_loss`. */
	readonly reason: string | null;
	readonly detail: string | null;
	readonly rows: number;
	readonly problems: number;
	readonly addedAt: string;
	readonly sample: boolean;
}

/** One participating list in numbers: a point of a series over time. */
export interface SeriesPoint {
	readonly sha256: string;
	/** Instant of the list, ISO UTC. */
	readonly at: string;
	/** USPS code of the one state that was counted; null where all were. */
	readonly stateCode: string | null;
	/** Listed agreements, duplicates left out, and the agencies and states they are with. */
	readonly agreements: number;
	readonly byModel: Readonly<Record<Model, number>>;
	readonly agencies: number;
	readonly states: number;
}

/** The series of one state, never empty, oldest list first. */
export interface StateSeries {
	/** USPS code and upper-case name. */
	readonly stateCode: string;
	readonly state: string;
	readonly points: readonly SeriesPoint[];
}

/** A county or city (or subdivision) that is the area of agencies with a listed agreement or a pending application. */
export interface MarkedPlace {
	/** OCD id. */
	readonly id: string;
	readonly kind: 'county' | 'city' | 'subdivision';
	readonly name: string;
	readonly stateCode: string;
	readonly slug: string;
	readonly geoid: string | null;
	/** Interior point in degrees; null where it is not known. */
	readonly at: { readonly latitude: number; readonly longitude: number } | null;
	/** Agencies whose own area it is; what state and other bodies cover is not counted. */
	readonly agencies: number;
	/** Models of their listed agreements, furthest-reaching first. */
	readonly models: readonly Model[];
	/** Models they applied for on the latest pending list. */
	readonly applications: readonly Model[];
}

/** Where the agencies are, by state and name. */
export interface Marked {
	readonly places: readonly MarkedPlace[];
	/** Agencies whose area is a state, and agencies whose row could not be placed: they have no mark. */
	readonly statewide: number;
	readonly unplaced: number;
}

/** Why an event no longer stands: the kind of cause, and the reason that was given with an overrule. */
export interface Withdrawal {
	readonly cause: Cause | null;
	readonly reason: string | null;
}
