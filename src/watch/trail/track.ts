import type { Day } from '#kernel/day.ts';
import type { Confidence, EventKind } from '../event.ts';
import type { Body, Spelling } from '../identity/body.ts';
import type { ListKind, Row } from '../list.ts';
import type { Model } from '../model.ts';
import type { ReviewReason } from '../review.ts';

/** A row that takes part, on the list at this position of the series. */
export interface Seen {
	readonly list: number;
	readonly row: Row;
	readonly spelling: Spelling;
	readonly model: Model;
	/** As read; an overrule may differ from the cell. */
	readonly signed: Day | null;
}

/** One agreement or application through the series. */
export interface Track {
	readonly index: number;
	readonly kind: ListKind;
	readonly first: Seen;
	/** How it came on the list; `from` is the agreement that it took the place of. */
	origin: 'baseline' | 'listed' | 'renewed' | 'model_switched';
	from: Track | null;
	/** The row shown for it, on the latest list that held it. */
	last: Seen;
	/** The latest row of it that names a county. */
	located: Seen | null;
	/** Its rows on the last accepted list: one, and any duplicates. Empty while it is away. */
	lines: Line[];
	/** Every row by which its key changed, first included: what its id could have been made from. */
	readonly variants: Seen[];
	absence: Absence | null;
	/** Absences that ended or still last. */
	readonly absences: Absence[];
	/** What took its place. */
	successor: Track | null;
}

/** One row of a track on the last accepted list. */
export interface Line {
	readonly track: Track;
	seen: Seen;
}

/** A track that is not on its list. */
export interface Absence {
	readonly track: Track;
	readonly last: Seen;
	/** First list of its kind without it. */
	readonly at: number;
	/** The next list of its kind, when it is away there too. */
	confirmed: number | null;
	/** Where it came back. */
	back: Seen | null;
	/** A like row came when it went: a person has to look before it is called gone. */
	held: boolean;
	/** The row on the pending list that it went back to. */
	pending: Seen | null;
}

/** A piece of evidence: a row, or the list that no longer holds it. */
export type Piece = Seen | { readonly list: number };

/** An event before it has ids: what happened to which track. */
export interface Telling {
	readonly kind: EventKind;
	/** The list it is dated to. */
	readonly list: number;
	readonly track: Track;
	/** The row whose texts the event shows. */
	readonly seen: Seen;
	readonly before: Seen | null;
	readonly evidence: readonly Piece[];
	readonly confidence: Confidence;
	readonly baseline: boolean;
	/** The agreement where it is not the track: what an application was granted as. */
	readonly agreement?: Track | null;
}

/** A question for a person, before it has ids. */
export interface Question {
	readonly reason: ReviewReason;
	readonly bodies: readonly Body[];
	readonly list: number;
	readonly rows: readonly number[];
}
