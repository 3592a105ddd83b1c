import { containedName, mayBeOne, nearSpelling } from '../identity/likeness.ts';
import type { Book, Shelf } from './book.ts';
import { closeDates } from './redate.ts';
import type { Absence, Seen } from './track.ts';

/**
 * The absence that this row ends: the same body, model and date, however long away; else a near spelling with the same
 * model and date; else the same body and model dated within a month. What a person called removed does not come back:
 * its row is a new agreement.
 */
export function returning(book: Book, shelf: Shelf, seen: Seen): Absence | null {
	const { bodies, rulings } = book;
	const { body } = seen.spelling;
	const open = [...(shelf.away.get(body.state.name) ?? [])].filter(
		(absence) =>
			absence.last.model === seen.model &&
			!absence.track.successor &&
			!rulings.removed({ ...absence.last.row, model: seen.model }),
	);
	const sameDay = open.filter((absence) => absence.last.signed === seen.signed);
	return (
		sameDay.find((absence) => bodies.same(absence.last.spelling.body, body)) ??
		sameDay.find(({ last: { spelling } }) => likeName(spelling.body, body) && mayBeOne(spelling.body, body, bodies)) ??
		open.find(
			(absence) => bodies.same(absence.last.spelling.body, body) && closeDates(absence.last.signed, seen.signed),
		) ??
		null
	);
}

function likeName(a: Parameters<typeof nearSpelling>[0], b: Parameters<typeof nearSpelling>[1]): boolean {
	return nearSpelling(a, b) || containedName(a, b);
}
