import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { namesSeated } from '#coalition/signed.server.ts';
import type { Day } from '#kernel/day.ts';
import { provisions } from '#library/version.server.ts';
import { placeDetails } from '#places/list.server.ts';
import type { Tx } from '#platform/world.ts';
import { comparison } from '../against.server.ts';
import { type Against, asBase, asCopied, type Other } from '../beside.ts';
import { copiedOf } from '../copied.ts';
import type { DraftLine } from '../draft.ts';
import { copiedFrom } from '../history.server.ts';
import { stateOf } from '../state.server.ts';
import type { Outgoing } from './outgoing.ts';

/** A draft with all that its files need but who sends it, when, from where, and what the law says. */
export interface Gathered
	extends Omit<Outgoing, 'draft' | 'office' | 'person' | 'day' | 'origin' | 'lawSentence' | 'since'> {
	readonly draft: DraftLine;
	/** Whoever asks, as the members know them; null for nobody. */
	readonly name: string | null;
}

/** A redline of a draft against another text than what was copied. */
export interface Compared extends Pick<Outgoing, 'provisions' | 'base' | 'blanks' | 'answers'> {
	readonly other: Other;
}

/**
 * What a redline of a draft is drawn from where it is read against another text: the provisions of both, each of the draft
 * as if it had been copied from what it is there, and what fills the blanks of the other. Throws as `comparison` does.
 */
export async function gatheredAgainst(id: string, against: Against, day: Day, actor: Actor, tx: Tx): Promise<Compared> {
	const state = await stateOf(id, actor, tx);
	const { other, beside } = await comparison(state, against, day, actor, tx);
	const { blanks, answers } = beside.filling;
	return { other, provisions: asCopied(state, beside), base: asBase(beside), blanks, answers };
}

/**
 * A draft as it reads now, and what a redline of it is drawn against: the first text that it was copied from, in the version
 * that the city decided on last; what came from other texts is new in it. Throws as `stateOf` does.
 */
export async function gathered(id: string, actor: Actor, tx: Tx): Promise<Gathered> {
	const { draft, sources, provisions: words, blanks, answers } = await stateOf(id, actor, tx);
	const [place] = await placeDetails({ ids: [draft.city] }, tx);
	const { rows } = await sql<{ ask: boolean | null }>`
		select bool_or(ask_counsel) as ask from library_work where id::text = any(${sources.map(({ workId }) => workId)})`.execute(
		tx,
	);
	const [first] = sources;
	const some = first && !first.whole ? (await copiedFrom(id, [first], tx)).get(first.nth) : null;
	const only = some ? new Set(some.map(({ eId }) => eId)) : null;
	return {
		draft,
		place: { name: place?.name ?? draft.city, stateCode: place?.path.slice(0, 2).toUpperCase() ?? 'US' },
		askCounsel: rows[0]?.ask ?? false,
		sources,
		blanks,
		answers,
		provisions: words,
		base: first ? copiedOf(first.nth, await provisions(first.workId, first.expressionId, tx), only) : [],
		name: actor.person ? ((await namesSeated(tx)).get(actor.person) ?? null) : null,
	};
}
