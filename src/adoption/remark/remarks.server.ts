import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { demand } from '#access/can.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { oneLine } from '#kernel/one-line.ts';
import { isUuid } from '#kernel/uuid.ts';
import type { Tx, World } from '#platform/world.ts';
import { shown, typedOver } from '../blank-words.ts';
import type { DraftLine, State } from '../draft.ts';
import { lockDraft } from '../hold.server.ts';
import { draftOf, stateOf } from '../state.server.ts';
import { chosen, type Span, wordsOf } from './anchor.ts';
import { demandNoQuorum } from './quorum.server.ts';
import type { RemarkRoom } from './remark.ts';
import { suggestionIn } from './remarked.server.ts';

type Writing = Pick<World, 'clock' | 'random'>;

/** What somebody has to say, and on which words. */
export interface Said {
	/** Provision beside which it was written; where the words do not stand in it, they are looked for after and before it. */
	readonly provision: string;
	/** The words as they were typed or pasted; of no letters: the provision as a whole. */
	readonly words: string;
	/** What is to stand instead of these words, as it is read; empty: nothing. Left out: the comment suggests no words. */
	readonly instead?: string | undefined;
	readonly text: string;
	readonly room: RemarkRoom;
	/** Number of the edit after which the draft was read. */
	readonly since: number;
}

/**
 * What became of it; but for `kept` nothing was kept. `elsewhere`: the draft has no such words. `unquoted`: other words are
 * suggested for none, or for a heading and words below it at once. `same`: for the same words.
 */
export type Commented =
	| { readonly kind: 'kept'; readonly id: string; readonly provision: string }
	| { readonly kind: 'elsewhere' | 'unquoted' | 'same'; readonly id?: undefined };

/** What can be done with a comment; a suggestion is taken by `take`. */
export type Deal =
	| { readonly act: 'resolved' | 'reopened' | 'refused' }
	| { readonly act: 'assigned'; readonly seat: string | null };

/** Letters of a comment or a reply. */
const LONGEST_TEXT = 5_000;
/** Letters about comments that are given within this time are one, in seconds. */
const TOGETHER = 120;
/** What is said to the second of two who decide on a suggestion. */
export const DECIDED = 'Somebody decided on this suggestion already. Look at it again.';
/** Letters of the words that are commented: what is longer is a provision. */
const LONGEST_QUOTE = 2_000;

/**
 * Keeps a comment on words of a draft. Throws `NotFound` where the actor's city has no such draft or provision, `Forbidden`
 * where they may not write in the room, `Conflict` where the draft was adopted or the rule of open meetings stands against
 * it, and `Invalid` for a comment of no letters or too many.
 */
export async function comment(id: string, said: Said, actor: Actor, world: Writing, tx: Tx): Promise<Commented> {
	demand(actor, 'change', 'draft', { room: said.room, owner: actor.city });
	const state = await stateOf(id, actor, tx, said.since);
	await demandOpen(state.draft, actor, world, tx);
	await lockDraft(id, tx);
	return keepComment(state, said, actor, world, tx);
}

