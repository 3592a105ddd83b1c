import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { namesSeated } from '#coalition/signed.server.ts';
import { speech } from '#i18n/message.ts';
import { type Day, dayAt } from '#kernel/day.ts';
import { lawSaid } from '#law/said.server.ts';
import { provisions } from '#library/version.server.ts';
import { placeDetails } from '#places/list.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { comparison } from '../against.server.ts';
import { type Against, asBase, asCopied, type Other, usualOf } from '../beside.ts';
import { copiedOf } from '../copied.ts';
import type { DraftLine, State } from '../draft.ts';
import { offered } from '../fill.ts';
import { copiedFrom } from '../history.server.ts';
import { stateOf } from '../state.server.ts';
import { otherName } from './other-name.ts';
import { type Outgoing, sender } from './outgoing.ts';

/** How a draft goes out. */
export interface Leaving {
	/** Of the seat that sends it; null for none. */
	readonly office: string | null;
	/** Whether the person is named before the office. */
	readonly named: boolean;
	/** Where this library is, without a path. */
	readonly origin: string;
	/** What a redline is drawn against; null: nobody chose. */
	readonly against: Against | null;
}

/** A draft that goes out, with what it was made of. */
interface Left {
	readonly out: Outgoing;
	readonly state: State;
	/** Whoever sends it, as the members know them; null for nobody. */
	readonly name: string | null;
}

/**
 * A draft as the actor sends it: their office is the author, and they themselves where they say so. Throws as `stateOf` and
 * `comparison` do.
 * @param comesIn lets them in, or throws where the rule of open meetings stands against it
 */
export async function outgoing(
	id: string,
	{ office, named, origin, against }: Leaving,
	comesIn: (tx: Tx) => Promise<void>,
	actor: Actor,
	world: Pick<World, 'db' | 'clock'>,
): Promise<Left> {
	const day = dayAt(world.clock.now());
	const { state, name, compared, ...rest } = await world.db.as(actor, async (tx) => {
		await comesIn(tx);
		const state = await stateOf(id, actor, tx);
		const than = against ?? usualOf(state.draft);
		const compared = than.kind === 'copied' ? null : await gatheredAgainst(state, than, day, actor, tx);
		return { state, compared, ...(await gathered(state, actor, tx)) };
	});
	const { draft, place, sources } = rest;
	const out: Outgoing = {
		...rest,
		...(compared && { provisions: compared.provisions, base: compared.base }),
		since: compared && { ...compared, name: otherName(compared.other, sources, speech(draft.language)) },
		...sender(rest, office),
		person: named ? name : null,
		day,
		origin,
		lawSentence: await lawSaid(place.stateCode, draft.language, world),
	};
	return { out, state, name };
}

/** A draft with all that its files need but who sends it, when, from where, and what the law says. */
interface Gathered extends Omit<Outgoing, 'draft' | 'office' | 'person' | 'day' | 'origin' | 'lawSentence' | 'since'> {
	readonly draft: DraftLine;
	/** Whoever asks, as the members know them; null for nobody. */
	readonly name: string | null;
}

/** A redline of a draft against another text than what was copied. */
interface Compared extends Pick<Outgoing, 'provisions' | 'base' | 'blanks' | 'answers'> {
	readonly other: Other;
}

/**
 * What a redline of a draft is drawn from where it is read against another text: the provisions of both, each of the draft
 * as if it had been copied from what it is there, and what fills the blanks of the other. Throws as `comparison` does.
 */
export async function gatheredAgainst(
	state: State,
	against: Against,
	day: Day,
	actor: Actor,
	tx: Tx,
): Promise<Compared> {
	const { other, beside } = await comparison(state, against, day, actor, tx);
	const { blanks, answers } = beside.filling;
	return { other, provisions: asCopied(state, beside), base: asBase(beside), blanks, answers };
}

/**
 * A draft as it reads now, and what a redline of it is drawn against: the first text that it was copied from, in the version
 * that the city decided on last; what came from other texts is new in it. `tx` acts for its city.
 */
export async function gathered(
	{ draft, sources, provisions: words, blanks, answers }: State,
	actor: Actor,
	tx: Tx,
): Promise<Gathered> {
	const [place] = await placeDetails({ ids: [draft.city] }, tx);
	const { rows } = await sql<{ ask: boolean | null }>`
		select bool_or(ask_counsel) as ask from library_work where id::text = any(${sources.map(({ workId }) => workId)})`.execute(
		tx,
	);
	const [first] = sources;
	const some = first && !first.whole ? (await copiedFrom(draft.id, [first], tx)).get(first.nth) : null;
	const only = some ? new Set(some.map(({ eId }) => eId)) : null;
	return {
		draft,
		place: { name: place?.name ?? draft.city, stateCode: place?.path.slice(0, 2).toUpperCase() ?? 'US' },
		askCounsel: rows[0]?.ask ?? false,
		sources,
		blanks,
		answers,
		provisions: words,
		base: (first ? copiedOf(first.nth, await provisions(first.workId, first.expressionId, tx), only) : []).map((one) =>
			offered(one, answers),
		),
		name: actor.person ? ((await namesSeated(tx)).get(actor.person) ?? null) : null,
	};
}
