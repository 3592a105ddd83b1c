import { headingLength } from './heading.ts';
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
		found.push({ unit, list: null, printed: unit.printed, labelled: unit.length, headed: unit.length + headed });
		rest = rest.slice(unit.length + headed);
		if (unit.unit !== 'section') return found;
	}
	while (found.length < RUN_IN_MOST) {
		const blank = rest.length - rest.trimStart().length;
		const list = listLabel(rest.slice(blank));
		if (!list || (found.length > 0 && !runsIn(list, rest.slice(blank)))) break;
		const labelled = blank + list.length;
		const headed = headingOf(line, rest.slice(labelled), 'list', more);
		found.push({ unit: null, list, printed: blank + list.printed, labelled, headed: labelled + headed });
		rest = rest.slice(labelled + headed);
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

function headingOf(line: Line, rest: string, level: 'section' | 'list' | 'unit', more: boolean): number {
	if (rest === '') return 0;
	if (line.heading !== null) return rest.length;
	if (level === 'unit') return headingLength(rest, 'section', more);
	return headingLength(rest, level, more);
}
