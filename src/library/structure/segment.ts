import { type Opening, openingOf } from './heading.ts';
import { first, type ListLabel, listLabel, type UnitLabel, unitLabel } from './label.ts';
import type { Line } from './line.ts';

/** One provision that a line begins: a line may begin several, `§ 9-131. Detainers. a. Definitions. 1. …`. */
export interface Segment {
	readonly unit: UnitLabel | null;
	readonly list: ListLabel | null;
	/** Characters of the view: of the number as printed, of number and blanks, of these and the heading. */
	readonly printed: number;
	readonly labelled: number;
	readonly headed: number;
	/** Whether what stands between number and list is a heading; else it is a sentence. */
	readonly heading: boolean;
}

/** More provisions never begin in one line. */
const RUN_IN_MOST = 6;

/**
 * The provisions that a line begins, outermost first; none where it has no number. `more`: whether words without a number or
 * a new list follow, so that what stands alone in the line is a heading.
 */
export function segments(line: Line, more: boolean): Segment[] {
	const found: Segment[] = [];
	let rest = line.view;
	const unit = unitOf(line);
	if (unit) {
		const headed = headingOf(line, rest.slice(unit.length), unit.unit === 'section' ? 'section' : 'unit', more);
		const { printed, length } = unit;
		const end = length + headed.length;
		found.push({ unit, list: null, printed, labelled: length, headed: end, heading: headed.heading });
		rest = rest.slice(end);
		if (unit.unit !== 'section') return found;
	}
	while (found.length < RUN_IN_MOST) {
		const blank = rest.length - rest.trimStart().length;
		const list = listLabel(rest.slice(blank));
		if (!list || (found.length > 0 && !runsIn(list, rest.slice(blank)))) break;
		const labelled = blank + list.length;
		const headed = headingOf(line, rest.slice(labelled), 'list', more);
		const end = labelled + headed.length;
		found.push({ unit: null, list, printed: blank + list.printed, labelled, headed: end, heading: headed.heading });
		rest = rest.slice(end);
	}
	return found;
}

/** The unit that a line begins; in an act that numbers its sections barely, `1.` is one. */
export function unitOf(line: Pick<Line, 'view' | 'zone'>): UnitLabel | null {
	const unit = unitLabel(line.view);
	if (unit || line.zone !== 'act') return unit;
	const list = listLabel(line.view);
	if (!list) return null;
	const { sign, printed, length } = list;
	return { unit: 'section', sign, whole: list.numerals[0]?.value ?? null, printed, length, named: false };
}

/** A list may begin in the line of what it belongs to: with its first number, and words behind it. */
function runsIn(list: ListLabel, rest: string): boolean {
	if (list.wrap === '-' || rest.length <= list.length) return false;
	if (!first(list)) return false;
	return !/^(?:and|or|through|to|of|y|o)\b|^[,;]/.test(rest.slice(list.length));
}

function headingOf(line: Line, rest: string, level: 'section' | 'list' | 'unit', more: boolean): Opening {
	if (rest === '') return { length: 0, heading: false };
	if (line.heading !== null) return { length: rest.length, heading: true };
	return openingOf(rest, level === 'list' ? 'list' : 'section', more);
}
