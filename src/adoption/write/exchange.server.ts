import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import { dayAt } from '#kernel/day.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#kernel/error.ts';
import { oneLine } from '#kernel/one-line.ts';
import type { Tx, World } from '#platform/world.ts';
import { comparison } from '../against.server.ts';
import type { DraftProvision, State } from '../draft.ts';
import { outlineOf } from '../edit.server.ts';
import { takeUp } from '../hold.server.ts';
import { restore } from '../restore.server.ts';
import { stateOf } from '../state.server.ts';
import { restructure, splitParagraphs } from '../structure/restructure.server.ts';
import { saveOver } from '../words.server.ts';
import type { Answered, Asked, Batch, Deed, Narrowed, NotDone, Outcome } from './exchange.ts';
import { piecesOf } from './piece.ts';
import { meet } from './presence.server.ts';
import { isAsSeen } from './seen.ts';

/** What a page needs beside: what provisions are called. */
type Naming = (provisions: readonly DraftProvision[]) => Readonly<Record<string, string>>;

/**
 * One turn of an editor: keeps the words and the change of the structure that it sends, notes who is there, and gives what
 * anybody changed since the edit that it has. A batch that came before, with its answer lost, is not carried out again. Throws
 * as `edit` does, and `Forbidden` where its page was made for somebody else.
 */
