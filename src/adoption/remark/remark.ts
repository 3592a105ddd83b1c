import type { Place } from './anchor.ts';

/** Where a comment lies: with everybody of the city, or with its counsel and whom counsel let in. */
export type RemarkRoom = 'city' | 'counsel';

/** Who said something, as their seat has it. */
export interface Speaker {
	readonly seat: string | null;
	readonly name: string | null;
	/** Null where the seat is gone. */
	readonly office: string | null;
}

export interface Reply {
	readonly id: string;
	readonly by: Speaker;
	readonly text: string;
	readonly at: Date;
}

/** A comment on words of a draft, with what was answered. Private to its room. */
export interface Remark extends Reply {
	readonly room: RemarkRoom;
	/** Counted from 1 in its draft and room. */
	readonly nth: number;
	/** The words as the draft had them, blanks as `{{city}}`; null for a comment on a whole provision. */
	readonly quote: string | null;
	/** Where these words stand now. */
	readonly place: Place;
	/** Other words for these; null for a comment that suggests none. */
	readonly suggested: Instead | null;
	readonly replies: readonly Reply[];
	/** Whom it waits for; null for nobody. */
	readonly assigned: Speaker | null;
	/** Who settled it and when; null while it is open. */
	readonly resolved: Settled | null;
}

/** Other words that somebody suggests. */
export interface Instead {
	/** With blanks as the draft has them; empty: the words are struck. */
	readonly words: string;
	/** Whether the words it is on stand as they did, where no others can be taken for them. */
	readonly sure: boolean;
}

interface Settled {
	/** What was decided: of a suggestion `taken` or `refused`. */
	readonly act: 'resolved' | 'taken' | 'refused';
	readonly by: Speaker;
	readonly at: Date;
	/** Of one that was taken: the edit after which the draft has its words. */
	readonly edit: number | null;
}
