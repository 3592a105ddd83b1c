import type { Problem } from '../provision.ts';

/** What plain text and structure can find odd; docs/library/problems.md says what each means for the person who checks. */
export const STRUCTURE_PROBLEMS = [
	'additions_unmarked',
	'apostrophe',
	'hyphens',
	'lines_joined',
	'mark_unclosed',
	'number_gap',
	'number_order',
	'number_slip',
	'number_unexpected',
	'section_order',
	'section_sign',
	'sign_damaged',
] as const;
export type StructureProblem = (typeof STRUCTURE_PROBLEMS)[number];

/** Where problems are put; of one kind so many as a person reads. */
export type Note = (code: StructureProblem, block: number | null, detail: string) => void;

/** More of one kind say nothing new. */
const MOST_OF_A_KIND = 200;

export function noteTo(problems: Problem[]): Note {
	const kinds = new Map<StructureProblem, number>();
	return (code, block, detail) => {
		const times = (kinds.get(code) ?? 0) + 1;
		kinds.set(code, times);
		if (times <= MOST_OF_A_KIND) problems.push({ code, block, detail });
	};
}
