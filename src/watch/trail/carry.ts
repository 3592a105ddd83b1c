import type { ReviewReason } from '../review.ts';
import { type Book, place, show } from './book.ts';
import type { Pair } from './pairing.ts';
import type { Keyed } from './series.ts';
import { tellCorrected, tellLinks } from './telling.ts';
import type { Line, Seen } from './track.ts';

/** The row stands on the next list to the letter of its key: only its other cells may differ. */
export function keep(book: Book, line: Line, keyed: Keyed, lines: Map<number, Line>): void {
	const before = line.seen;
	if (before.row !== keyed.seen.row) tellCorrected(book, line.track, before, keyed.seen, 'certain');
	tellLinks(book, line.track, before, keyed.seen, false);
	// The line is used again: most rows of most lists are those of the list before.
	line.seen = keyed.seen;
	line.track.lines.push(line);
	if (line.track.lines.length === 1) show(line.track, keyed.seen);
	lines.set(keyed.key, line);
}

/** The row stands on the next list under another key: corrected, or naming another body. */
export function carryOver(
	book: Book,
	{ line, keyed, outcome, confidence, joins }: Pair,
	lines: Map<number, Line>,
): void {
	const { track, seen: before } = line;
	if (joins) book.bodies.join(before.spelling.body, keyed.seen.spelling.body);
	place(book, track, keyed.key, keyed.seen, lines);
	if (outcome === 'relabelled') {
		book.tellings.push({
			kind: 'relabelled',
			list: keyed.seen.list,
			track,
			seen: keyed.seen,
			before,
			evidence: [before, keyed.seen],
			confidence,
			baseline: false,
		});
		ask(book, 'relabelled', before, keyed.seen);
	} else {
		tellCorrected(book, track, before, keyed.seen, confidence);
		if (before.spelling.body.state !== keyed.seen.spelling.body.state) ask(book, 'state_changed', before, keyed.seen);
		else if (confidence === 'arguable') ask(book, 'possible_rename', before, keyed.seen);
	}
	tellLinks(book, track, before, keyed.seen, false);
}

/** Asks a person about two rows. */
export function ask(book: Book, reason: ReviewReason, old: Seen, next: Seen): void {
	const bodies = [old.spelling.body, next.spelling.body];
	book.questions.push({ reason, bodies, list: next.list, rows: [next.row.row] });
}
