import type { Agency } from './agency.ts';
import type { Agreement, Application } from './agreement.ts';
import type { Event } from './event.ts';
import type { List, ListKind } from './list.ts';
import type { Model } from './model.ts';
import type { Overrule } from './overrule.ts';
import type { Review } from './review.ts';

/** Version of the rules: a stored ledger made by older rules is made again. */
export const RULES = 1;

/** A list that takes no part until a person releases it. */
export interface Quarantine {
	readonly sha256: string;
	readonly kind: ListKind;
	/** Rows of the last accepted list that vanished unexplained, and how many that list held. */
	readonly unexplained: number;
	readonly of: number;
}

/** One accepted list in numbers. */
export interface ListFigures {
	readonly sha256: string;
	readonly kind: ListKind;
	readonly modified: string;
	/** Rows that take part. */
	readonly rows: number;
	/** Agreements (or applications) on it: rows without their duplicates. */
	readonly agreements: number;
	readonly duplicateRows: number;
	readonly byModel: Readonly<Record<Model, number>>;
	readonly agencies: number;
	readonly states: number;
}

export interface Ledger {
	readonly agencies: readonly Agency[];
	readonly agreements: readonly Agreement[];
	readonly applications: readonly Application[];
	/** Oldest first; within a list by row. */
	readonly events: readonly Event[];
	readonly quarantined: readonly Quarantine[];
	readonly reviews: readonly Review[];
	/** One for each accepted list, oldest first. */
	readonly figures: readonly ListFigures[];
}

/** What a person may set about the reading. */
export interface Settings {
	/** A list is quarantined when more than this share of the last list, and at least `least` rows, vanish unexplained. */
	readonly plausibleLoss: Readonly<Record<ListKind, number>>;
	readonly least: number;
}

/** On 2025-06-18 the pending list rightly lost 52 of 93 rows at once, nearly all granted; the participating list never lost one in ten. */
export const SETTINGS: Settings = { plausibleLoss: { participating: 0.1, pending: 0.5 }, least: 20 };

/** The ledger of a set of lists: the same set in any order, or with repeats, gives the same ledger. */
export declare function ledger(lists: readonly List[], overrules?: readonly Overrule[], settings?: Settings): Ledger;
