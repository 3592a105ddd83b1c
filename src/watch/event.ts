import type { Day } from '#kernel/day.ts';
import type { ListKind } from './list.ts';
import type { Model } from './model.ts';

export const EVENT_KINDS = [
	'listed',
	'renewed',
	'model_switched',
	'document_posted',
	'addendum_posted',
	'missing',
	'removed',
	'applied',
	'granted',
	'application_gone',
	'returned_to_pending',
	'corrected',
	'relabelled',
	'duplicate_row',
	'suspect_link',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One row of one list, or (row null) the list that no longer holds it. */
export interface Evidence {
	/** SHA-256 of the list. The file's name is looked up when it is shown: names are sightings, not identity. */
	readonly sha256: string;
	readonly row: number | null;
	readonly cells: Readonly<Record<string, string>> | null;
}

/** How sure the ledger is: a key that matched to the letter, a rule with witnesses, or a reading a person should look at. */
export type Confidence = 'certain' | 'likely' | 'arguable';

/**
 * What changed between two lists. `at` and the last entry of `evidence` belong to the list the event is dated to; for
 * `missing`, `removed`, `application_gone` and `granted` that is the first list of its kind without the row (row null).
 */
export interface Event {
	/** Derived from content: the same lists give the same id. */
	readonly id: string;
	readonly kind: EventKind;
	/** Instant of the list, ISO UTC. */
	readonly at: string;
	readonly list: ListKind;
	/** Upper-case name of the state, corrected. */
	readonly state: string;
	/** USPS code. */
	readonly stateCode: string;
	readonly agencyId: string;
	/** As printed on that list. */
	readonly agency: string;
	readonly agencyBefore: string | null;
	readonly agreementId: string | null;
	readonly model: Model;
	readonly modelBefore: Model | null;
	readonly signed: Day | null;
	readonly signedBefore: Day | null;
	readonly evidence: readonly Evidence[];
	readonly confidence: Confidence;
	/** True on the first list of each kind: what was there when watching began. Nobody counts or mails it. */
	readonly baseline: boolean;
}

/** What changed since an event was published that the ledger no longer yields it; the sentence is in the catalogue. */
export type Cause = 'rules' | 'overrule' | 'lists';
