/** What comes back to a form that codes, confirms or takes back, with what is wrong. */
export interface CodingReturned {
	/** `propose`, else the id of the coding. */
	readonly form: string;
	readonly code: string;
	readonly words: string;
	readonly note: string;
	readonly polarity: string;
	readonly strength: string;
	readonly reason: string;
	/** What the author says is no number of a person; null where none was found. */
	readonly said: readonly string[] | null;
	readonly fault: 'code' | 'strength' | 'words' | 'note' | 'reason' | 'own' | 'already' | 'gone' | null;
}
