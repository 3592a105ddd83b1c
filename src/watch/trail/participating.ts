import { nearSpelling, resembles, sameCounty, sameDocument } from '../identity/likeness.ts';
import { accept, type Book, comeBack, goAway, openTrack, place, tracksOf } from './book.ts';
import { ask, carryOver, keep } from './carry.ts';
import {
	bridged,
	othersOf,
	overlapping,
	pairAcrossStates,
	pairSwitches,
	pendingAgain,
	type Replacement,
} from './explain.ts';
import { type Pair, pairRows } from './pairing.ts';
import { closeDates } from './redate.ts';
import { returning } from './returning.ts';
import { differ, type Issue, type Keyed } from './series.ts';
import { tellCorrected, tellDuplicate, tellLinks } from './telling.ts';
import type { Line, Seen, Track } from './track.ts';

/** What a participating list would change, before anything is changed. */
export interface Plan {
	readonly issue: Issue;
	readonly kept: readonly { readonly line: Line; readonly keyed: Keyed }[];
	readonly pairs: readonly Pair[];
	readonly came: readonly Keyed[];
	/** Rows that went while another row of the same agreement stayed. */
	readonly duplicates: readonly Line[];
	/** Rows that went because an agreement of the list before took their place. */
	readonly replaced: readonly (Replacement & { readonly line: Line })[];
	/** Rows that went back to the pending list, and the position of that list. */
	readonly returned: readonly { readonly line: Line; readonly pending: number }[];
	/** Rows for whose going there is no explanation on the lists. */
	readonly unexplained: readonly Line[];
	/** Rows whose body is on the list with a model that nobody can read: taken to be there. */
	readonly unread: readonly Line[];
}

/** Reads a participating list against the last accepted one. Changes nothing. */
export function planParticipating(book: Book, issue: Issue): Plan {
	const difference = differ(book.shelves.participating.lines, issue);
	const unread = difference.gone.filter((line) => issue.unread.has(line.seen.spelling.body));
	const gone = difference.gone.filter((line) => !issue.unread.has(line.seen.spelling.body));
	const others = othersOf(book, issue, gone, difference.came);

	const within = pairRows(gone, difference.came, book.bodies, others);
	const staying = new Set<Track>([...difference.kept, ...within.pairs].map(({ line }) => line.track));
	for (const line of unread) staying.add(line.track);
	const left = within.gone.filter((line) => !staying.has(line.track));
	const across = pairAcrossStates(left, within.came, others);
	const explained = explain(
		book,
		issue,
		without(
			left,
			across.map((pair) => pair.line),
		),
		staying,
	);
	const came = without(
		within.came,
		across.map((pair) => pair.keyed),
	);
	const switches = pairSwitches(book, issue.position, explained.unexplained, came);
	return {
		issue,
		kept: difference.kept,
		pairs: [...within.pairs, ...across, ...switches],
		came: without(
			came,
			switches.map((pair) => pair.keyed),
		),
		duplicates: within.gone.filter((line) => staying.has(line.track)),
		replaced: explained.replaced,
		returned: explained.returned,
		unexplained: without(
			explained.unexplained,
			switches.map((pair) => pair.line),
		),
		unread,
	};
}

function explain(book: Book, issue: Issue, gone: readonly Line[], staying: ReadonlySet<Track>) {
	const replaced: (Replacement & { line: Line })[] = [];
	const returned: { line: Line; pending: number }[] = [];
	const unexplained: Line[] = [];
	for (const line of gone) {
		const replacement = overlapping(book, line, issue.position, staying);
		const pending = replacement ? null : pendingAgain(book, line, issue.position);
		if (replacement) replaced.push({ line, ...replacement });
		else if (pending !== null) returned.push({ line, pending });
		else unexplained.push(line);
	}
	return { replaced, returned, unexplained };
}

function without<T>(items: readonly T[], taken: readonly T[]): T[] {
	const out = new Set(taken);
	return items.filter((item) => !out.has(item));
}

