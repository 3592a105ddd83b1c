import type { Day } from '#kernel/day.ts';
import type { Model } from './model.ts';
import type { Problem } from './problem.ts';

/** The two lists ICE publishes: agencies that signed, agencies that applied. */
export type ListKind = 'participating' | 'pending';

/** A link as the list carries it: what the cell says, and where its hyperlink leads (mail wrappers removed, http or https only). */
export interface Link {
	readonly text: string;
	readonly href: string | null;
}

/** One row of a list. Texts are trimmed and inner white space is folded; nothing else is changed. */
export interface Row {
	/** Number of the row as a spreadsheet program shows it (the header is row 1). */
	readonly row: number;
	readonly state: string;
	readonly agency: string;
	readonly type: string | null;
	readonly county: string | null;
	/** Null where the support type is none we know; the row then carries a problem and takes no part in the ledger. */
	readonly model: Model | null;
	/** Null on pending lists and where the cell holds no plausible day. */
	readonly signed: Day | null;
	readonly moa: Link | null;
	readonly addendum: Link | null;
	/** Every filled cell by its header, as a person would read it: the evidence. Links show the unwrapped address. */
	readonly cells: Readonly<Record<string, string>>;
}

/** One published list, as read. The same bytes always give the same list. */
export interface List {
	/** SHA-256 of the file's bytes, hex. The only identity of a file. */
	readonly sha256: string;
	readonly kind: ListKind;
	/** `dcterms:modified` of the file, ISO instant in UTC: the order of lists. Names lie. */
	readonly modified: string;
	readonly rows: readonly Row[];
	readonly problems: readonly Problem[];
}
