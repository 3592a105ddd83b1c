import type { Actor } from '#access/actor.ts';
import { demand } from '#access/can.ts';
import { Conflict, NotFound } from '#kernel/error.ts';
import { oneLine } from '#kernel/one-line.ts';
import type { Tx, World } from '#platform/world.ts';
import { retyped, type Typed } from '../blank-words.ts';
import type { DraftProvision, State } from '../draft.ts';
import { edit } from '../edit.server.ts';
import { lockDraft, takeUp } from '../hold.server.ts';
import { stateOf } from '../state.server.ts';
import { wordsOf } from './anchor.ts';
import type { Remark, RemarkRoom } from './remark.ts';
import { remarksOn, suggestionIn } from './remarked.server.ts';
import { DECIDED, demandOpen, keepDeal, openRoom, put, reasonOf } from './remarks.server.ts';
import { carriedOut, type Stretch, stretches } from './stretch.ts';

type Writing = Pick<World, 'clock' | 'random'>;

/** A provision as somebody would have it, typed over its words as they were read. */
export interface Suggesting {
	readonly provision: string;
	readonly typed: Typed;
	/** Why; may be empty. */
	readonly reason: string;
	readonly room: RemarkRoom;
	/** Number of the edit after which the draft was read. */
	readonly since: number;
}

/**
 * What became of it: one suggestion for each change that stands apart, or nothing kept. `same`: it reads as it did. `paragraphs`: it
 * would be several provisions. `unworded`: heading or words are put where there were none, so a suggestion has nothing to stand on.
 */
export type Suggested =
	| { readonly kind: 'kept'; readonly ids: readonly string[] }
	| { readonly kind: 'same' | 'paragraphs' | 'unworded' };

/**
 * Keeps what somebody typed over a provision as suggestions, and changes nothing in the draft. Blanks that were left alone are no
 * change. Throws as `comment` does.
 */
export async function suggest(
	id: string,
	{ provision, typed, reason, room, since }: Suggesting,
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<Suggested> {
	demand(actor, 'change', 'draft', { room, owner: actor.city });
	const state = await stateOf(id, actor, tx, since);
	await demandOpen(state.draft, actor, world, tx);
	await lockDraft(id, tx);
	const one = state.provisions.find((other) => other.id === provision);
	if (!one) throw new NotFound('This provision is not in the draft any more.');
	const text = reasonOf(reason);
	if (typed.words.trim().split(/\n\s*\n/).length > 1) return { kind: 'paragraphs' };
	const then = retyped(one, typed, state);
	const found = changesOf(one, then);
	if (!found) return { kind: 'unworded' };
	const ids: string[] = [];
	for (const { instead, ...span } of found) {
		const quote = wordsOf(one).slice(span.start, span.end);
		const made = await put(state, { room, provision, span, quote, instead, text }, actor, world, tx);
		ids.push(made.id);
	}
	return ids.length === 0 ? { kind: 'same' } : { kind: 'kept', ids };
}

type Words = Pick<DraftProvision, 'heading' | 'text'>;

/** Changes of heading and words, where each stands in both; null where a part that had no words has some now. */
function changesOf(one: Words, then: Words): readonly Stretch[] | null {
	const parts = [
		{ was: one.heading ?? '', is: then.heading ?? '', at: 0 },
		{ was: one.text, is: then.text, at: textAt(one) },
	].map(({ was, is, at }) => {
		const found = stretches(was, is);
		if (found.length === 0 && oneLine(was) !== oneLine(is)) return null;
		return found.map(({ start, end, instead }) => ({ start: start + at, end: end + at, instead }));
	});
	return parts.some((found) => found === null) ? null : parts.flatMap((found) => found ?? []);
}

/** Where the words of a provision begin, as offsets of comments count. */
function textAt({ heading }: Pick<Words, 'heading'>): number {
	return heading === null ? 0 : heading.length + 1;
}

/** What became of taking a suggestion. `met`: the words it is on are not those of then; nothing was kept, and `provision` is where to write them by hand. */
export type Taken =
	| { readonly kind: 'taken'; readonly seq: number; readonly was: number; readonly provision: string }
	| { readonly kind: 'met'; readonly remark: Remark; readonly state: State; readonly provision: string };

/**
 * Takes a suggestion: the draft reads as it says, by one edit that names nothing of a suggestion of counsel's room, and it is settled.
 * Throws as `edit` does, `NotFound` for no such suggestion, and `Conflict` where somebody decided on it or its provision is gone.
 */
export async function take(id: string, comment: string, actor: Actor, world: Writing, tx: Tx): Promise<Taken> {
	const room = await openRoom(id, comment, actor, world, tx);
	await takeUp(id, actor, world, tx);
	const state = await stateOf(id, actor, tx);
	const remark = (await remarksOn(state, [room], actor, tx)).find((one) => one.id === comment);
	if (!remark?.suggested) throw new NotFound('This comment suggests no words.');
	if (remark.resolved) throw new Conflict(DECIDED);
	const { place, suggested } = remark;
	if (place.provision === null)
		throw new Conflict('The provision of this suggestion is gone. Refuse it, or write the words where you want them.');
	const { provision } = place;
	if (!suggested.sure || place.kind === 'gone' || place.span === null) return { kind: 'met', remark, state, provision };
	const stretch = { ...place.span, instead: suggested.words };
	// What the whole city reads of an edit must not tell it that its counsel suggested something.
	const act = room === 'counsel' ? 'worded' : 'suggestion_taken';
	const seq = await edit(
		id,
		{ act, provision },
		({ provisions }) => ({
			provisions: provisions.map((one) => (one.id === provision ? withStretch(one, stretch) : one)),
		}),
		actor,
		world,
		tx,
	);
	await keepDeal(id, { comment, room, deal: { act: 'taken', edit: seq } }, actor, world, tx);
	return { kind: 'taken', seq, was: state.seq, provision };
}

function withStretch(one: DraftProvision, { start, end, instead }: Stretch): DraftProvision {
	const at = textAt(one);
	if (start >= at) return { ...one, text: carriedOut(one.text, { start: start - at, end: end - at, instead }) };
	return { ...one, heading: carriedOut(one.heading ?? '', { start, end, instead }).trim() || null };
}

/** Settles a suggestion as taken by an edit that somebody wrote by hand in this transaction; one that was decided on stays so. */
export async function takenByHand(
	id: string,
	{ comment, edit }: { readonly comment: string; readonly edit: number },
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<void> {
	const room = await openRoom(id, comment, actor, world, tx);
	await lockDraft(id, tx);
	if ((await suggestionIn(comment, tx)) === 'open')
		await keepDeal(id, { comment, room, deal: { act: 'taken', edit } }, actor, world, tx);
}
