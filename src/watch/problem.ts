/**
 * Everything that can be wrong with a file or a row that is read nevertheless: a closed list, each documented in
 * docs/watch/problems.md. `other` exists so that a surprise is counted, and must stay at 0.
 */
export const PROBLEM_CODES = [
	'modified_from_created',
	'modified_from_zip',
	'second_list',
	'column_repeated',
	'error_cells',
	'links_unwrapped',
	'header_repeated',
	'row_stray',
	'state_missing',
	'agency_missing',
	'support_missing',
	'support_unknown',
	'cell_too_long',
	'signed_missing',
	'signed_text',
	'signed_unreadable',
	'signed_implausible',
	'link_dropped',
	'link_wrapper_broken',
	'other',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface Problem {
	readonly code: ProblemCode;
	/** Row as the spreadsheet numbers it; null for the whole file. */
	readonly row: number | null;
	/** Header of the column; null for the whole row or file. */
	readonly column: string | null;
	/** What stands there, shortened. Never a mail address. */
	readonly detail: string;
}
