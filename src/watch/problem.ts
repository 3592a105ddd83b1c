/**
 * Everything that can be wrong with a file or a row: a closed list, each documented in docs/watch/problems.md.
 * `other` exists so that a surprise is counted, and must stay at 0.
 */
export const PROBLEM_CODES = ['other'] as const;
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
