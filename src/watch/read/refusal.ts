import { Unreadable } from '#kernel/unreadable.ts';

/** Why a whole file is refused: a closed list, each documented in docs/watch/problems.md. */
export const REFUSAL_CODES = [
	'empty_file',
	'not_a_spreadsheet',
	'old_format',
	'encrypted',
	'too_large',
	'zip_bomb',
	'damaged',
	'missing_columns',
	'no_rows',
	'undated',
	'other',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A file that is not taken as a list. `detail` is one sentence that says what it is and what to do. */
export interface Refusal {
	readonly refused: RefusalCode;
	readonly detail: string;
}

/** Carries a refusal up from inside the reader, as `Unreadable` does for zip and XML; `readSheet` turns both into a value. */
export class Refused extends Error {
	override readonly name = 'Refused';
	constructor(
		readonly code: RefusalCode,
		detail: string,
	) {
		super(detail);
	}
}

/** The refusal that a thrown error carries; null for any other error. */
export function refusalOf(cause: unknown): Refusal | null {
	return cause instanceof Refused || cause instanceof Unreadable
		? { refused: cause.code, detail: cause.message }
		: null;
}