/** Writes the plan into the book: the list is accepted. */
export function acceptParticipating(book: Book, plan: Plan): void {
	const shelf = book.shelves.participating;
	const { position } = plan.issue;
	const baseline = shelf.accepted.length === 0;
	const lines = new Map<number, Line>();
	for (const line of shelf.lines.values()) line.track.lines = [];

	for (const { line, keyed } of plan.kept) keep(book, line, keyed, lines);
	for (const line of plan.unread) place(book, line.track, -1 - line.seen.row.row, line.seen, lines);
	for (const pair of plan.pairs) {
		if (pair.outcome === 'corrected' || pair.outcome === 'relabelled') carryOver(book, pair, lines);
		else succeed(book, pair.line, pair.keyed, pair.outcome, position, lines);
	}
	for (const { track, seen } of plan.duplicates) {
		// Where no row of the agreement stays, a renewal or a switch tells what became of both.
		if (track.last.list === position) tellDuplicate(book, track, seen, position, false);
	}
	for (const { line, by, as } of plan.replaced) replace(goAway(shelf, line.track, line.seen, position).track, by, as);
	for (const { line, pending } of plan.returned) {
		goAway(shelf, line.track, line.seen, position).pending = pendingRow(book, line, pending);
	}
	for (const line of plan.unexplained)
		goAway(shelf, line.track, line.seen, position).held = resembled(book, line, plan);
	for (const keyed of plan.came) arrive(book, keyed, baseline, lines);

	accept(book, shelf, position, lines);
}

function succeed(
	book: Book,
	line: Line,
	keyed: Keyed,
	as: 'renewed' | 'model_switched',
	position: number,
	lines: Map<number, Line>,
): void {
	const shelf = book.shelves.participating;
	goAway(shelf, line.track, line.seen, position);
	const track = openTrack(shelf, keyed.seen, 'listed');
	replace(line.track, track, as);
	place(book, track, keyed.key, keyed.seen, lines);
	tellLinks(book, track, null, keyed.seen, false);
}

function replace(old: Track, by: Track, as: Replacement['as']): void {
	old.successor = by;
	// What was there when watching began, or took another's place before, came as it came.
	if (by.origin !== 'listed') return;
	by.origin = as;
	by.from = old;
}

/** A row that came: an agreement come back, a duplicate, the successor of one that was missing, or a new one. */
function arrive(book: Book, keyed: Keyed, baseline: boolean, lines: Map<number, Line>): void {
	const shelf = book.shelves.participating;
	const { seen } = keyed;
	const back = baseline ? null : returning(book, shelf, seen);
	if (back) {
		const before = back.last;
		book.bodies.join(before.spelling.body, seen.spelling.body);
		comeBack(shelf, back, seen);
		place(book, back.track, keyed.key, seen, lines);
		tellCorrected(book, back.track, before, seen, 'likely');
		tellLinks(book, back.track, before, seen, false);
		return;
	}
	const twin = tracksOf(book, 'participating', seen.spelling.body, seen.model).find(
		(track) => track.lines.length > 0 && closeDates(track.last.signed, seen.signed),
	);
	if (twin) {
		tellDuplicate(book, twin, seen, seen.list, baseline);
		place(book, twin, keyed.key, seen, lines);
		return;
	}
	if (!baseline) wonder(book, seen, lines);
	const bridge = baseline ? null : bridged(book, seen);
	const track = openTrack(shelf, seen, baseline ? 'baseline' : 'listed');
	if (bridge) replace(bridge.absence.track, track, bridge.as);
	place(book, track, keyed.key, seen, lines);
	tellLinks(book, track, null, seen, baseline);
}

/** A new row beside one that may be the same, misspelt: both stay, and a person is asked. */
function wonder(book: Book, seen: Seen, lines: ReadonlyMap<number, Line>): void {
	const { body } = seen.spelling;
	for (const { seen: other } of lines.values()) {
		if (other.spelling.body.state !== body.state || other.model !== seen.model || other.signed !== seen.signed)
			continue;
		if (!nearSpelling(other.spelling.body, body) || !(sameCounty(other, seen) || sameDocument(other, seen))) continue;
		ask(book, 'near_spelling', other, seen);
	}
}

/** A like row came on the list on which this one went: nobody calls it gone until a person has looked. */
function resembled(book: Book, line: Line, plan: Plan): boolean {
	const { body } = line.seen.spelling;
	const like = plan.came.filter(({ seen }) =>
		seen.spelling.body.state === body.state
			? resembles(line.seen, seen)
			: seen.spelling.body.name.key === body.name.key &&
				seen.model === line.seen.model &&
				closeDates(seen.signed, line.seen.signed),
	);
	for (const { seen } of like) ask(book, 'possible_rename', line.seen, seen);
	return like.length > 0;
}

function pendingRow(book: Book, line: Line, position: number): Seen | null {
	const { body } = line.seen.spelling;
	const found = book.series.issues[position]?.rows.find(
		({ seen }) => seen.model === line.seen.model && book.bodies.same(seen.spelling.body, body),
	);
	return found?.seen ?? null;
}
