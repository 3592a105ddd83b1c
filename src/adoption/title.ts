import { Invalid } from '#kernel/error.ts';
import { oneLine } from '#kernel/one-line.ts';

/** Longest title of a draft, in letters. */
const LONGEST_TITLE = 300;

/** The title of a draft as somebody typed it, in one line. Throws `Invalid` for one of no letters, or of too many. */
export function readTitle(typed: string): string {
	const title = oneLine(typed);
	if (!/\p{L}|\p{N}/u.test(title) || title.length > LONGEST_TITLE)
		throw new Invalid(`Give the draft a title of at most ${LONGEST_TITLE} letters.`);
	return title;
}
