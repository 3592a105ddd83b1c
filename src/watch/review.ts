/** Why a person is asked. */
export type ReviewReason =
	/** Two rows of one list, near in spelling, with the same model, date and county or document. */
	| 'near_spelling'
	/** A row went and a like one came: a rename, or one body gone and another new. */
	| 'possible_rename'
	/** Two bodies, one document. */
	| 'shared_document'
	/** A row names another body than before; the agreement was carried over. */
	| 'relabelled'
	/** The state cell changed; the rest of the row did not. */
	| 'state_changed';

/** What no rule settles, or settled on thin evidence: for a person. */
export interface Review {
	readonly id: string;
	readonly reason: ReviewReason;
	readonly state: string;
	readonly agencyIds: readonly string[];
	/** The list on which the question arose, and its rows (those of the list before are in the events). */
	readonly sha256: string;
	readonly rows: readonly number[];
}

/** A question that no rule settled, with the names it is about. */
export interface ReviewView {
	readonly id: string;
	readonly reason: ReviewReason;
	readonly state: string;
	readonly agencies: readonly string[];
	readonly agencyIds: readonly string[];
	/** Every name that a list printed for any of them. */
	readonly names: readonly string[];
	readonly file: string;
	readonly sha256: string;
	readonly rows: readonly number[];
}

/** An agency on a list whose row says no place that is known. */
export interface Unplaced {
	readonly id: string;
	readonly name: string;
	readonly state: string;
	/** As printed; null where the list names none. */
	readonly county: string | null;
}
