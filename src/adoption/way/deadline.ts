import { addDays, type Day, daysBetween } from '#kernel/day.ts';
import { type Closures, closedOn, weekdayOf, weekOf } from './holiday.ts';

/** Days that have to lie between an earlier and a later one. */
export interface Span {
	/** 0 to `MOST_DAYS`. */
	readonly days: number;
	readonly unit: 'calendar' | 'business';
	/**
	 * Which of both ends is one of the days: `first` is the usual way to count back from a meeting (the day of the deadline
	 * counts, that of the meeting does not), `last` the usual way to count on, `neither` are clear days.
	 */
	readonly counted: Counted;
}
export const COUNTED = ['first', 'last', 'both', 'neither'] as const;
export type Counted = (typeof COUNTED)[number];

/** Weekday and weeks of the month on which the council meets: the second and fourth Tuesday is 2, [2, 4]. */
export interface Meetings {
	/** 0 is Sunday. */
	readonly weekday: number;
	/** 1 to 5, rising, at least one. */
	readonly weeks: readonly number[];
}

/** No notice rule is longer than a year. */
export const MOST_DAYS = 365;
/** A year of business days in a city that is open on three weekdays, and a meeting after it, is found within this many days. */
const FURTHEST = 1_500;

/**
 * How many days of the span's kind lie between two days, with the ends that count; 0 where `to` is earlier. A business day is
 * one on which the city's offices are open.
 */
export function daysIn(from: Day, to: Day, { unit, counted }: Omit<Span, 'days'>, closures: Closures): number {
	const apart = daysBetween(from, to);
	if (apart < 0) return 0;
	const counts = (day: Day) => unit === 'calendar' || closedOn(day, closures) === null;
	let days = 0;
	for (let i = 0; i <= apart; i++) {
		const day = addDays(from, i);
		if (isIn(i === 0, i === apart, counted) && counts(day)) days++;
	}
	return days;
}

/** The last day before `to`, or that day, from which on the span fits in, and that suits. Null where none is within reach. */
export function latestBefore(to: Day, span: Span, suits: (day: Day) => boolean, closures: Closures): Day | null {
	return reach(to, -1, span, suits, closures);
}

/** The first day after `from`, or that day, until which the span fits in, and that suits. Null where none is within reach. */
export function earliestAfter(from: Day, span: Span, suits: (day: Day) => boolean, closures: Closures): Day | null {
	return reach(from, 1, span, suits, closures);
}

/** Whether a day that somebody typed can be counted from: of our centuries, as no vote is in another. */
export function isCountable(day: Day): boolean {
	return day >= '1900-01-01' && day <= '2199-12-31';
}

/** Whether the council has a regular meeting on a day: not where that day is a holiday. */
export function isMeeting(day: Day, { weekday, weeks }: Meetings, closures: Closures): boolean {
	if (weekdayOf(day) !== weekday || !weeks.includes(weekOf(day))) return false;
	const closed = closedOn(day, closures);
	return closed === null || closed.kind === 'weekday';
}

/** From 0 days apart on, so that each day is asked once. */
function reach(anchor: Day, step: -1 | 1, span: Span, suits: (day: Day) => boolean, closures: Closures): Day | null {
	const counts = (day: Day) => (span.unit === 'calendar' || closedOn(day, closures) === null ? 1 : 0);
	const [near, far]: readonly Counted[] = step < 0 ? ['last', 'first'] : ['first', 'last'];
	const anchors = span.counted === near || span.counted === 'both' ? counts(anchor) : 0;
	if (span.days <= (span.counted === 'both' ? counts(anchor) : 0) && suits(anchor)) return anchor;
	let between = 0;
	for (let apart = 1; apart <= FURTHEST; apart++) {
		const day = addDays(anchor, step * apart);
		const own = counts(day);
		const days = anchors + between + (span.counted === far || span.counted === 'both' ? own : 0);
		if (days >= span.days && suits(day)) return day;
		between += own;
	}
	return null;
}

/** One day alone is counted once by `both`, and never by another. */
function isIn(first: boolean, last: boolean, counted: Counted): boolean {
	if (first && last) return counted === 'both';
	if (first) return counted === 'first' || counted === 'both';
	return last ? counted === 'last' || counted === 'both' : true;
}
