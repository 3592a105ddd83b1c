export const REVIEW_REASONS = [
	/** Two rows of one list with spellings so near that one may be a misprint of the other, and the same model, date and county or document. */
	'near_spelling',
	/** A row went and a like one came: a rename, or one body gone and another new. */
	'possible_rename',
	/** Two bodies, one document. */
	'shared_document',
	/** A row names another body than before; the agreement was carried over. */
	'relabelled',
	/** The state cell changed; the rest of the row did not. */
	'state_changed',
] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

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
