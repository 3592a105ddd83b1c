import { addDays, type Day, dayOf } from '#kernel/day.ts';

/** The legal public holidays of 5 U.S.C. 6103(a), in the order of the year. Inauguration Day is one around Washington alone. */
export const FEDERAL_HOLIDAYS = [
	...['new_year', 'king', 'washington', 'memorial', 'juneteenth', 'independence'],
	...['labor', 'columbus', 'veterans', 'thanksgiving', 'christmas'],
] as const;

/** Days that many cities keep besides. */
export const LOCAL_HOLIDAYS = ['lincoln', 'chavez', 'after_thanksgiving', 'christmas_eve', 'new_year_eve'] as const;

export type HolidayKey = keyof typeof RULES;

/** When the offices of a city are closed. */
export interface Closures {
	/** Weekdays, 0 is Sunday. At most `MOST_WEEKDAYS`, so that a business day is never far. */
	readonly weekdays: readonly number[];
	readonly holidays: readonly HolidayKey[];
	/** Whether a holiday that falls on a Saturday closes the Friday before; one on a Sunday always closes the Monday after. */
	readonly fridayBefore: boolean;
	/** Single days that the city names itself. */
	readonly own: readonly { readonly day: Day; readonly name: string }[];
}

/** A city is open on three weekdays at least. */
export const MOST_WEEKDAYS = 4;

/** Weekends and federal holidays: what holds until a city says otherwise. */
export const FEDERAL_CLOSURES: Closures = {
	weekdays: [0, 6],
	holidays: FEDERAL_HOLIDAYS,
	fridayBefore: true,
	own: [],
};

/** Why a day is no business day. */
export type Closed =
	| { readonly kind: 'weekday' }
	| { readonly kind: 'holiday'; readonly holiday: HolidayKey }
	| { readonly kind: 'own'; readonly name: string };

const MONDAY = 1;
const THURSDAY = 4;
const FRIDAY = 5;

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
	return new Date(day).getUTCDay();
}

/** Which day of its kind in the month: the second Tuesday is 2. */
export function weekOf(day: Day): number {
	return Math.ceil(Number(day.slice(8)) / 7);
}

/**
 * Why the offices are closed on a day; null where they are open. A holiday closes its own day and, at a weekend, the Friday
 * before (5 U.S.C. 6103(b)(1)) or the Monday after (section 3 of Executive Order 11582); that Friday may lie in the year before.
 */
export function closedOn(day: Day, closures: Closures): Closed | null {
	const own = closures.own.find((one) => one.day === day);
	if (own) return { kind: 'own', name: own.name };
	const weekday = weekdayOf(day);
	const candidates = [
		day,
		...(weekday === FRIDAY && closures.fridayBefore ? [addDays(day, 1)] : []),
		...(weekday === MONDAY ? [addDays(day, -1)] : []),
	];
	const holiday = closures.holidays.find((key) => candidates.some((one) => isHoliday(one, key)));
	if (holiday) return { kind: 'holiday', holiday };
	return closures.weekdays.includes(weekday) ? { kind: 'weekday' } : null;
}

/** The day of a holiday in a year, wherever in the week it falls. */
export function dayOfHoliday(key: HolidayKey, year: number): Day {
	const [month, find] = RULES[key];
	return find(year, month);
}

/** The month is asked first: a plan asks for hundreds of days. */
function isHoliday(day: Day, key: HolidayKey): boolean {
	return Number(day.slice(5, 7)) === RULES[key][0] && dayOfHoliday(key, Number(day.slice(0, 4))) === day;
}

type Finder = (year: number, month: number) => Day;

/** Month, and how the day is found in it. */
const RULES = {
	new_year: [1, on(1)],
	king: [1, nth(3, MONDAY)],
	lincoln: [2, on(12)],
	washington: [2, nth(3, MONDAY)],
	chavez: [3, on(31)],
	memorial: [5, lastMonday],
	juneteenth: [6, on(19)],
	independence: [7, on(4)],
	labor: [9, nth(1, MONDAY)],
	columbus: [10, nth(2, MONDAY)],
	veterans: [11, on(11)],
	thanksgiving: [11, nth(4, THURSDAY)],
	after_thanksgiving: [11, (year: number, month: number) => addDays(nth(4, THURSDAY)(year, month), 1)],
	christmas_eve: [12, on(24)],
	christmas: [12, on(25)],
	new_year_eve: [12, on(31)],
} as const satisfies Readonly<Record<string, readonly [month: number, find: Finder]>>;

function on(date: number): Finder {
	return (year, month) => existing(year, month, date);
}

function nth(which: number, weekday: number): Finder {
	return (year, month) => {
		const first = existing(year, month, 1);
		return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (which - 1));
	};
}

function lastMonday(year: number, month: number): Day {
	const last = existing(year, month, 31);
	return addDays(last, -((weekdayOf(last) - MONDAY + 7) % 7));
}

function existing(year: number, month: number, date: number): Day {
	const day = dayOf(year, month, date);
	if (!day) throw new RangeError(`There is no ${date} of month ${month} in the year ${year}.`);
	return day;
}
