import type { Confidence } from '../event.ts';
import { documentFile, documentWords } from '../identity/document.ts';
import { countyName } from '../identity/likeness.ts';
import type { Book } from './book.ts';
import type { Seen, Track } from './track.ts';

/** Tells that a row was put right: name, date, state or county. Nothing where no reader would see a difference. */
export function tellCorrected(book: Book, track: Track, before: Seen, after: Seen, confidence: Confidence): void {
	if (!corrects(before, after)) return;
	book.tellings.push({
		kind: 'corrected',
		list: after.list,
		track,
		seen: after,
		before,
		evidence: [before, after],
		confidence,
		baseline: false,
	});
}

function corrects(before: Seen, after: Seen): boolean {
	if (before.spelling !== after.spelling && before.spelling.name.fold !== after.spelling.name.fold) return true;
	if (before.signed !== after.signed) return true;
	if (before.row.state !== after.row.state && before.row.state.toUpperCase() !== after.row.state.toUpperCase())
		return true;
	if (before.row.county === after.row.county) return false;
	const [was, is] = [countyName(before.row.county), countyName(after.row.county)];
	// A county filled in where there was none puts nothing right.
	return was !== null && is !== null && was !== is;
}

/** Tells of a document or an addendum that came, and of a link that speaks of another agency. */
export function tellLinks(book: Book, track: Track, before: Seen | null, after: Seen, baseline: boolean): void {
	const [was, is] = [before?.row.moa?.href ?? null, after.row.moa?.href ?? null];
	const telling = { list: after.list, track, seen: after, before, confidence: 'certain', baseline } as const;
	if (before && was === null && is !== null) {
		book.tellings.push({ ...telling, kind: 'document_posted', evidence: [before, after] });
	}
	if (before && !before.row.addendum?.href && after.row.addendum?.href) {
		book.tellings.push({ ...telling, kind: 'addendum_posted', evidence: [before, after] });
	}
	if (is === null || is === was || documentFile(is) === documentFile(was)) return;
	const sharer = sharerOf(book, track, after, is);
	if (!sharer && !namesAnother(book, after, is)) return;
	const evidence = before ? [before, after] : [after];
	book.tellings.push({ ...telling, kind: 'suspect_link', evidence, confidence: 'arguable' });
	if (sharer) {
		const bodies = [sharer.last.spelling.body, after.spelling.body];
		book.questions.push({ reason: 'shared_document', bodies, list: after.list, rows: [after.row.row] });
	}
}

/** Another body's agreement whose row links to the same file, unless the file is named after this body. */
function sharerOf(book: Book, track: Track, seen: Seen, href: string): Track | null {
	const file = documentFile(href) ?? '';
	const before = book.documents.get(file);
	book.documents.set(file, track);
	if (!before || before === track || documentFile(before.last.row.moa?.href) !== file) return null;
	const { body } = seen.spelling;
	if (book.bodies.same(before.last.spelling.body, body)) return null;
	return documentWords(href, body.state).join('') === body.name.key ? null : before;
}

/** The file's name is to the letter that of another body on the lists: of the same state, or with no word of this one. */
function namesAnother(book: Book, seen: Seen, href: string): boolean {
	const { body } = seen.spelling;
	const key = documentWords(href, body.state).join('');
	if (key === body.name.key) return false;
	const named = book.bodies.named(key).filter((other) => !book.bodies.same(other, body));
	if (named.some((other) => other.state === body.state)) return true;
	const file = (documentFile(href) ?? '').replaceAll(/[^a-z]+/g, '');
	return named.length > 0 && !body.name.place.some((word) => file.includes(word.slice(0, SAME_START)));
}

/** A name's first letters survive the short forms and slips of file names. */
const SAME_START = 4;

/** Tells that an agreement stands twice on a list, or (`came` false) that its second row went. */
export function tellDuplicate(book: Book, track: Track, seen: Seen, list: number, baseline: boolean): void {
	const stays = track.last;
	book.tellings.push({
		kind: 'duplicate_row',
		list,
		track,
		seen,
		before: null,
		evidence: seen.list === list ? [stays, seen] : [seen, stays],
		confidence: 'likely',
		baseline,
	});
}
