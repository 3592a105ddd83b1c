import type { Day } from '#kernel/day.ts';
import type { Place } from '#places/place.ts';
import type { AgencyKind } from './agency.ts';
import type { Agreement, Application } from './agreement.ts';
import type { AreaBody, Basis, Level } from './area.ts';
import type { Cause } from './event.ts';
import type { Model } from './model.ts';
import type { Overrule } from './overrule.ts';
import type { EventView } from './reading.ts';

/** What answers at an id: the record, the id that took its place, or nothing. */
export type Found<T> =
	| { readonly outcome: 'found'; readonly record: T }
	| { readonly outcome: 'moved'; readonly id: string }
	| { readonly outcome: 'unknown' };

/** A place as a link needs it. */
export type PlaceLink = Pick<Place, 'id' | 'kind' | 'name' | 'stateCode' | 'slug'>;

/** The area of an agency, as far as its own row says, and the rule that found it. */
export interface AreaView {
	readonly level: Level | null;
	readonly place: PlaceLink | null;
	/** Counties that place lies in, by name. */
	readonly counties: readonly PlaceLink[];
	readonly body: AreaBody;
	readonly basis: Basis;
	readonly near: boolean;
}

/** An agreement on the page of its agency. */
export interface AgreementLine extends Omit<Agreement, 'formerIds' | 'agencyId'> {
	readonly file: string;
	/** An event asks whether its link leads to the document of another agency. */
	readonly suspect: boolean;
}

export interface ApplicationLine extends Omit<Application, 'formerIds' | 'agencyId' | 'sha256' | 'row'> {}

/** An event that no longer stands, with what is known of why. */
export interface WithdrawnView {
	readonly event: EventView;
	readonly cause: Cause;
	/** As the author of the overrule wrote it; null for other causes. */
	readonly reason: string | null;
}

/** A person's word over the reading that concerns one agency. */
export interface RulingLine {
	readonly kind: Overrule['kind'];
	readonly reason: string;
	readonly madeAt: string;
}

/** Days the pages speak of: instants of the first and the latest list of each kind that takes part, ISO UTC; null where no pending list was read. */
export interface Span {
	readonly from: string;
	readonly asOf: string;
	readonly pendingFrom: string | null;
	readonly pendingAsOf: string | null;
}

export interface AgencyRecord {
	readonly id: string;
	/** As printed on the latest list that holds it. */
	readonly name: string;
	/** Every printed form, earliest first. */
	readonly names: readonly string[];
	readonly kind: AgencyKind;
	readonly state: string;
	readonly stateCode: string;
	/** COUNTY cell, latest that is not an error or empty. */
	readonly county: string | null;
	/** Null where places were not assigned yet. */
	readonly area: AreaView | null;
	/** The state as a place; null where places know no such state. */
	readonly statePlace: PlaceLink | null;
	/** Listed first, then by model and date. */
	readonly agreements: readonly AgreementLine[];
	readonly applications: readonly ApplicationLine[];
	/** Standing events, newest first, baseline included. */
	readonly events: readonly EventView[];
	/** True where there are more events than a page shows. */
	readonly more: boolean;
	readonly withdrawn: readonly WithdrawnView[];
	readonly rulings: readonly RulingLine[];
	readonly span: Span;
}

export interface EventRecord {
	readonly event: EventView;
	/** Null for a standing event. */
	readonly withdrawn: { readonly cause: Cause; readonly reason: string | null } | null;
	/** The event that stands in its place. */
	readonly successor: EventView | null;
	/** The other telling of a grant: `listed` of a `granted`, and the other way round. */
	readonly other: EventView | null;
	/** Id of the agency now; null where no agency of the ledger has it any more. */
	readonly agencyId: string | null;
	/** The agreement now, where it has one. */
	readonly agreementId: string | null;
}

/** An agreement in a row of a place page. */
export interface HeldModel {
	readonly id: string;
	readonly model: Model;
	readonly signed: Day | null;
	readonly firstListed: string;
}

/** An agency with listed agreements whose area includes a place. */
export interface ListedAgency {
	readonly id: string;
	readonly name: string;
	readonly level: Level | null;
	readonly body: AreaBody;
	readonly place: PlaceLink | null;
	readonly held: readonly HeldModel[];
}

/** A place with the models of listed agencies of its own area or inside it. */
export interface MarkedPlace extends PlaceLink {
	readonly models: readonly Model[];
}

/** Agreements listed in one county of a state, by agencies of the county and of places in it. */
export interface CountyCount {
	/** Null: places whose county is not known. */
	readonly county: PlaceLink | null;
	readonly agencies: number;
	readonly byModel: Readonly<Record<Model, number>>;
}

/** One application on the latest pending list. */
export interface PendingLine {
	readonly id: string;
	readonly name: string;
	readonly model: Model;
	readonly firstListed: string;
	readonly inside: boolean;
}

export interface PlaceRecord {
	readonly place: Place;
	/** Package or file the place was read from. */
	readonly source: string;
	readonly state: PlaceLink;
	/** Counties it lies in. */
	readonly counties: readonly PlaceLink[];
	/** Agencies with a listed agreement in its state. */
	readonly listed: number;
	/** Their area includes the place or a part of it. */
	readonly serving: readonly ListedAgency[];
	/** Of cities and subdivisions inside a county. */
	readonly inside: readonly ListedAgency[];
	/** Campuses, airports and the like of the state: the list does not say where in it. */
	readonly somewhere: readonly ListedAgency[];
	readonly pending: readonly PendingLine[];
	/** Listed agencies of the state that could not be placed, by name. */
	readonly unplaced: readonly { readonly id: string; readonly name: string }[];
	readonly neighbours: readonly MarkedPlace[];
	/** Cities and subdivisions inside a county, those with listed agencies first; and how many there are. */
	readonly places: readonly MarkedPlace[];
	readonly placeCount: number;
	/** Counties that took the place of a legacy one, and legacy ones that this one replaced. */
	readonly successors: readonly PlaceLink[];
	readonly predecessors: readonly PlaceLink[];
	/** Of a state only: counties with any, and how many counties it has. */
	readonly countyCounts: readonly CountyCount[];
	readonly countyCount: number;
	/** Null where no list was read. */
	readonly span: Span | null;
}

/** A place that a search found. */
export interface FoundPlace {
	readonly place: Place;
	readonly state: string;
	readonly counties: readonly string[];
}

/** A state in the list of states. */
export interface StateCount extends PlaceLink {
	readonly agencies: number;
	readonly byModel: Readonly<Record<Model, number>>;
}
