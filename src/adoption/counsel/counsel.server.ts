import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { can, demand, ownCity } from '#access/can.ts';
import type { Seat } from '#coalition/seat.ts';
import { seatsOn } from '#coalition/seats.server.ts';
import { dayAt } from '#kernel/day.ts';
import { Conflict, Forbidden } from '#kernel/error.ts';
import type { Tx, World } from '#platform/world.ts';
import type { State } from '../draft.ts';
import { takeUp } from '../hold.server.ts';
import { enter } from '../remark/quorum.server.ts';
import { stateOf } from '../state.server.ts';
import { sayStage, wayTo } from '../way/stages.server.ts';
import { openBlanksOf } from './question.ts';
import { askOpen } from './questions.server.ts';
import type { Turn } from './turn.ts';

type Writing = Pick<World, 'clock' | 'random' | 'queue'>;

/** How a draft was sent; or why it was not. `unchanged`: it lies with this seat already, and nobody edited it since. */
export type Sending =
	| { readonly kind: 'sent' | 'unchanged' }
	| { readonly kind: 'refused'; readonly why: 'choose' }
	/** Counsel sits on the governing body, and would be one too many in the draft. */
	| { readonly kind: 'refused'; readonly why: 'quorum'; readonly number: number };

/** Seats of counsel that a city has today. `tx` acts for it. */
export async function counselSeats({ city }: Actor, { clock }: Pick<World, 'clock'>, tx: Tx): Promise<readonly Seat[]> {
	return (await seatsOn(dayAt(clock.now()), city, tx)).filter(({ role }) => role === 'counsel');
}

/** Every turn of a draft, the latest first: it lies with counsel where that one is `sent`. `tx` acts for its city. */
export async function turnsOf(draft: string, tx: Tx): Promise<readonly Turn[]> {
	const { rows } = await sql<Turn>`
		select c.nth, c.act, c.seq, c.at,
			case when c.to_seat is not null
				then jsonb_build_object('seat', c.to_seat, 'name', o.name, 'office', o.office) end as "to",
			jsonb_build_object('seat', c.seat, 'name', s.name, 'office', s.office) as by
		from adoption_counsel c left join coalition_seat s on s.id = c.seat left join coalition_seat o on o.id = c.to_seat
		where c.draft_id::text = ${draft} order by c.nth desc`.execute(tx);
	return rows;
}

/** Since when each draft lies with counsel, by id; of those that do. `tx` acts for their city. */
export async function withCounsel(tx: Tx): Promise<ReadonlyMap<string, Date>> {
	const { rows } = await sql<{ id: string; act: Turn['act']; at: Date }>`
		select distinct on (draft_id) draft_id as id, act, at from adoption_counsel order by draft_id, nth desc`.execute(
		tx,
	);
	return new Map(rows.flatMap(({ id, act, at }) => (act === 'sent' ? [[id, at] as const] : [])));
}

/**
 * Sends a draft to counsel of its city: a dated fact, the stage begins, every open blank becomes a question that waits for the
 * seat, and a letter is asked for. `to`: seat of counsel; null only where the city has none. Throws `NotFound` where the actor's
 * city has no such draft, `Forbidden` where the actor may not change it, and `Conflict` where it was adopted or the rule of open
 * meetings stands against the actor.
 */
export async function sendToCounsel(
	id: string,
	to: string | null,
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<Sending> {
	demand(actor, 'change', 'draft', ownCity(actor));
	const seats = await counselSeats(actor, world, tx);
	const seat = seats.find((one) => one.id === to) ?? null;
	if (!seat && (to !== null || seats.length > 0)) return { kind: 'refused', why: 'choose' };
	if (seat) {
		// Whoever is asked to read takes part. Before the draft is locked: see `takeUp`.
		const entry = await enter(id, await readerOf(seat, actor, tx), world, tx);
		if (entry.kind === 'refused') return { kind: 'refused', why: 'quorum', number: entry.number };
	}
	await takeUp(id, actor, world, tx);
	const state = await stateOf(id, actor, tx);
	if (state.draft.became !== null) throw new Conflict('This draft was adopted. It goes to counsel no more.');
	const [last] = await turnsOf(id, tx);
	if (last?.act === 'sent' && last.seq === state.seq && (last.to?.seat ?? null) === to) return { kind: 'unchanged' };
	await keep(state, 'sent', to, actor, world, tx);
	await askOpen(state, to, actor, world, tx);
	await beginStage(state, seat, actor, world, tx);
	await record({ actor, action: 'draft_sent', subject: `draft:${id}`, owner: actor.city }, world, tx);
	if (to !== null) await world.queue.add(tx, 'adoption.counsel_letter', { draft: id, to: `seat:${to}` });
	return { kind: 'sent' };
}

/**
 * Counsel gives a draft back to whoever works on it, and the stage is done; where the city has no counsel here, whoever may
 * change the draft says so. Nothing happens where it does not lie with counsel. Throws as `sendToCounsel` does.
 */
export async function giveBack(id: string, actor: Actor, world: Writing, tx: Tx): Promise<void> {
	demand(actor, 'change', 'draft', ownCity(actor));
	if (!can(actor, 'approve', 'draft', ownCity(actor)) && (await counselSeats(actor, world, tx)).length > 0)
		throw new Forbidden('Counsel of your city gives a draft back. Ask counsel.');
	await takeUp(id, actor, world, tx);
	const state = await stateOf(id, actor, tx);
	const [last] = await turnsOf(id, tx);
	if (last?.act !== 'sent') return;
	await keep(state, 'returned', null, actor, world, tx);
	await sayStage(id, 'counsel', { done: dayAt(world.clock.now()) }, actor, world, tx);
	await record({ actor, action: 'draft_returned', subject: `draft:${id}`, owner: actor.city }, world, tx);
}

async function keep(
	{ draft, seq }: State,
	act: Turn['act'],
	to: string | null,
	actor: Actor,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	await sql`
		insert into adoption_counsel (draft_id, nth, owner_city, act, seq, to_seat, seat, person, at)
		select ${draft.id}::uuid, coalesce(max(nth), 0) + 1, ${actor.city}, ${act}, ${seq}::integer, ${to}::uuid,
			${actor.seat ?? null}::uuid, ${actor.person ?? null}::uuid, ${clock.now()}::timestamptz
		from adoption_counsel where draft_id = ${draft.id}`.execute(tx);
}

/** The stage of counsel waits from now on for an office; that of the blanks is done where none is open. */
async function beginStage(state: State, seat: Seat | null, actor: Actor, world: Writing, tx: Tx): Promise<void> {
	const stages = (await wayTo(state.draft.id, tx))?.stages ?? [];
	const of = (key: string) => stages.find((stage) => stage.key === key);
	const who = seat?.office ?? of('counsel')?.who ?? null;
	await sayStage(state.draft.id, 'counsel', { done: null, needed: true, who }, actor, world, tx);
	if (openBlanksOf(state).length === 0 && of('blanks')?.done === null)
		await sayStage(state.draft.id, 'blanks', { done: dayAt(world.clock.now()) }, actor, world, tx);
}

/** Whoever holds a seat of counsel, as the rule of open meetings counts them. */
async function readerOf({ id }: Seat, { city }: Actor, tx: Tx): Promise<Actor> {
	const { rows } = await sql<{ person: string | null }>`select person from coalition_seat where id = ${id}`.execute(tx);
	return { role: 'counsel', city, seat: id, person: rows[0]?.person ?? null };
}
