import { containedName, mayBeOne, nearSpelling, samePlace } from '../identity/likeness.ts';
import { type Book, daysApart, tracksOf, tracksOnceOf } from './book.ts';
import type { Absence, Piece, Seen, Telling, Track } from './track.ts';

/** How an agreement or application stands after the last list. */
export interface Settled {
	/** The agreement that an application was granted as. */
	readonly grants: ReadonlyMap<Track, Track>;
	/** Agreements called removed. */
	readonly removed: ReadonlySet<Track>;
	readonly gone: ReadonlySet<Track>;
}

/** When every list is read: tells how each track came, where it was missing, and why it went. */
export function settle(book: Book): Settled {
	const grants = new Map<Track, Track>();
	const removed = new Set<Track>();
	const gone = new Set<Track>();
	const claimed = new Set<Track>();
	for (const track of book.shelves.pending.tracks) {
		tellOrigin(book, track, 'applied');
		for (const absence of track.absences) settleApplication(book, absence, { grants, gone, claimed });
	}
	for (const track of book.shelves.participating.tracks) {
		tellOrigin(book, track, 'listed');
		for (const absence of track.absences) if (settleAgreement(book, absence)) removed.add(track);
	}
	return { grants, removed, gone };
}

function tellOrigin(book: Book, track: Track, plain: 'listed' | 'applied'): void {
	const { first, from } = track;
	const told = { list: first.list, track, seen: first, baseline: track.origin === 'baseline' };
	if (track.origin === 'baseline' || track.origin === 'listed' || !from) {
		book.tellings.push({ ...told, kind: plain, before: null, evidence: [first], confidence: 'certain' });
		return;
	}
	const went = from.absences.at(-1);
	const evidence: Piece[] = [from.last, ...(went ? [{ list: went.at }] : []), first];
	book.tellings.push({ ...told, kind: track.origin, before: from.last, evidence, confidence: 'likely' });
}

/** True where the agreement is called removed. */
function settleAgreement(book: Book, absence: Absence): boolean {
	const { track, last, at, back, confirmed, pending } = absence;
	const final = absence === track.absences.at(-1) && !back;
	if (final && track.successor?.from === track && track.successor.first.list <= at) return false;
	const confirming: Piece[] = confirmed === null ? [] : [{ list: confirmed }];
	const told = { list: at, track, seen: last, before: null, baseline: false } as const;
	const tell = (kind: Telling['kind'], between: readonly Piece[], confidence: Telling['confidence']) =>
		book.tellings.push({ ...told, kind, evidence: [last, ...between, { list: at }], confidence });

	// Pending and listed at once is usual for a few days; only who stays off the list went back.
	if (pending && (!back || confirmed !== null)) tell('returned_to_pending', [pending], 'likely');
	else if (back) tell('missing', [...confirming, back], 'certain');
	else if (track.successor) tell('missing', confirming, 'certain');
	else if (book.rulings.removed({ ...last.row, model: last.model })) tell('removed', confirming, 'certain');
	else if (confirmed !== null && !absence.held && !swept(book, absence)) tell('removed', confirming, 'likely');
	else tell('missing', confirming, 'certain');

	if (back && confirmed !== null) {
		const again = { list: back.list, track, seen: back, before: null, baseline: false } as const;
		book.tellings.push({ ...again, kind: 'listed', evidence: [last, { list: at }, back], confidence: 'certain' });
	}
	return book.tellings.at(-1)?.kind === 'removed' && book.tellings.at(-1)?.track === track;
}

/** Another agreement of the agency went on the same list, and one model took the place of both. */
function swept(book: Book, { track, last, at }: Absence): boolean {
	return tracksOf(book, 'participating', last.spelling.body).some(
		({ origin, from }) => origin === 'model_switched' && from && from !== track && from.absences.at(-1)?.at === at,
	);
}

function settleApplication(
	book: Book,
	absence: Absence,
	told: { grants: Map<Track, Track>; gone: Set<Track>; claimed: Set<Track> },
): void {
	const { track, last, at, back, confirmed } = absence;
	const confirming: Piece[] = confirmed === null ? [] : [{ list: confirmed }];
	const telling = { list: at, track, seen: last, before: null, baseline: false } as const;
	if (back) {
		book.tellings.push({ ...telling, kind: 'missing', evidence: [last, back, { list: at }], confidence: 'certain' });
		return;
	}
	const exact = agreementOf(book, absence);
	const agreement = exact ?? likelyAgreementOf(book, absence, told.claimed);
	if (agreement) {
		if (!exact) book.bodies.join(last.spelling.body, agreement.first.spelling.body);
		told.grants.set(track, agreement);
		told.claimed.add(agreement);
		const evidence = [last, agreement.first, { list: at }];
		book.tellings.push({ ...telling, kind: 'granted', evidence, confidence: exact ? 'certain' : 'likely', agreement });
		return;
	}
	// The grant could not have shown before a participating list is out.
	const looked = book.shelves.participating.accepted.some((position) => position > at);
	const kind = confirmed !== null && looked ? 'application_gone' : 'missing';
	if (kind === 'application_gone') told.gone.add(track);
	const evidence = [last, ...confirming, { list: at }];
	book.tellings.push({ ...telling, kind, evidence, confidence: kind === 'missing' ? 'certain' : 'likely' });
}

/** The agreement of the same body and model that stood when the application went; else the first after it, unless it was made again before. */
function agreementOf(book: Book, { last, at }: Absence): Track | null {
	const { body } = last.spelling;
	const again = tracksOf(book, 'pending', body, last.model).map(({ first }) => first.list);
	const until = Math.min(...again.filter((first) => first > at), Number.POSITIVE_INFINITY);
	const before = book.shelves.participating.accepted.findLast((position) => position < at) ?? 0;
	let found: Track | null = null;
	for (const agreement of tracksOnceOf(book, 'participating', body, last.model)) {
		if (agreement.first.list > until || agreement.last.list < before) continue;
		if (!found || Math.abs(agreement.first.list - at) < Math.abs(found.first.list - at)) found = agreement;
	}
	return found;
}

/** Days within which a listing under another spelling is taken for the grant of an application that went. */
const SOON = 30;

/** An agreement that came about when the application went, under a like name that never applied itself. */
function likelyAgreementOf(book: Book, { last, at }: Absence, claimed: ReadonlySet<Track>): Track | null {
	const { body } = last.spelling;
	for (const agreement of newAgreements(book, body.state.name, last)) {
		const other = agreement.first.spelling.body;
		if (claimed.has(agreement) || daysApart(book, agreement.first.list, at) > SOON) continue;
		if (tracksOf(book, 'pending', other, last.model).length > 0) continue;
		const like = nearSpelling(body, other) || containedName(body, other) || samePlace(body, other);
		if (like && mayBeOne(body, other, book.bodies)) return agreement;
	}
	return null;
}

function newAgreements(book: Book, state: string, last: Seen): Track[] {
	return book.shelves.participating.tracks.filter(
		({ first, origin }) =>
			origin === 'listed' && first.model === last.model && first.spelling.body.state.name === state,
	);
}