export async function exchange(
	id: string,
	{ writer, desk, at, since, batch }: Asked,
	naming: Naming,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<Answered> {
	demand(actor, 'change', 'draft', ownCity(actor));
	if (writer.account !== (actor.person ?? '') || writer.seat !== (actor.seat ?? ''))
		throw new Forbidden('Somebody else is signed in now. Sign in as yourself; your words are kept.');
	const earlier = reading(id, actor, tx);
	const done = batch === null ? NOTHING : await carriedOut(id, batch, earlier, actor, world, tx);
	const seq = await lastEdit(id, tx);
	const colleagues = await meet(id, { desk, at }, actor, world, tx);
	const common = { ...done, seq, colleagues };
	if (seq <= since) return { ...common, order: null, pieces: [], narrowed: null, names: null };
	const [then, now] = [await earlier(since), await stateOf(id, actor, tx)];
	const before = new Map(piecesOf(then).map((one) => [one.id, JSON.stringify(one)]));
	const [was, order] = [JSON.stringify(outlineOf(then.provisions)), outlineOf(now.provisions)];
	const pieces = piecesOf(now).filter((one) => before.get(one.id) !== JSON.stringify(one));
	const same = was === JSON.stringify(order) && pieces.every((one) => before.has(one.id));
	return {
		...{ ...common, order, pieces, narrowed: await narrowedIn(now, actor, world, tx) },
		names: same ? null : naming(now.provisions),
	};
}

/** The words that give protections and do not stand as two people read them, in provisions that are there. */
export async function narrowedIn(
	state: State,
	actor: Actor,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<readonly Narrowed[]> {
	const { kept } = await comparison(state, { kind: 'copied' }, dayAt(clock.now()), actor, tx);
	return kept.flatMap(({ coding, provision, missing, exact }) =>
		exact || provision === null ? [] : [{ provision, code: coding.code, missing }],
	);
}

type Done = Pick<Answered, 'outcomes' | 'born' | 'refused' | 'lost' | 'dangling' | 'undo'>;
const NOTHING: Done = { outcomes: [], born: [], refused: null, lost: [], dangling: [], undo: null };
/** By this name a batch remembers that its change of the structure was made. */
const DEED = 'deed';

/** Gives the draft as it read after an edit. That stays so: it is read once, however often one asking comes to it. */
function reading(id: string, actor: Actor, tx: Tx): (seq: number) => Promise<State> {
	const known = new Map<number, State>();
	return async (seq) => {
		const state = known.get(seq) ?? (await stateOf(id, actor, tx, seq));
		known.set(seq, state);
		return state;
	};
}

async function lastEdit(id: string, tx: Tx): Promise<number> {
	const { rows } = await sql<{ seq: number; became: boolean }>`
		select seq, became_work_id is not null as became from adoption_draft where id::text = ${id} and closed_at is null`.execute(
		tx,
	);
	const [draft] = rows;
	if (!draft) throw new NotFound('There is no such draft. The list of drafts of your city has those there are.');
	if (draft.became) throw new Conflict('This draft was adopted. Copy the adopted policy to change it.');
	return draft.seq;
}

async function carriedOut(
	id: string,
	{ id: batch, since, words, deed }: Batch,
	earlier: ReturnType<typeof reading>,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<Done> {
	// The same batch twice at once: the second waits, and sees what the first did.
	await takeUp(id, actor, world, tx);
	await lastEdit(id, tx);
	const known = await written(id, batch, tx);
	const names = deed?.act === 'split' ? deed.names : deed?.act === 'added' ? [deed.name] : [];
	const about = deed && 'provision' in deed ? deed.provision : null;
	// Another window took over what is new here, and sent it first: it is made once.
	const elsewhere = known.has(DEED) ? [] : await bornElsewhere(id, names, tx);
	const note = (name: string, seq: number, provision: string | null) =>
		sql`
			insert into adoption_written (draft_id, batch, name, owner_city, seq, provision_id)
			values (${id}, ${batch}, ${name}, ${actor.city}, ${seq}, ${provision})`.execute(tx);
	const outcomes: Outcome[] = elsewhere.map(([name]) => ({ id: name, kind: 'clash' }));
	const lost: Answered['lost'][number][] = [];
	for (const { id: provision, ...typed } of words) {
		// Its words stand in two by now.
		if (elsewhere.length > 0 && provision === about) outcomes.push({ id: provision, kind: 'clash' });
		else if (known.has(provision)) outcomes.push({ id: provision, kind: 'kept' });
		else {
			const saved = await saveOver(await earlier(since), provision, typed, actor, world, tx).catch(tooLong);
			outcomes.push({ id: provision, kind: 'refused' in saved ? saved.refused : saved.kind });
			if ('refused' in saved || saved.kind !== 'kept') continue;
			lost.push(...saved.lost.map(({ label }) => label));
			await note(provision, saved.seq, null);
		}
	}
	const done = { ...NOTHING, outcomes, lost };
	if (deed === null) return done;
	if (known.has(DEED)) return { ...done, born: bornOf(names, known) };
	if (elsewhere.length > 0) return { ...done, born: elsewhere };
	const inTheWay = outcomes.find((one) => one.id === about && one.kind !== 'kept');
	if (inTheWay) return { ...done, refused: inTheWay.kind };
	if (deed.act === 'removed' || deed.act === 'joined') {
		const [then, now] = [await earlier(since), await stateOf(id, actor, tx)];
		if (!isAsSeen(deed, words, then, now)) return { ...done, refused: 'written' };
	}
	const was = await lastEdit(id, tx);
	const made = await changed(id, deed, was, actor, world, tx);
	const seq = await lastEdit(id, tx);
	if (seq > was) await note(DEED, seq, null);
	for (const [name, provision] of made.born) await note(name, seq, provision);
	// What a split takes back is the split alone; each of its parts is an edit.
	return { ...done, ...made, undo: seq > was ? { to: was, from: seq } : null };
}

/** What names became that another batch brought. */
async function bornElsewhere(id: string, names: readonly string[], tx: Tx): Promise<Answered['born']> {
	if (names.length === 0) return [];
	const { rows } = await sql<{ name: string; provision: string }>`
		select name, provision_id as provision from adoption_written
		where draft_id = ${id} and name = any(${names}) and provision_id is not null`.execute(tx);
	return rows.map(({ name, provision }) => [name, provision] as const);
}

/** What is too long, of words or in provisions, is not done. */
function tooLong(error: unknown): { readonly refused: 'too_long' } {
	if (!(error instanceof Invalid)) throw error;
	return { refused: 'too_long' };
}

/** What a batch did when it came before: names and what they became. */
async function written(id: string, batch: string, tx: Tx): Promise<ReadonlyMap<string, string | null>> {
	const { rows } = await sql<{ name: string; provision: string | null }>`
		select name, provision_id as provision from adoption_written where draft_id = ${id} and batch = ${batch}`.execute(
		tx,
	);
	return new Map(rows.map(({ name, provision }) => [name, provision]));
}

function bornOf(names: readonly string[], known: ReadonlyMap<string, string | null>): Answered['born'] {
	return names.flatMap((name) => {
		const provision = known.get(name);
		return provision ? [[name, provision] as const] : [];
	});
}

type Changed = Pick<Answered, 'born' | 'refused' | 'dangling'>;

/** Makes a change of the structure. `was`: the last edit before it; the draft is locked. */
async function changed(
	id: string,
	deed: Deed,
	was: number,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<Changed> {
	if (deed.act === 'split') return splitUp(id, deed, was, actor, world, tx);
	if (deed.act === 'undone') return takenBack(id, deed, was, actor, world, tx);
	const wish =
		deed.act === 'added' ? { ...deed, heading: oneLine(deed.heading) || null, words: oneLine(deed.words) } : deed;
	const made = await restructure(id, wish, actor, world, tx).catch(tooLong);
	if ('refused' in made) return refusal(made);
	const born = deed.act === 'added' ? [[deed.name, made.provision] as const] : [];
	return { refused: null, dangling: made.dangling, born };
}

function refusal({ refused }: { readonly refused: NotDone }): Changed {
	return { refused, dangling: [], born: [] };
}

async function splitUp(
	id: string,
	{ provision, paragraphs, names }: Extract<Deed, { readonly act: 'split' }>,
	was: number,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<Changed> {
	const parts = paragraphs.map(oneLine);
	const { refused = null } = await splitParagraphs(id, provision, parts, actor, world, tx).catch(tooLong);
	// The last part is split off first.
	const { rows } = await sql<{ id: string }>`
		select provision_id as id from adoption_edit where draft_id = ${id} and seq > ${was} and act = 'split' order by seq desc`.execute(
		tx,
	);
	const made = names.slice(names.length - rows.length);
	return { refused, dangling: [], born: made.map((name, n) => [name, rows[n]?.id ?? ''] as const) };
}

async function takenBack(
	id: string,
	{ to, from }: Extract<Deed, { readonly act: 'undone' }>,
	was: number,
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<Changed> {
	if (was !== from) return refusal({ refused: 'edited' });
	await restore(id, { to, from }, actor, world, tx);
	return { refused: null, dangling: [], born: [] };
}
