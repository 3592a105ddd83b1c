import type { Bodies, Body } from '../identity/body.ts';
import type { Rulings } from '../identity/rulings.ts';
import type { ListKind } from '../list.ts';
import { MODELS, type Model } from '../model.ts';
import { bodyModel, type Series } from './series.ts';
import type { Absence, Line, Question, Seen, Telling, Track } from './track.ts';

/** Where one kind of list stands, after its last accepted list. */
export interface Shelf {
	readonly kind: ListKind;
	/** Positions of the accepted lists, ascending. */
	readonly accepted: number[];
	/** Rows of the last accepted list by key. */
	lines: Map<number, Line>;
	/** Tracks that are not on it and may come back, by state. */
	readonly away: Map<string, Set<Absence>>;
	/** Those of them that were on the list before the last. */
	recent: Absence[];
	/** Tracks by body and model, in the order they came. */
	readonly byBody: Map<number, Track[]>;
	readonly tracks: Track[];
}

/** What the ledger holds while it reads the series. */
export interface Book {
	readonly bodies: Bodies;
	readonly rulings: Rulings;
	readonly series: Series;
	readonly shelves: Readonly<Record<ListKind, Shelf>>;
	readonly tellings: Telling[];
	readonly questions: Question[];
	/** The last track that each document file was linked from. */
	readonly documents: Map<string, Track>;
	/** The rows that stand for the agreements of each accepted list, duplicates left out, by position. */
	readonly standing: Map<number, readonly Seen[]>;
	/** Lists that take no part, by position. */
	readonly quarantined: Map<number, { readonly unexplained: number; readonly of: number }>;
}

/** A book in which nothing is written yet. */
export function openBook(bodies: Bodies, rulings: Rulings, series: Series): Book {
	const shelf = (kind: ListKind): Shelf => ({
		kind,
		accepted: [],
		lines: new Map(),
		away: new Map(),
		recent: [],
		byBody: new Map(),
		tracks: [],
	});
	return {
		bodies,
		rulings,
		series,
		shelves: { participating: shelf('participating'), pending: shelf('pending') },
		tellings: [],
		questions: [],
		documents: new Map(),
		standing: new Map(),
		quarantined: new Map(),
	};
}

/** A new agreement or application, first seen on this row. */
export function openTrack(shelf: Shelf, seen: Seen, origin: Track['origin'], from: Track | null = null): Track {
	const track: Track = {
		index: shelf.tracks.length,
		kind: shelf.kind,
		first: seen,
		origin,
		from,
		last: seen,
		located: null,
		lines: [],
		variants: [seen],
		absence: null,
		absences: [],
		successor: null,
	};
	shelf.tracks.push(track);
	file(shelf, track, seen);
	return track;
}

/** Finds the track under the body and model of this row from now on. */
function file(shelf: Shelf, track: Track, seen: Seen): void {
	const key = bodyModel(seen.spelling.body, seen.model);
	const there = shelf.byBody.get(key);
	if (!there) shelf.byBody.set(key, [track]);
	else if (!there.includes(track)) there.push(track);
}

/** Tracks of a body, as joined by now, in one model or all. */
export function tracksOf(book: Book, kind: ListKind, body: Body, model?: Model): Track[] {
	return tracksOnceOf(book, kind, body, model).filter(
		({ last }) => book.bodies.same(last.spelling.body, body) && (!model || last.model === model),
	);
}

/** The same, with those that stood under the body once and are another's now: relabelled, or printed in another state. */
export function tracksOnceOf(book: Book, kind: ListKind, body: Body, model?: Model): Track[] {
	const found = new Set<Track>();
	for (const member of book.bodies.root(body).members) {
		for (const each of model ? [model] : MODELS) {
			for (const track of book.shelves[kind].byBody.get(bodyModel(member, each)) ?? []) found.add(track);
		}
	}
	return [...found];
}

/** The first accepted list of the kind, from one position to another, that holds a row of the body and model; null for none. */
export function present(book: Book, kind: ListKind, body: Body, model: Model, from: number, to: number): number | null {
	let first: number | null = null;
	for (const member of book.bodies.root(body).members) {
		const positions = book.series.presence(kind, member, model);
		for (let i = atLeast(positions, from); i < positions.length; i++) {
			const position = positions[i] as number;
			if (position > to || (first !== null && position >= first)) break;
			if (!book.quarantined.has(position)) first = position;
		}
	}
	return first;
}

/** Index of the first of ascending numbers that is not below `from`. */
function atLeast(numbers: readonly number[], from: number): number {
	let [low, high] = [0, numbers.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((numbers[middle] as number) < from) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The track is not on the list at this position. */
export function goAway(shelf: Shelf, track: Track, last: Seen, at: number): Absence {
	// Both rows of an agreement that stood twice may go at once.
	if (track.absence) return track.absence;
	const absence: Absence = { track, last, at, confirmed: null, back: null, held: false, pending: null };
	track.lines = [];
	track.absence = absence;
	track.absences.push(absence);
	shelf.recent.push(absence);
	const state = last.spelling.body.state.name;
	const there = shelf.away.get(state) ?? new Set();
	shelf.away.set(state, there.add(absence));
	return absence;
}

/** It is on the list again, in this row. */
export function comeBack(shelf: Shelf, absence: Absence, seen: Seen): void {
	absence.back = seen;
	absence.track.absence = null;
	shelf.away.get(absence.last.spelling.body.state.name)?.delete(absence);
}

/** Puts a row among those of the track on the list being accepted. */
export function place(book: Book, track: Track, key: number, seen: Seen, lines: Map<number, Line>): Line {
	const line: Line = { track, seen };
	track.lines.push(line);
	lines.set(key, line);
	if (track.lines.length === 1) show(track, seen);
	const known = track.variants.some(
		(v) => v.spelling === seen.spelling && v.model === seen.model && v.signed === seen.signed,
	);
	if (!known) {
		track.variants.push(seen);
		file(book.shelves[track.kind], track, seen);
	}
	return line;
}

/** The row that is shown for the track from now on. */
export function show(track: Track, seen: Seen): void {
	track.last = seen;
	if (seen.row.county !== null) track.located = seen;
}

/** The accepted list of the kind just before the last, counted back from it; null where there is none. */
export function earlier(shelf: Shelf, back: number): number | null {
	return shelf.accepted.at(-1 - back) ?? null;
}

/** Days between the lists at two positions. */
export function daysApart(book: Book, a: number, b: number): number {
	const instant = (at: number) => Date.parse(book.series.issues[at]?.list.modified ?? '');
	return Math.abs(instant(a) - instant(b)) / MS_PER_DAY;
}

const MS_PER_DAY = 86_400_000;

/** Ends the reading of a list: its rows are those that the next one is compared with. */
export function accept(book: Book, shelf: Shelf, position: number, lines: Map<number, Line>): void {
	for (const absence of shelf.recent) {
		if (absence.at === position || absence.back) continue;
		absence.confirmed = position;
		// An application that was away on two lists does not come back: it is made again.
		if (shelf.kind === 'pending') shelf.away.get(absence.last.spelling.body.state.name)?.delete(absence);
	}
	shelf.recent = shelf.recent.filter((absence) => absence.at === position);
	const standing: Seen[] = [];
	for (const line of lines.values()) if (line.track.lines[0] === line) standing.push(line.seen);
	book.standing.set(position, standing);
	shelf.lines = lines;
	shelf.accepted.push(position);
}
