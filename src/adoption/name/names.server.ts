import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { calledOf } from '#places/called.ts';
import type { Place } from '#places/place.ts';
import type { Tx, World } from '#platform/world.ts';
import type { State } from '../draft.ts';
import { edit } from '../edit.server.ts';
import { takeUp } from '../hold.server.ts';
import { stateOf } from '../state.server.ts';
import { namesIn } from './found.ts';
import { isKept, type KeptName, keptAfter } from './kept.ts';
import { type Named, type Naming, nameOfPlace, type Worded } from './naming.ts';
import { type Notice, noticed } from './notice.ts';
import { put } from './put.ts';

/** The places of a draft that name another city, and who is who. */
export interface Names {
	readonly own: Named;
	/** Cities and counties that a source is of. */
	readonly others: readonly Named[];
	/** `kept`: somebody said that it stays, and its words stand as they did. */
	readonly places: readonly (Naming & { readonly kept: boolean })[];
}

/** Where a draft names the city or county of one of its sources; null where none is of another than its own. `tx` acts for its city. */
export async function namesOf(state: State, tx: Tx): Promise<Names | null> {
	const { draft, sources, provisions, seq } = state;
	// A model names no city: it has blanks.
	const works = sources.flatMap(({ model, workId }) => (model ? [] : [workId]));
	const who = works.length === 0 ? null : await placesOf(works, draft.city, tx);
	if (!who) return null;
	const found = namesIn(provisions, who.others, who.own);
	const kept = found.length === 0 ? [] : await keptIn(draft.id, seq, tx);
	const texts = new Map(provisions.map((one) => [one.id, one]));
	return {
		...who,
		places: found.map((place) => ({ ...place, kept: isKept(place, texts.get(place.provision), kept) })),
	};
}

/** What is told of them; null where nothing is. */
export async function noticeOf(state: State, tx: Tx): Promise<Notice | null> {
	const names = await namesOf(state, tx);
	return (
		names &&
		noticed(
			names.places.filter(({ kept }) => !kept),
			state.draft.title,
			names.others,
			names.own,
		)
	);
}

/** The same of a text of the library that a city may copy. */
export async function noticeOfWork(
	{ id, title }: { readonly id: string; readonly title: string },
	provisions: readonly (Omit<Worded, 'id'> & { readonly eId: string })[],
	city: string,
	tx: Tx,
): Promise<Notice | null> {
	const who = await placesOf([id], city, tx);
	if (!who) return null;
	const text = provisions.map(({ eId, heading, text }) => ({ id: eId, heading, text }));
	return noticed(namesIn(text, who.others, who.own), title, who.others, who.own);
}

/** What is decided on places, by `nameOfPlace`: whose name is put in, and which stay. */
export interface Decided {
	readonly put: ReadonlySet<string>;
	readonly keep: ReadonlySet<string>;
	/** The edit after which they were read. */
	readonly since: number;
}

/**
 * Puts the own city's name into places of a draft and keeps others as they are, in one edit; says how many of each there were, and how many
 * were missed, because somebody changed the words of their provision after the edit `since`, or they are not there. Throws as
 * `edit` does.
 */
export async function putNames(
	id: string,
	decided: Decided,
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<{
	readonly seq: number;
	readonly was: number;
	readonly put: number;
	readonly kept: number;
	readonly missed: number;
}> {
	await takeUp(id, actor, world, tx);
	const state = await stateOf(id, actor, tx);
	const places = (await namesOf(state, tx))?.places ?? [];
	const seen = places.filter(({ provision }) => (state.wordedAt.get(provision) ?? 0) <= decided.since);
	const wanted = seen.filter((place) => decided.put.has(nameOfPlace(place)));
	const kept = seen.filter((place) => decided.keep.has(nameOfPlace(place)) && !wanted.includes(place));
	const asked = new Set([...decided.put, ...decided.keep]).size;
	const made = { put: wanted.length, kept: kept.length, missed: asked - wanted.length - kept.length };
	if (wanted.length + kept.filter((place) => !place.kept).length === 0)
		return { seq: state.seq, was: state.seq, ...made };
	const provisions = put(state.provisions, wanted);
	const act = wanted.length > 0 ? 'named' : 'names_kept';
	const namesKept = keptAfter(kept, wanted, provisions);
	const seq = await edit(id, { act, always: true }, () => ({ provisions, namesKept }), actor, world, tx);
	return { seq, was: state.seq, ...made };
}

/** Of whom works of the library are, and whose a draft is; null where none is of another city or county. */
async function placesOf(works: readonly string[], city: string, tx: Tx): Promise<Pick<Names, 'own' | 'others'> | null> {
	const { rows } = await sql<Pick<Place, 'id' | 'kind' | 'name'> & { stateId: string; state: string }>`
		select p.id, p.kind, p.name, s.id as "stateId", s.name as state
		from place p join place s on s.kind = 'state' and s.state_code = p.state_code
		where p.kind <> 'state' and (p.id = ${city} or p.id in (select place_id from library_work where id = any(${works}::uuid[])))
		order by p.id`.execute(tx);
	const named = rows.map(({ id, kind, name, stateId, state }) => ({
		...{ id, ...calledOf({ kind, name }) },
		state: { id: stateId, ...calledOf({ kind: 'state', name: state }) },
	}));
	const own = named.find(({ id }) => id === city);
	const others = named.filter(({ id }) => id !== city);
	return own && others.length > 0 ? { own, others } : null;
}

/** Places of a draft that somebody kept up to an edit. What was brought back or undone since counts no more. */
export async function keptIn(id: string, seq: number, tx: Tx): Promise<readonly KeptName[]> {
	const { rows } = await sql<KeptName>`
		select distinct one ->> 'in' as in, one ->> 'before' as before, one ->> 'words' as words
		from adoption_edit e, jsonb_array_elements(e.names_kept) one
		where e.draft_id = ${id} and e.seq <= ${seq} and not exists (select from adoption_edit later
			where later.draft_id = e.draft_id and later.seq > e.seq and later.seq <= ${seq} and later.restored < e.seq)`.execute(
		tx,
	);
	return rows;
}