/** The same on a draft that was taken up, and as it was read then: for whatever comments on several places of it. */
export async function keepComment(
	state: State,
	said: Omit<Said, 'since'>,
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<Commented> {
	const text = said.instead === undefined ? worthKeeping(said.text) : reasonOf(said.text);
	if (said.words.length > LONGEST_QUOTE) throw new Invalid(`Quote at most ${LONGEST_QUOTE} letters.`);
	const found = spanIn(state, said);
	if (!found) return { kind: 'elsewhere' };
	const of = { room: said.room, provision: found.provision, span: found.span, quote: found.quote, text };
	if (said.instead === undefined) return put(state, { ...of, instead: null }, actor, world, tx);
	if (found.quote === null || found.quote.includes('\n')) return { kind: 'unquoted' };
	const { blanks, answers, draft } = state;
	const over = shown(found.quote, blanks, answers, draft.language);
	const instead = typedOver(over, oneLine(said.instead), blanks, draft.language);
	return instead === found.quote ? { kind: 'same' } : put(state, { ...of, instead }, actor, world, tx);
}

/** A comment as it is kept, its words and those instead of them with blanks as the draft has them. */
interface Put {
	readonly room: RemarkRoom;
	readonly provision: string;
	readonly span: Span | null;
	readonly quote: string | null;
	readonly instead: string | null;
	readonly text: string;
}

/** Keeps a comment on a draft that is locked, as it was read. */
export async function put(
	state: Pick<State, 'draft' | 'seq'>,
	{ room, provision, span, quote, instead, text }: Put,
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<Commented & { readonly kind: 'kept' }> {
	const { id } = state.draft;
	const made = world.random.uuid();
	// Numbers are given one after the other: the draft is locked.
	await sql`
		insert into adoption_comment (id, draft_id, owner_city, room, nth, provision_id, seq, start_at, end_at, quote, instead, text,
			seat, person, at)
		select ${made}::uuid, ${id}::uuid, ${actor.city}, ${room}, coalesce(max(nth), 0) + 1, ${provision},
			${state.seq}::integer, ${span?.start ?? null}::integer, ${span?.end ?? null}::integer, ${quote}, ${instead}, ${text},
			${actor.seat ?? null}::uuid, ${actor.person ?? null}::uuid, ${world.clock.now()}::timestamptz
		from adoption_comment where draft_id = ${id} and room = ${room}`.execute(tx);
	return { kind: 'kept', id: made, provision };
}

/** Keeps an answer to a comment, in its room. Throws as `comment` does, and `NotFound` for no such comment. */
export async function reply(
	id: string,
	to: { readonly comment: string; readonly text: string },
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<void> {
	const room = await openRoom(id, to.comment, actor, world, tx);
	const text = worthKeeping(to.text);
	await sql`
		insert into adoption_comment (id, draft_id, owner_city, room, reply_to, text, seat, person, at)
		values (${world.random.uuid()}, ${id}, ${actor.city}, ${room}, ${to.comment}, ${text}, ${actor.seat ?? null},
			${actor.person ?? null}, ${world.clock.now()})`.execute(tx);
}

/**
 * Resolves a comment, refuses a suggestion, opens either again, or says for whom it waits; whoever it is given to by somebody else
 * gets a letter. Throws as `reply` does, `Invalid` for somebody who may not write in its room and for what does not fit a comment
 * or a suggestion, and `Conflict` where somebody decided on a suggestion before.
 */
export async function deal(
	id: string,
	{ comment, deal }: { readonly comment: string; readonly deal: Deal },
	actor: Actor,
	world: Pick<World, 'clock' | 'queue'>,
	tx: Tx,
): Promise<void> {
	const room = await openRoom(id, comment, actor, world, tx);
	await lockDraft(id, tx);
	await demandFitting(comment, deal.act, tx);
	await keepDeal(id, { comment, room, deal }, actor, world, tx);
	const seat = seatIn(deal);
	if (seat === null || seat === actor.seat) return;
	const to = `seat:${seat}`;
	// Who is given several comments of a draft one after the other is written to once.
	await world.queue.add(tx, 'adoption.assigned', { draft: id, to }, `adoption.assigned:${id}:${to}`, TOGETHER);
}

/** The same without a letter, on a draft that was taken up: for whatever deals with several comments, each of this draft and room. */
export async function keepDeal(
	id: string,
	{ comment, room, deal }: { readonly comment: string; readonly room: RemarkRoom; readonly deal: Deal | Took },
	actor: Actor,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	const seat = seatIn(deal);
	if (seat !== null && !(await writes(seat, room, actor, tx)))
		throw new Invalid('Choose somebody of your city who can open this comment and answer it.');
	await sql`
		insert into adoption_comment_state (comment_id, nth, draft_id, owner_city, room, act, assigned, edit, seat, person, at)
		select ${comment}::uuid, coalesce(max(nth), 0) + 1, ${id}::uuid, ${actor.city}, ${room}, ${deal.act}, ${seat}::uuid,
			${deal.act === 'taken' ? deal.edit : null}::integer, ${actor.seat ?? null}::uuid, ${actor.person ?? null}::uuid, ${clock.now()}::timestamptz
		from adoption_comment_state where comment_id = ${comment}`.execute(tx);
}

/** That a suggestion was taken, by which edit. */
interface Took {
	readonly act: 'taken';
	readonly edit: number;
}

/** That this can be done with a comment: one that suggests words is not resolved, and is decided on once. */
async function demandFitting(comment: string, act: Deal['act'], tx: Tx): Promise<void> {
	const suggestion = await suggestionIn(comment, tx);
	if (act === 'resolved' && suggestion !== null)
		throw new Invalid('This comment suggests other words. Take them, or refuse them.');
	if (act !== 'refused') return;
	if (suggestion === null) throw new Invalid('This comment suggests no words. Resolve it.');
	if (suggestion === 'decided') throw new Conflict(DECIDED);
}

/** The seat that a comment is given to. */
function seatIn(deal: Deal | Took): string | null {
	return deal.act === 'assigned' ? deal.seat : null;
}

/** The room of a comment, for whoever may write in it. */
export async function openRoom(
	id: string,
	comment: string,
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<RemarkRoom> {
	const { rows } = await sql<{ room: RemarkRoom }>`
		select room from adoption_comment
		where draft_id::text = ${id} and id::text = ${comment} and reply_to is null`.execute(tx);
	if (!rows[0]) throw new NotFound('There is no such comment. The draft has those there are.');
	const { room } = rows[0];
	demand(actor, 'change', 'draft', { room, owner: actor.city });
	await demandOpen(await draftOf(id, actor, tx), actor, world, tx);
	return room;
}

/** That a draft can be written in, and by the actor. */
export async function demandOpen(
	{ id, became, closed }: DraftLine,
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	if (became !== null) throw new Conflict('This draft was adopted. It is not commented any more.');
	if (closed !== null) throw new Conflict('This draft is closed. Open it again to comment on it.');
	await demandNoQuorum(id, actor, world, tx);
}

async function writes(seat: string, room: RemarkRoom, actor: Actor, tx: Tx): Promise<boolean> {
	if (!isUuid(seat)) return false;
	const { rows } = await sql`
		select from coalition_seat where id = ${seat} and owner_city = ${actor.city} and ended_at is null
			and role in ('member', 'counsel') and (${room} = 'city' or role = 'counsel' or in_counsel)`.execute(tx);
	return rows.length > 0;
}

/** Where in a draft words stand that somebody typed: in the provision beside which they wrote, after it, then before it. */
function spanIn(
	state: State,
	{ provision, words }: Pick<Said, 'provision' | 'words'>,
): { readonly provision: string; readonly span: Span | null; readonly quote: string | null } | null {
	const at = state.provisions.findIndex(({ id }) => id === provision);
	if (at < 0) throw new NotFound('This provision is not in the draft any more.');
	if (words.trim() === '') return { provision, span: null, quote: null };
	for (const one of [...state.provisions.slice(at), ...state.provisions.slice(0, at)]) {
		const span = chosen(words, one, state);
		if (span) return { provision: one.id, span, quote: wordsOf(one).slice(span.start, span.end) };
	}
	return null;
}

function worthKeeping(typed: string): string {
	const text = reasonOf(typed);
	if (!/\p{L}|\p{N}/u.test(text)) throw new Invalid(`Write a comment of at most ${LONGEST_TEXT} letters.`);
	return text;
}

/** Why somebody suggests other words; may be nothing. */
export function reasonOf(typed: string): string {
	const text = typed.replaceAll('\r\n', '\n').trim();
	if (text.length > LONGEST_TEXT) throw new Invalid(`Write a comment of at most ${LONGEST_TEXT} letters.`);
	return text;
}
