import { sameCounty, sameDocument } from '../identity/likeness.ts';
import { type Book, daysApart, earlier, present, tracksOf } from './book.ts';
import type { Others, Pair } from './pairing.ts';
import { closeDates } from './redate.ts';
import type { Issue, Keyed } from './series.ts';
import type { Absence, Line, Seen, Track } from './track.ts';

/** An agreement that took the place of another. */
export interface Replacement {
	readonly by: Track;
	readonly as: 'renewed' | 'model_switched';
}

/**
 * The same agency's later agreement beside which the old row stood. A renewal may stand beside what it renews for as
 * long as it likes; another model explains a going only if it came the list before, or not long ago.
 */
export function overlapping(book: Book, line: Line, position: number, staying: ReadonlySet<Track>): Replacement | null {
	const previous = earlier(book.shelves.participating, 0);
	const beside = tracksOf(book, 'participating', line.seen.spelling.body).filter(
		(track) => track !== line.track && staying.has(track),
	);
	const renewal = beside.find((track) => replacing(line.seen, track.last) === 'renewed');
	if (renewal) return { by: renewal, as: 'renewed' };
	if (comesAgain(book, line.seen, position)) return null;
	const other = beside.find(
		({ first, origin, last }) =>
			origin === 'listed' &&
			first.list > line.track.first.list &&
			(first.list === previous || daysApart(book, first.list, position) <= SOON) &&
			replacing(line.seen, last) === 'model_switched',
	);
	return other ? { by: other, as: 'model_switched' } : null;
}

/** The model of this row comes back, or is renewed, within a month: no other takes its place. Later it is a switch back. */
function comesAgain(book: Book, { spelling, model }: Seen, position: number): boolean {
	const next = present(book, 'participating', spelling.body, model, position + 1, Number.POSITIVE_INFINITY);
	return next !== null && daysApart(book, position, next) <= SOON / 2;
}

/** Days in which a new paper follows an old one: renewals and switches left an agency without a row for weeks. */
const SOON = 60;

/** The agreement of the same agency that went on the list before, or not long ago, and what this row is to it. */
export function bridged(book: Book, seen: Seen): { absence: Absence; as: Replacement['as'] } | null {
	const previous = earlier(book.shelves.participating, 0);
	let switched: { absence: Absence; as: 'model_switched' } | null = null;
	for (const track of tracksOf(book, 'participating', seen.spelling.body)) {
		const { absence } = track;
		if (!absence || track.successor || absence.pending) continue;
		if (book.rulings.removed({ ...absence.last.row, model: absence.last.model })) continue;
		if (absence.at !== previous && daysApart(book, absence.at, seen.list) > SOON) continue;
		const as = replacing(absence.last, seen);
		if (as === 'renewed') return { absence, as };
		if (as && !comesAgain(book, absence.last, seen.list)) switched ??= { absence, as };
	}
	return switched;
}

/** Same model and a later date renews; another model, not dated before, is a switch. */
function replacing(old: Seen, next: Seen): Replacement['as'] | null {
	if (old.signed !== null && next.signed !== null && next.signed < old.signed) return null;
	if (old.model !== next.model) return 'model_switched';
	return closeDates(old.signed, next.signed) ? null : 'renewed';
}

/** Rows that went without explanation, paired with rows of the same agency under another model. */
export function pairSwitches(book: Book, position: number, gone: readonly Line[], came: readonly Keyed[]): Pair[] {
	const pairs: Pair[] = [];
	const taken = new Set<Keyed>();
	for (const line of gone) {
		if (came.length === 0 || comesAgain(book, line.seen, position)) continue;
		const next = came.find(
			(keyed) =>
				!taken.has(keyed) &&
				book.bodies.same(keyed.seen.spelling.body, line.seen.spelling.body) &&
				replacing(line.seen, keyed.seen) === 'model_switched',
		);
		if (!next) continue;
		taken.add(next);
		pairs.push({ line, keyed: next, outcome: 'model_switched', confidence: 'likely', joins: true });
	}
	return pairs;
}

/**
 * A state cell put right: the same name, model and date left one state and came in another on the same list, and the
 * document or the county says that it is the same row, or neither name stands elsewhere on the two lists. Undated, only
 * a cell that names no state is put right.
 */
export function pairAcrossStates(gone: readonly Line[], came: readonly Keyed[], others: Others): Pair[] {
	const byRest = new Map<string, Keyed[]>();
	if (gone.length > 0) for (const keyed of came) push(byRest, rest(keyed.seen), keyed);
	const pairs: Pair[] = [];
	const taken = new Set<Keyed>();
	for (const line of gone) {
		const same = (byRest.get(rest(line.seen)) ?? []).filter((keyed) => !taken.has(keyed));
		const next = same.find((keyed) => {
			if (keyed.seen.spelling.body.state.name === line.seen.spelling.body.state.name) return false;
			if (sameDocument(line.seen, keyed.seen)) return true;
			const known = line.seen.spelling.body.state.code !== 'ZZ' && keyed.seen.spelling.body.state.code !== 'ZZ';
			// Many states have a Marion County: without a date the name and the county say nothing.
			if (known && line.seen.signed === null) return false;
			return sameCounty(line.seen, keyed.seen) || (same.length === 1 && !others.apart(line.seen, keyed.seen));
		});
		if (!next) continue;
		taken.add(next);
		pairs.push({ line, keyed: next, outcome: 'corrected', confidence: 'likely', joins: false });
	}
	return pairs;
}

function rest(seen: Seen): string {
	return `${seen.spelling.body.name.key}|${seen.model}|${seen.signed ?? ''}`;
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
	const there = lists.get(key);
	if (there) there.push(value);
	else lists.set(key, [value]);
}

/**
 * The list on which the body and model stand as pending again: the last pending list before the one at `position`, or
 * one that came before the participating list after it was out (at least the next pending list). Null where none does.
 */
export function pendingAgain(book: Book, line: Line, position: number): number | null {
	const { pending, participating } = book.series.positions;
	const before = pending.findLast((at) => at < position) ?? -1;
	const next = participating.find((at) => at > position) ?? Number.POSITIVE_INFINITY;
	const until = Math.max(next, pending.find((at) => at > position) ?? 0);
	const { body } = line.seen.spelling;
	return present(book, 'pending', body, line.seen.model, before, until);
}

/** Which bodies have other rows on the two lists than those that went and came. */
export function othersOf(book: Book, issue: Issue, gone: readonly Line[], came: readonly Keyed[]): Others {
	let still: Set<unknown> | null = null;
	let already: Set<unknown> | null = null;
	const { bodies, shelves } = book;
	const root = (seen: Seen) => bodies.root(seen.spelling.body);
	return {
		apart(old, next) {
			if (!still || !already) {
				const [arrived, left] = [new Set(came.map((keyed) => keyed.seen)), new Set(gone)];
				still = new Set(issue.rows.filter(({ seen }) => !arrived.has(seen)).map(({ seen }) => root(seen)));
				already = new Set(
					[...shelves[issue.list.kind].lines.values()].filter((line) => !left.has(line)).map((line) => root(line.seen)),
				);
			}
			return still.has(root(old)) || already.has(root(next));
		},
	};
}
