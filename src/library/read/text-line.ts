import type { StructureProblem } from '../structure/problem.ts';
import type { FormatProblem } from './gather.ts';

/** Where what is odd in a plain text is put. */
export type TextNote = (code: FormatProblem | StructureProblem, detail: string) => void;

/** A line of a plain text. */
export interface TextLine {
	/** Without blanks at its ends; empty for a blank line. */
	readonly text: string;
	/** Columns before it: a blank is one, a tab goes on to the next multiple of six, half an inch. */
	readonly column: number;
	/** Whether a page ends before it: it may go on with the sentence of the line before. */
	readonly broken: boolean;
	/** As written, for tables. */
	readonly raw: string;
}

const TAB_COLUMNS = 6;

/** Where the words of a line begin. */
export function columnOf(raw: string): number {
	let column = 0;
	for (const sign of raw) {
		if (sign === '\t') column = (Math.floor(column / TAB_COLUMNS) + 1) * TAB_COLUMNS;
		else if (/\s/.test(sign)) column++;
		else break;
	}
	return column;
}
