/** A calendar day without time or zone, `YYYY-MM-DD`. Days compare as strings. */
export type Day = string & { readonly __day: unique symbol };

const MS_PER_DAY = 86_400_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The day of these calendar numbers (month 1 to 12), or null where no such day exists (31 June, 29 Feb 2025). */
export function dayOf(year: number, month: number, date: number): Day | null {
	if (!Number.isInteger(year) || year < 1 || year > 9999) return null;
	const at = new Date(Date.UTC(2000, month - 1, date));
	at.setUTCFullYear(year, month - 1, date);
	if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== date) return null;
	return at.toISOString().slice(0, 10) as Day;
}

/** Reads `YYYY-MM-DD`; null for anything else, also for days that do not exist. */
export function parseDay(text: string): Day | null {
	const match = SHAPE.exec(text);
	return match ? dayOf(Number(match[1]), Number(match[2]), Number(match[3])) : null;
}

/** The day of an instant in UTC. */
export function dayAt(instant: Date): Day {
	return instant.toISOString().slice(0, 10) as Day;
}

/** Whole days from `a` to `b`, negative where `b` is earlier. */
export function daysBetween(a: Day, b: Day): number {
	return Math.round((Date.parse(b) - Date.parse(a)) / MS_PER_DAY);
}

/** `day` moved by a number of days. */
export function addDays(day: Day, days: number): Day {
	return dayAt(new Date(Date.parse(day) + days * MS_PER_DAY));
}

/** An instant as ISO UTC to the second, as published lists carry it: `2025-05-19T03:03:08Z`. */
export function isoSecond(at: Date): string {
	return `${at.toISOString().slice(0, 19)}Z`;
}
