import { digest } from '#kernel/digest.ts';
import { type Agency, agencyKind } from '../agency.ts';
import type { Agreement, Application, Standing } from '../agreement.ts';
import type { Body, Spelling } from '../identity/body.ts';
import type { Book } from './book.ts';
import type { Settled } from './settle.ts';
import type { Seen, Track } from './track.ts';

/** Ids of everything that the tellings speak of. */
export interface Register {
	readonly agencies: readonly Agency[];
	readonly agreements: readonly Agreement[];
	readonly applications: readonly Application[];
	agencyOf(body: Body): Agency;
	idOf(track: Track): string;
}

/** Names the agencies, agreements and applications of a book that is read to its end. */
export function registerOf(book: Book, settled: Settled): Register {
	const ids = new Map<Track, { id: string; former: string[] }>();
	for (const kind of ['participating', 'pending'] as const) identify(book.shelves[kind].tracks, kind, ids);
	const moved = movedBodies(book);
	const home = (body: Body): Body => {
		const root = book.bodies.root(body);
		return moved.get(root) ?? root;
	};
	const agencies = describeAgencies(book, home);
	const agencyOf = (body: Body): Agency => agencies.get(home(body)) as Agency;
	const idOf = (track: Track): string => ids.get(track)?.id ?? '';
	const instant = (seen: Seen): string => book.series.issues[seen.list]?.list.modified ?? '';
	const common = (track: Track) => ({
		id: idOf(track),
		formerIds: ids.get(track)?.former ?? [],
		agencyId: agencyOf(track.last.spelling.body).id,
		model: track.last.model,
		firstListed: instant(track.first),
		lastListed: instant(track.last),
		sha256: book.series.issues[track.last.list]?.list.sha256 ?? '',
		row: track.last.row.row,
	});
	return {
		agencies: [...agencies.values()],
		agreements: book.shelves.participating.tracks.map((track) => ({
			...common(track),
			signed: track.last.signed,
			standing: standingOf(track, settled),
			moa: track.last.row.moa?.href ?? null,
			addendum: track.last.row.addendum?.href ?? null,
		})),
		applications: book.shelves.pending.tracks.map((track) => {
			const grant = settled.grants.get(track);
			return {
				...common(track),
				standing: track.lines.length > 0 ? 'pending' : grant ? 'granted' : settled.gone.has(track) ? 'gone' : 'missing',
				agreementId: grant ? idOf(grant) : null,
			};
		}),
		agencyOf,
		idOf,
	};
}

function standingOf(track: Track, settled: Settled): Standing {
	if (track.lines.length > 0) return 'listed';
	if (track.successor) return 'replaced';
	if (settled.removed.has(track)) return 'removed';
	return track.absence?.pending ? 'returned' : 'missing';
}

/**
 * An id from the key of the earliest row; those of later keys are what it could have been called before the earliest
 * was known. On a clash (the same key again after a confirmed removal) the order of listing tells them apart.
 */
function identify(tracks: readonly Track[], kind: string, ids: Map<Track, { id: string; former: string[] }>): void {
	const taken = new Set<string>();
	for (const track of tracks) {
		let id = keyId(kind, track.first, 0);
		for (let n = 1; taken.has(id); n++) id = keyId(kind, track.first, n);
		taken.add(id);
		ids.set(track, { id, former: [] });
	}
	for (const track of tracks) {
		const named = ids.get(track);
		for (const variant of track.variants.slice(1)) {
			const former = keyId(kind, variant, 0);
			if (taken.has(former)) continue;
			taken.add(former);
			named?.former.push(former);
		}
	}
}

function keyId(kind: string, seen: Seen, n: number): string {
	return digest(kind, seen.spelling.body.key, seen.model, seen.signed, n);
}

/** Bodies that stood only under a wrong state: the body that their agreements belong to now. */
function movedBodies(book: Book): Map<Body, Body> {
	const tracks = [...book.shelves.participating.tracks, ...book.shelves.pending.tracks];
	const standing = new Set(tracks.map((track) => book.bodies.root(track.last.spelling.body)));
	const moved = new Map<Body, Body>();
	for (const track of tracks) {
		const home = book.bodies.root(track.last.spelling.body);
		for (const { spelling } of track.variants) {
			const root = book.bodies.root(spelling.body);
			if (root.state !== home.state && !standing.has(root)) moved.set(root, home);
		}
	}
	return moved;
}

function describeAgencies(book: Book, home: (body: Body) => Body): Map<Body, Agency> {
	const spellings = new Map<Body, Spelling[]>();
	const latest = new Map<Body, Seen>();
	const located = new Map<Body, Seen>();
	for (const spelling of book.bodies.spellings) append(spellings, home(spelling.body), spelling);
	for (const kind of ['pending', 'participating'] as const) {
		for (const track of book.shelves[kind].tracks) {
			for (const seen of [...track.variants, track.last]) newer(latest, home(seen.spelling.body), seen);
			if (track.located) newer(located, home(track.located.spelling.body), track.located);
		}
	}
	const ids = new Map<Body, string>();
	for (const body of book.bodies.all) ids.set(body, digest('agency', body.key));
	const idOf = (body: Body): string => ids.get(body) ?? '';
	const taken = new Set([...latest.keys()].map(idOf));
	const agencies = new Map<Body, Agency>();
	for (const [body, seen] of [...latest].sort(([a], [b]) => a.index - b.index)) {
		const own = spellings.get(body) ?? [];
		const formerIds: string[] = [];
		for (const { body: member } of own) {
			const id = idOf(member);
			if (taken.has(id)) continue;
			taken.add(id);
			formerIds.push(id);
		}
		const { row } = seen;
		const printed = located.get(body)?.row.county ?? null;
		agencies.set(body, {
			id: idOf(body),
			formerIds,
			state: body.state.name,
			stateCode: body.state.code,
			name: row.agency,
			names: own.flatMap((spelling) => spelling.printed),
			kind: agencyKind(row.agency, row.type),
			type: row.type,
			county: book.rulings.county(body.state, row.agency, printed) ?? printed,
		});
	}
	return agencies;
}

function newer(latest: Map<Body, Seen>, body: Body, seen: Seen): void {
	const known = latest.get(body);
	if (!known || seen.list >= known.list) latest.set(body, seen);
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
	const there = lists.get(key);
	if (there) there.push(value);
	else lists.set(key, [value]);
}
