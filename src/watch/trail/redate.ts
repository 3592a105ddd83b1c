import { type Day, daysBetween } from '#kernel/day.ts';
import { documentDay, documentFile } from '../identity/document.ts';
import type { Seen } from './track.ts';

/** Dates of one agreement were corrected by up to 29 days; nobody renews within a month. */
const MONTH = 30;
/** A row that never had a document was dated before the paper was there: its first date is a guess for longer. */
const UNLINKED = 60;

/** Within a month, or one of them unreadable: two rows of one agency and model so close are one agreement. */
export function closeDates(a: Day | null, b: Day | null): boolean {
	return a === null || b === null || Math.abs(daysBetween(a, b)) <= MONTH;
}

/**
 * What a new date on the same agency and model means when the old row is gone: the same agreement with its date put
 * right, or a new one in its place. Tables of real corrections are in the tests.
 */
export function redate(old: Seen, next: Seen): 'corrected' | 'renewed' {
	if (closeDates(old.signed, next.signed)) return 'corrected';
	const [was, is] = [old.signed as Day, next.signed as Day];
	// A renewal is later than what it renews.
	if (is < was) return 'corrected';
	const document = documentFile(old.row.moa?.href);
	if (document === null) return daysBetween(was, is) <= UNLINKED || yearTyped(was, is) ? 'corrected' : 'renewed';
	if (documentDay(document) === is) return 'corrected';
	return yearTyped(was, is) && document === documentFile(next.row.moa?.href) ? 'corrected' : 'renewed';
}

/** The same day of another year: as a year typed wrong leaves it, and as an anniversary does. */
function yearTyped(a: Day, b: Day): boolean {
	return a.slice(4) === b.slice(4);
}
