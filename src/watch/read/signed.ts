import { addDays, type Day, dayAt, dayOf } from '#kernel/day.ts';

/** What a SIGNED cell says. */
export type Signed =
	| { readonly day: Day; readonly fromText: boolean }
	| { readonly day: null; readonly why: 'signed_unreadable' | 'signed_implausible'; readonly shown: string };

/** Section 287(g) was enacted on this day (Pub. L. 104-208): nothing was signed under it before. */
const ENACTED = '1996-09-30' as Day;
/** A list is saved in an office and dated in UTC; a signing day later than this after it is a misprint, not a fact. */
const MAX_AHEAD_DAYS = 2;
/** Day 0 of the two date systems, in days of the first. */
const DAYS_1900_TO_1904 = 1_462;
const MS_PER_DAY = 86_400_000;
const SERIAL_ZERO = Date.UTC(1899, 11, 30);
/** 31 December 9999: the last day that spreadsheets know. */
const LAST_SERIAL = 2_958_465;

/** `Wednesday, September 30, 2025 12:00:00 AM` has 41 characters. */
const MAX_TEXT = 60;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK_TIME = /[T ]+\d{1,2}:\d{2}.*$/i;
const WEEKDAY = /^(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*\.?,? +/i;
/** A serial number typed as text; at five digits it is of 1927 to 2173. */
const SERIAL_TEXT = /^\d{5}(?:\.\d+)?$/;
const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
/** Month first, as Americans write; a separator may be missing where the number before it has two digits: 05/082025. */
const AMERICAN = /^(?:(\d{1,2})[-/. ]+|(\d{2}))(?:(\d{1,2})[-/. ]+|(\d{2}))(\d{2}|\d{4})$/;
const MONTH_FIRST = /^([a-z]{3,9})\.? *(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})$/i;
const DAY_FIRST = /^(\d{1,2})(?:st|nd|rd|th)?[- ]+([a-z]{3,9})\.?,?[- ]+(\d{2}|\d{4})$/i;

/** How one list counts its days, and which of them can be true. */
export interface Calendar {
	/** The day of a serial number, without time or zone; null beyond what spreadsheets know. */
	dayOf(serial: number): Day | null;
	/** The last day that is plausible for a signature. */
	readonly latest: Day;
}

/**
 * The calendar of a workbook: it counts from 1900, or from 1904 as old Macintosh workbooks do.
 * @param modified the list's own instant, ISO UTC
 */
export function calendarOf(from1904: boolean, modified: string): Calendar {
	const known = new Map<number, Day | null>();
	return {
		latest: addDays(modified.slice(0, 10) as Day, MAX_AHEAD_DAYS),
		dayOf(serial) {
			let day = known.get(serial);
			if (day === undefined) {
				const days = Math.floor(serial) + (from1904 ? DAYS_1900_TO_1904 : 0);
				day = days >= 1 && days <= LAST_SERIAL ? dayAt(new Date(SERIAL_ZERO + days * MS_PER_DAY)) : null;
				known.set(serial, day);
			}
			return day;
		},
	};
}

/**
 * Reads a SIGNED cell: a serial number, or a text in ISO or American form. A day before the law or after the list is
 * not taken for a fact.
 */
export function readSigned(
	cell: { readonly text: string; readonly number: number | null },
	calendar: Calendar,
): Signed {
	const serial = cell.number ?? (SERIAL_TEXT.test(cell.text) ? Number(cell.text) : null);
	const day = serial === null ? dayInText(cell.text) : calendar.dayOf(serial);
	if (day === null) return { day, why: 'signed_unreadable', shown: cell.text };
	if (day < ENACTED || day > calendar.latest) {
		return { day: null, why: 'signed_implausible', shown: cell.number === null ? cell.text : day };
	}
	return { day, fromText: cell.number === null && !ISO.test(cell.text) };
}

/** The day that a text names in ISO or American form; null for anything else. */
export function dayInText(text: string): Day | null {
	if (text.length > MAX_TEXT) return null;
	const bare = text.replace(CLOCK_TIME, '').replace(WEEKDAY, '').trim();
	const iso = ISO.exec(bare);
	if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
	const american = AMERICAN.exec(bare);
	if (american) {
		return dayOf(
			fullYear(american[5] as string),
			Number(american[1] ?? american[2]),
			Number(american[3] ?? american[4]),
		);
	}
	const named = MONTH_FIRST.exec(bare);
	if (named) return dayOf(Number(named[3]), monthOf(named[1] as string), Number(named[2]));
	const dayFirst = DAY_FIRST.exec(bare);
	if (dayFirst) return dayOf(fullYear(dayFirst[3] as string), monthOf(dayFirst[2] as string), Number(dayFirst[1]));
	return null;
}

/** Two digits are of the years since the law: 96 to 99 are the last century's. */
function fullYear(digits: string): number {
	const year = Number(digits);
	if (digits.length === 4) return year;
	return year >= 96 ? 1900 + year : 2000 + year;
}

/** 1 to 12, or 0 (which is no month) for a word that is none. */
function monthOf(word: string): number {
	return MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
}
