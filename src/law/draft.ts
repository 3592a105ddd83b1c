import { type Day, parseDay } from '#kernel/day.ts';
import type { NewLaw } from './record.ts';

/** Drafts of a file, and what of it could not become one. */
export interface Drafts {
	readonly drafts: readonly NewLaw[];
	/** Name of the entry, and why, as a sentence. */
	readonly left: readonly { readonly key: string; readonly why: string }[];
}

/** Entries of one file that are read: far more than anybody reviews. */
const MOST = 5_000;

/**
 * Reads notes on law (docs/law.md tells the form) as drafts. An entry of a jurisdiction that is neither a state nor the
 * United States as a whole, or without statement or citation, is left and named. Null for what is no such file.
 */
export function draftsIn(json: unknown): Drafts | null {
	const records = isObject(json) ? json.records : null;
	if (!Array.isArray(records)) return null;
	const drafts: NewLaw[] = [];
	const left: { key: string; why: string }[] = [];
	for (const [i, entry] of records.slice(0, MOST).entries()) {
		const key = text(entry, 'id') ?? `entry ${i + 1}`;
		const read = draftOf(entry, key);
		if (typeof read === 'string') left.push({ key, why: read });
		else drafts.push(read);
	}
	return { drafts, left };
}

function draftOf(entry: unknown, key: string): NewLaw | string {
	const jurisdiction = text(entry, 'jurisdiction') ?? '';
	const [statement, citation] = [text(entry, 'statement'), text(entry, 'citation')];
	const [asOf, reviewDue] = [day(entry, 'status_as_of'), day(entry, 'review_due')];
	if (!/^[A-Z]{2}$/.test(jurisdiction)) return `${jurisdiction || 'Nothing'} is no state and not US.`;
	if (statement === null || citation === null) return 'It has no statement or no citation.';
	if (asOf === null || reviewDue === null) return 'It does not say as of which day, or when its review is due.';
	const address = text(entry, 'source_url');
	const told = ['category', 'instrument_type', 'effective', 'expires', 'status', 'confidence', 'note'].flatMap(
		(name) => {
			const said = text(entry, name);
			return said === null ? [] : [`${name.replace('_', ' ')}: ${said}`];
		},
	);
	return {
		jurisdiction,
		statement: { en: statement, es: text(entry, 'statement_es') },
		citation,
		address: address !== null && /^https?:\/\//.test(address) ? address : null,
		asOf,
		reviewDue,
		note: told.length > 0 ? told.join('; ') : null,
		key,
	};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(entry: unknown, name: string): string | null {
	const value = isObject(entry) && Object.hasOwn(entry, name) ? entry[name] : null;
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function day(entry: unknown, name: string): Day | null {
	const said = text(entry, name);
	return said === null ? null : parseDay(said);
}
