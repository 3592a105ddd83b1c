import { oneLine } from '#kernel/one-line.ts';

/** A telephone call on a number that a city shows publicly. */
export interface Call {
	readonly number: string;
	/** Address of the public page that shows it. */
	readonly site: string;
}

/** Longest number, and longest address of a page. */
const LONGEST = 120;
const LONGEST_SITE = 500;

/** What somebody typed about a call; null where number or page is missing. */
export function readCall({ number, site }: Call): Call | null {
	const call = {
		number: oneLine(number).slice(0, LONGEST),
		site: site.trim().slice(0, LONGEST_SITE),
	};
	return /\d{3}/.test(call.number) && /^https?:\/\/[^\s]+\.[^\s]+$/i.test(call.site) ? call : null;
}
