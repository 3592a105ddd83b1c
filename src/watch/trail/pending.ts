import { accept, type Book, comeBack, daysApart, goAway, openTrack, place, present, tracksOf } from './book.ts';
import { carryOver, keep } from './carry.ts';
import { othersOf, pairAcrossStates } from './explain.ts';
import { type Pair, pairRows } from './pairing.ts';
import { returning } from './returning.ts';
import { differ, type Issue, type Keyed } from './series.ts';
import { tellCorrected, tellDuplicate } from './telling.ts';
import type { Line, Track } from './track.ts';

/** What a pending list would change, before anything is changed. */
export interface PendingPlan {
	readonly issue: Issue;
	readonly kept: readonly { readonly line: Line; readonly keyed: Keyed }[];
	readonly pairs: readonly Pair[];
	readonly came: readonly Keyed[];
	/** Rows that went while their agency stands on the participating list in that model, or comes there next. */
	readonly granted: readonly Line[];
	readonly duplicates: readonly Line[];
	readonly unexplained: readonly Line[];
	readonly unread: readonly Line[];
}

/** Reads a pending list against the last accepted one. Changes nothing. */
export function planPending(book: Book, issue: Issue): PendingPlan {
	const difference = differ(book.shelves.pending.lines, issue);
	const unread = difference.gone.filter((line) => issue.unread.has(line.seen.spelling.body));
	const gone = difference.gone.filter((line) => !issue.unread.has(line.seen.spelling.body));
	const keptTracks = new Set<Track>(difference.kept.map(({ line }) => line.track));
	const duplicates = gone.filter((line) => keptTracks.has(line.track));
	const listed = grantedBy(book, issue.position);
	const single = gone.filter((line) => !keptTracks.has(line.track));
	const granted = single.filter(listed);
	const open = single.filter((line) => !listed(line));
	const others = othersOf(book, issue, gone, difference.came);
	const within = pairRows(open, difference.came, book.bodies, others);
	const across = pairAcrossStates(within.gone, within.came, others);
	const moved = new Set(across.map((pair) => pair.line));
	const landed = new Set(across.map((pair) => pair.keyed));
	return {
		issue,
		kept: difference.kept,
		pairs: [...within.pairs, ...across],
		came: within.came.filter((keyed) => !landed.has(keyed)),
		granted,
		duplicates,
		unexplained: within.gone.filter((line) => !moved.has(line)),
		unread,
	};
}

/** Days within which who left the pending list for good and comes on the other was granted, not lost with a list cut short. */
const LAG = 30;

/**
 * Whether the body stands on the participating list in that model: on the last one before this pending list, or on one
 * up to the next pending list (at least the next participating list: the two files are saved minutes apart, in either
 * order). Who is not on the next pending list either may be listed a while later.
 */
function grantedBy(book: Book, position: number): (line: Line) => boolean {
	const { participating, pending } = book.series.positions;
	const before = participating.findLast((at) => at < position) ?? -1;
	const next = pending.find((at) => at > position) ?? Number.POSITIVE_INFINITY;
	const until = Math.max(next, participating.find((at) => at > position) ?? 0);
	return ({ seen: { spelling, model } }) => {
		const listed = present(book, 'participating', spelling.body, model, before, Number.POSITIVE_INFINITY);
		if (listed === null || listed <= until) return listed !== null;
		return (
			daysApart(book, position, listed) <= LAG && present(book, 'pending', spelling.body, model, next, next) === null
		);
	};
}

/** Writes the plan into the book: the list is accepted. */
export function acceptPending(book: Book, plan: PendingPlan): void {
	const shelf = book.shelves.pending;
	const { position } = plan.issue;
	const baseline = shelf.accepted.length === 0;
	const lines = new Map<number, Line>();
	for (const line of shelf.lines.values()) line.track.lines = [];

	for (const { line, keyed } of plan.kept) keep(book, line, keyed, lines);
	for (const line of plan.unread) place(book, line.track, -1 - line.seen.row.row, line.seen, lines);
	for (const pair of plan.pairs) carryOver(book, pair, lines);
	for (const { track, seen } of plan.duplicates) {
		// Where no row of the agreement stays, a renewal or a switch tells what became of both.
		if (track.last.list === position) tellDuplicate(book, track, seen, position, false);
	}
	for (const line of [...plan.granted, ...plan.unexplained]) {
		goAway(shelf, line.track, line.seen, position);
	}
	for (const keyed of plan.came) arrive(book, keyed, baseline, lines);
	accept(book, shelf, position, lines);
}

/** A row that came: one that was missing on a single list, a duplicate, or a new application. */
function arrive(book: Book, keyed: Keyed, baseline: boolean, lines: Map<number, Line>): void {
	const shelf = book.shelves.pending;
	const { seen } = keyed;
	const back = baseline ? null : returning(book, shelf, seen);
	if (back) {
		book.bodies.join(back.last.spelling.body, seen.spelling.body);
		comeBack(shelf, back, seen);
		place(book, back.track, keyed.key, seen, lines);
		tellCorrected(book, back.track, back.last, seen, 'likely');
		return;
	}
	const twin = tracksOf(book, 'pending', seen.spelling.body, seen.model).find((track) => track.lines.length > 0);
	if (twin) tellDuplicate(book, twin, seen, seen.list, baseline);
	place(book, twin ?? openTrack(shelf, seen, baseline ? 'baseline' : 'listed'), keyed.key, seen, lines);
}
