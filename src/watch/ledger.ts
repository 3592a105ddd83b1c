import type { Day } from '#kernel/day.ts';
import type { Event } from './event.ts';
import type { ListKind } from './list.ts';
import type { Model } from './model.ts';

/** What kind of body an agency is. The law says any political subdivision; so it is more than sheriffs and police. */
export const AGENCY_KINDS = [
	'sheriff',
	'police',
	'constable',
	'corrections',
	'state_police',
	'campus',
	'airport_port',
	'wildlife_environment',
	'prosecutor',
	'military',
	'county_board',
	'other',
] as const;
export type AgencyKind = (typeof AGENCY_KINDS)[number];

/** One body in one state. */
export interface Agency {
	/** Made from its earliest known row. */
	readonly id: string;
	/** Earlier ids of the same body, from merges or from before older files came in. */
	readonly formerIds: readonly string[];
	readonly state: string;
	readonly stateCode: string;
	/** As printed on the latest list that holds it. */
	readonly name: string;
	/** Every printed form, earliest first. */
	readonly names: readonly string[];
	readonly kind: AgencyKind;
	/** TYPE cell, latest: County, Municipality, State Agency. */
	readonly type: string | null;
	/** COUNTY cell, latest that is not an error or empty. */
	readonly county: string | null;
}

/** Where an agreement stands on the latest list of its kind. */
export type Standing = 'listed' | 'missing' | 'removed' | 'returned' | 'replaced';

/** agency x model x date signed. */
export interface Agreement {
	readonly id: string;
	readonly formerIds: readonly string[];
	readonly agencyId: string;
	readonly model: Model;
	/** As on the latest list that holds it (corrections change how it is shown, never when it began). */
	readonly signed: Day | null;
	/** Instant of the first and of the latest list that holds it. */
	readonly firstListed: string;
	readonly lastListed: string;
	readonly standing: Standing;
	readonly moa: string | null;
	readonly addendum: string | null;
	/** The row on the latest list that holds it. */
	readonly sha256: string;
	readonly row: number;
}

export interface Application {
	readonly id: string;
	readonly agencyId: string;
	readonly model: Model;
	readonly firstListed: string;
	readonly lastListed: string;
	readonly standing: 'pending' | 'granted' | 'gone';
	readonly agreementId: string | null;
}

/** A list that takes no part until a person releases it. */
export interface Quarantine {
	readonly sha256: string;
	readonly kind: ListKind;
	readonly unexplained: number;
	readonly of: number;
}

/** What no rule settles: for a person. */
export interface Review {
	readonly id: string;
	readonly reason: string;
	readonly state: string;
	readonly agencyIds: readonly string[];
	readonly sha256: string;
	readonly rows: readonly number[];
}

export interface Ledger {
	readonly agencies: readonly Agency[];
	readonly agreements: readonly Agreement[];
	readonly applications: readonly Application[];
	/** Oldest first; within a list by row. */
	readonly events: readonly Event[];
	readonly quarantined: readonly Quarantine[];
	readonly reviews: readonly Review[];
}
