import { digest } from '#kernel/digest.ts';
import { EVENT_KINDS, type Event, type Evidence } from '../event.ts';
import type { Review } from '../review.ts';
import type { Book } from './book.ts';
import type { Register } from './register.ts';
import type { Piece, Telling } from './track.ts';

/** The tellings as events, oldest first and within a list by row. Ids are made of what an event says, so older files that say nothing else leave them as they are. */
export function eventsOf(book: Book, register: Register): Event[] {
	const taken = new Set<string>();
	return [...book.tellings].sort(inOrder).map((telling) => eventOf(telling, book, register, taken));
}

function eventOf(telling: Telling, book: Book, register: Register, taken: Set<string>): Event {
	const { kind, seen, before, track } = telling;
	const list = book.series.issues[telling.list]?.list;
	const agency = register.agencyOf(seen.spelling.body);
	const agreement = track.kind === 'participating' ? track : telling.agreement;
	const signed = telling.agreement ? telling.agreement.first.signed : seen.signed;
	const said = [kind, list?.sha256 ?? '', seen.spelling.body.key, seen.model, seen.signed, seen.spelling.name.fold];
	const unsaid = before ? [before.spelling.name.fold, before.model, before.signed] : [];
	let id = digest(...said, ...unsaid);
	// The same thing said of two rows of one list: in the order of the rows.
	for (let n = 2; taken.has(id); n++) id = digest(...said, ...unsaid, n);
	taken.add(id);
	return {
		id,
		kind,
		at: list?.modified ?? '',
		list: track.kind,
		state: agency.state,
		stateCode: agency.stateCode,
		agencyId: agency.id,
		agency: seen.row.agency,
		agencyBefore: before && before.row.agency !== seen.row.agency ? before.row.agency : null,
		agreementId: agreement ? register.idOf(agreement) : null,
		model: seen.model,
		modelBefore: before && before.model !== seen.model ? before.model : null,
		signed,
		signedBefore: before && before.signed !== seen.signed ? before.signed : null,
		evidence: telling.evidence.map((piece) => evidenceOf(piece, book)),
		confidence: telling.confidence,
		baseline: telling.baseline,
	};
}

function evidenceOf(piece: Piece, book: Book): Evidence {
	const sha256 = book.series.issues[piece.list]?.list.sha256 ?? '';
	if (!('row' in piece)) return { sha256, row: null, cells: null };
	return { sha256, row: piece.row.row, cells: piece.row.cells };
}

const RANK: ReadonlyMap<string, number> = new Map(EVENT_KINDS.map((kind, i) => [kind, i]));

function inOrder(a: Telling, b: Telling): number {
	return (
		a.list - b.list ||
		rowOf(a) - rowOf(b) ||
		(RANK.get(a.kind) ?? 0) - (RANK.get(b.kind) ?? 0) ||
		a.track.index - b.track.index
	);
}

/** The row on the list of the event; for what is no longer there, the row where it was. */
function rowOf(telling: Telling): number {
	return telling.seen.row.row;
}

/** The questions as reviews, each asked once. */
export function reviewsOf(book: Book, register: Register): Review[] {
	const reviews = new Map<string, Review>();
	for (const { reason, bodies, list, rows } of book.questions) {
		const agencyIds = [...new Set(bodies.map((body) => register.agencyOf(body).id))];
		const sha256 = book.series.issues[list]?.list.sha256 ?? '';
		const id = digest('review', reason, sha256, ...bodies.map((body) => body.key), ...rows);
		const state = bodies.at(-1)?.state.name ?? '';
		reviews.set(id, { id, reason, state, agencyIds, sha256, rows });
	}
	return [...reviews.values()];
}
