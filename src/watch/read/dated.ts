import { isoSecond } from '#kernel/day.ts';
import type { Problem } from '../problem.ts';
import { Refused } from './refusal.ts';

/** The instant that orders a list, and the problem where it had to be taken from a weaker place. */
export interface Dated {
	/** ISO UTC to the second. */
	readonly modified: string;
	readonly problem: Problem | null;
}

/** The spreadsheet format is of 2006; an earlier instant is a placeholder. */
const EARLIEST = '2006-01-01T00:00:00Z';
/** W3CDTF, as document properties have it: a day, or a day and a time with its offset from UTC. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2})?(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * When a workbook was last saved: by its properties; failing that when it was made; failing that by the newest time in
 * the zip, which has no zone and is taken as UTC. Throws Refused ('undated') where there is none: the order of lists is
 * their meaning.
 */
export function dateOfList(source: {
	modified: string | null;
	created: string | null;
	newestEntry: number | null;
}): Dated {
	const modified = instant(source.modified);
	if (modified) return { modified, problem: null };
	const created = instant(source.created);
	if (created) return { modified: created, problem: weaker('modified_from_created', created) };
	if (source.newestEntry !== null) {
		const newest = isoSecond(new Date(source.newestEntry));
		return { modified: newest, problem: weaker('modified_from_zip', newest) };
	}
	throw new Refused(
		'undated',
		'The workbook does not say when it was saved, so its place among the lists is unknown: offer the file as it was published.',
	);
}

function instant(text: string | null): string | null {
	const match = INSTANT.exec(text?.trim() ?? '');
	if (!match) return null;
	const [, day, minute = '00:00', second = ':00', zone = 'Z'] = match;
	const at = Date.parse(`${day}T${minute}${second}${zone}`);
	if (Number.isNaN(at)) return null;
	const iso = isoSecond(new Date(at));
	return iso >= EARLIEST && iso.length === EARLIEST.length ? iso : null;
}

function weaker(code: 'modified_from_created' | 'modified_from_zip', taken: string): Problem {
	return { code, row: null, column: null, detail: `taken as ${taken}` };
}
