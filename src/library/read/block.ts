import type { Problem } from '../provision.ts';

export const FORMATS = ['docx', 'pdf', 'rtf', 'html', 'markdown', 'text', 'akn'] as const;
export type Format = (typeof FORMATS)[number];

/** A stretch of characters that look alike. Marks that are absent are off. */
export interface Run {
	readonly text: string;
	readonly bold?: true;
	readonly italic?: true;
	readonly underline?: true;
	readonly strike?: true;
	/** Six hex digits in lower case; absent for the colour of ordinary text. */
	readonly color?: string;
	/** Word's tracked changes (moves are a removal here and an addition there). */
	readonly tracked?: 'added' | 'removed';
}

/** A paragraph, heading, list item or table row of a source, in reading order. */
export interface Block {
	readonly runs: readonly Run[];
	/** Number that the source prints before the words without holding it among them (lists of Word and HTML); null: none. */
	readonly label: string | null;
	/** Left edge of the words, in points from that of the text; 0 where the format does not say. */
	readonly indent: number;
	/** Level of a heading, 1 to 9; null for what is none. */
	readonly heading: number | null;
	/** Name of the paragraph style or the tag; null where the format has none. */
	readonly style: string | null;
	/** `row`: cells of a table row, joined by tabs. `aside`: footnotes, endnotes. */
	readonly role: 'paragraph' | 'row' | 'aside';
	/** Page of a PDF, from 1; null elsewhere. */
	readonly page: number | null;
}

/** What a file holds beside the words people see: shown to whoever is asked to publish its bytes. */
export interface Inside {
	/** Names in its properties, comments and revisions, as they stand. */
	readonly authors: readonly string[];
	readonly comments: readonly { readonly author: string | null; readonly text: string }[];
	/** Hidden text, each stretch. */
	readonly hidden: readonly string[];
	/** Tracked changes: how many, and the earlier save names or templates that the file still names. */
	readonly revisions: number;
	/** Other properties that say where it comes from: company, template, path, producer, dates. */
	readonly properties: Readonly<Record<string, string>>;
}

/** A file as blocks. */
export interface Blocks {
	readonly format: Format;
	readonly blocks: readonly Block[];
	readonly inside: Inside;
	readonly problems: readonly Problem[];
}

/** Why a file cannot be read; `detail` is a sentence for the person who offered it, and says what to do. */
export interface Refusal {
	readonly refused:
		| 'empty'
		| 'too_large'
		| 'unknown_format'
		| 'damaged'
		| 'encrypted'
		| 'scanned'
		| 'bomb'
		| 'not_a_policy';
	readonly detail: string;
}
