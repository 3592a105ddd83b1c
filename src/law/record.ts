import type { Day } from '#kernel/day.ts';
import { DAY, type Field, FLAG, INSTANT, oneOf, orNull, STATE_CODE, TEXT } from '#kernel/field.ts';

/** Where a record stands: a draft of the editors; checked by a named attorney; taken back. Only `reviewed` and what was reviewed once is public. */
export const LAW_STATES = ['unreviewed', 'reviewed', 'withdrawn'] as const;
export type LawState = (typeof LAW_STATES)[number];

/** A sentence about what the law of a state is, with where it stands written. */
export interface LawRecord {
	readonly id: string;
	/** Postal code of a state, or `US`. */
	readonly jurisdiction: string;
	readonly statement: { readonly en: string; readonly es: string | null };
	/** Primary citation: `Tex. Gov't Code § 752.053`. */
	readonly citation: string;
	/** Web address of the primary text; null only in drafts. */
	readonly address: string | null;
	readonly asOf: Day;
	readonly reviewDue: Day;
	readonly state: LawState;
	/** The attorney by name; null before the review. */
	readonly reviewer: string | null;
	/** ISO instants; null where it did not happen. */
	readonly reviewedAt: string | null;
	readonly withdrawnAt: string | null;
	readonly withdrawnReason: string | null;
	/** Whether the day is past on which it had to be looked at again. */
	readonly overdue: boolean;
}

/** What editors alone see of a record beside the rest. */
export interface LawDraft extends LawRecord {
	readonly note: string | null;
	readonly addedBy: string;
	/** ISO instant. */
	readonly addedAt: string;
}

/** What a page says of the law of its reader's state. */
export interface LawHere {
	/** Postal code and name; null where the page cannot know it. */
	readonly state: { readonly code: string; readonly name: string } | null;
	/** Reviewed records of the state. Empty: the page says that there is none, and to ask counsel. */
	readonly records: readonly LawRecord[];
	/** Reviewed records of federal law. */
	readonly federal: readonly LawRecord[];
}

/** A record as the API and the command line give it out; docs/law.md explains each field. */
export const LAW_FIELDS: readonly Field<LawRecord>[] = [
	{ name: 'id', schema: TEXT, meaning: 'law.id', heading: 'Id', of: (r) => r.id },
	{ name: 'jurisdiction', schema: STATE_CODE, heading: 'Law of', of: (r) => r.jurisdiction },
	{ name: 'state', schema: oneOf(LAW_STATES), meaning: 'law.state', heading: 'State', of: (r) => r.state },
	{ name: 'statement_en', schema: TEXT, meaning: 'law.statement_en', heading: 'Statement', of: (r) => r.statement.en },
	{ name: 'statement_es', schema: orNull(TEXT), meaning: 'law.statement_es', of: (r) => r.statement.es },
	{ name: 'citation', schema: TEXT, heading: 'Citation', of: (r) => r.citation },
	{ name: 'address', schema: orNull(TEXT), meaning: 'law.address', of: (r) => r.address },
	{ name: 'as_of', schema: DAY, meaning: 'law.as_of', heading: 'As of', of: (r) => r.asOf },
	{ name: 'review_due', schema: DAY, heading: 'Review due', of: (r) => r.reviewDue },
	{ name: 'overdue', schema: FLAG, of: (r) => r.overdue },
	{ name: 'reviewer', schema: orNull(TEXT), heading: 'Reviewed by', of: (r) => r.reviewer },
	{ name: 'reviewed_at', schema: orNull(INSTANT), of: (r) => r.reviewedAt },
	{ name: 'withdrawn_at', schema: orNull(INSTANT), meaning: 'law.withdrawn_at', of: (r) => r.withdrawnAt },
	{ name: 'withdrawn_reason', schema: orNull(TEXT), meaning: 'law.withdrawn_reason', of: (r) => r.withdrawnReason },
];

/** A draft before it is kept. */
export interface NewLaw {
	readonly jurisdiction: string;
	readonly statement: { readonly en: string; readonly es: string | null };
	readonly citation: string;
	readonly address: string | null;
	readonly asOf: Day;
	readonly reviewDue: Day;
	readonly note: string | null;
	/** Name of the draft in the file it came from; null where it came from none. */
	readonly key: string | null;
}
