/** Letters by which a paragraph is found again: a line of law has fewer alike. */
const KNOWN_BY = 28;
/** How far ahead it is looked for, in letters: what a page leaves out between two paragraphs is shorter. */
const AHEAD = 6_000;

/**
 * For each paragraph of a source the place of the provision that its words begin in, in order; one that is in none, as a
 * page number, stands where it was met. For showing both side by side.
 */
export function besideEach(paragraphs: readonly string[], provisions: readonly string[]): number[] {
	const ends: number[] = [];
	let length = 0;
	const stream = provisions
		.map((words) => {
			const own = letters(words);
			length += own.length;
			ends.push(length);
			return own;
		})
		.join('');
	let at = 0;
	let place = 0;
	return paragraphs.map((paragraph) => {
		const own = letters(paragraph);
		const found = own === '' ? -1 : stream.slice(at, at + AHEAD).indexOf(own.slice(0, KNOWN_BY));
		const from = found < 0 ? at : at + found;
		while (place < ends.length - 1 && (ends[place] ?? 0) <= from) place++;
		if (found >= 0) at = Math.min(from + own.length, length);
		return place;
	});
}

function letters(text: string): string {
	return text.replaceAll(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
}
