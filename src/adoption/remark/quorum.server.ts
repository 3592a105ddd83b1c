import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { demand, ownCity } from '#access/can.ts';
import { type Day, dayAt } from '#kernel/day.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { isUuid } from '#kernel/uuid.ts';
import { hold } from '#platform/advisory.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { type Entry, entry, type Meeting, type Party, type Sitting, USUAL_NUMBER } from './quorum.ts';

type Writing = Pick<World, 'clock' | 'random'>;

/** Longest reason that is kept. */
const LONGEST_REASON = 2_000;
/** The largest governing body of a city has fewer members. */
const LARGEST_NUMBER = 100;

/**
 * Whether the actor may open or write in a draft under the rule of open meetings. Only seats on the governing body are
 * counted; the first time one of them comes is kept, of everybody else nothing. `tx` acts for the actor; the draft is one of
 * their city.
 */
export async function enter(draft: string, actor: Actor, { clock }: Pick<World, 'clock'>, tx: Tx): Promise<Entry> {
	if (!actor.seat || actor.city === null || !isUuid(draft)) return { kind: 'in' };
	const today = dayAt(clock.now());
	const known = await sql`
		select from coalition_seat where id::text = ${actor.seat} and governing and owner_city = ${actor.city}`.execute(tx);
	if (known.rows.length === 0) return { kind: 'in' };
	// Two who come at once come one after the other, and the second is counted with the first.
	await hold('adoption.party', tx, actor.city);
	const { rows: parties } = await sql<Party>`
		select p.seat, s.person from adoption_party p join coalition_seat s on s.id = p.seat
		where p.draft_id = ${draft} and ${sits(today)}`.execute(tx);
	const { rows: leave } = await sql`
		select from adoption_quorum_allowed where draft_id = ${draft} and seat::text = ${actor.seat}`.execute(tx);
	const mine = { seat: actor.seat, person: actor.person ?? null };
	const found = entry(mine, parties, (await numberOf(tx)).number, leave.length > 0);
	if (found.kind === 'joins')
		await sql`
			insert into adoption_party (draft_id, seat, owner_city, since)
			select id, ${actor.seat}::uuid, owner_city, ${clock.now()}::timestamptz from adoption_draft where id = ${draft}
			on conflict do nothing`.execute(tx);
	return found;
}

/** Throws `Conflict`, naming the rule, where the actor may not open or write in a draft. */
export async function demandNoQuorum(draft: string, actor: Actor, world: Pick<World, 'clock'>, tx: Tx): Promise<void> {
	const found = await enter(draft, actor, world, tx);
	if (found.kind === 'refused')
		throw new Conflict(
			`With you, ${found.number} members of the governing body would be in this draft. That may be a meeting under your open meetings law. Ask counsel of your city, who may allow it with a reason.`,
		);
}

/** Who of the governing body takes part in a draft, and by which number a meeting is counted. */
export async function meetingIn(
	draft: string,
	actor: Actor,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<Meeting> {
	demand(actor, 'read', 'draft', ownCity(actor));
	const { rows: body } = await sql<Sitting>`
		select s.id as seat, s.name, s.office, p.since, a.reason
		from coalition_seat s left join adoption_party p on p.seat = s.id and p.draft_id::text = ${draft}
			left join adoption_quorum_allowed a on a.seat = s.id and a.draft_id::text = ${draft}
		where s.owner_city = ${actor.city} and ${sits(dayAt(clock.now()))}
		order by p.since nulls last, s.office collate "und-x-icu", s.name collate "und-x-icu", s.id`.execute(tx);
	return { ...(await numberOf(tx)), body };
}

/** Counsel of the city sets how many members of its governing body make a meeting. Throws `Forbidden`, and `Invalid` for no such number. */
export async function setNumber(number: number, actor: Actor, world: Writing, tx: Tx): Promise<void> {
	demand(actor, 'approve', 'draft', ownCity(actor));
	if (!Number.isInteger(number) || number < 2 || number > LARGEST_NUMBER)
		throw new Invalid(`Write a whole number from 2 to ${LARGEST_NUMBER}.`);
	await sql`
		insert into adoption_quorum (owner_city, nth, number, seat, person, at)
		select ${actor.city}, coalesce(max(nth), 0) + 1, ${number}::integer, ${actor.seat ?? null}::uuid,
			${actor.person ?? null}::uuid, ${world.clock.now()}::timestamptz from adoption_quorum`.execute(tx);
	await record({ actor, action: 'quorum_set', subject: `quorum:${number}`, owner: actor.city }, world, tx);
}

/**
 * Counsel of the city lets one more member of the governing body take part in a draft, and says why. Throws `Forbidden`,
 * `Invalid` where member or reason is missing, and `NotFound` for no such draft or member.
 */
export async function allowMember(
	draft: string,
	{ seat, reason }: { readonly seat: string; readonly reason: string },
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<void> {
	demand(actor, 'approve', 'draft', ownCity(actor));
	const { rows } = await sql`select from adoption_draft where id::text = ${draft}`.execute(tx);
	if (rows.length === 0)
		throw new NotFound('There is no such draft. The list of drafts of your city has those there are.');
	const why = reason.trim();
	if (!isUuid(seat)) throw new Invalid('Choose a member of the governing body.');
	if (!/\p{L}/u.test(why) || why.length > LONGEST_REASON)
		throw new Invalid(`Write the reason, in at most ${LONGEST_REASON} letters.`);
	const added = await sql`
		insert into adoption_quorum_allowed (draft_id, seat, owner_city, reason, allowed_by, person, at)
		select d.id, s.id, d.owner_city, ${why}, ${actor.seat ?? null}::uuid, ${actor.person ?? null}::uuid,
			${world.clock.now()}::timestamptz
		from adoption_draft d join coalition_seat s on s.owner_city = d.owner_city
		where d.id::text = ${draft} and s.id::text = ${seat} and ${sits(dayAt(world.clock.now()))}
		on conflict (draft_id, seat) do nothing`.execute(tx);
	if (added.numAffectedRows !== 1n)
		throw new NotFound('There is no such member of the governing body, or counsel allowed it already.');
	await record({ actor, action: 'quorum_allowed', subject: `draft:${draft}`, owner: actor.city }, world, tx);
}

async function numberOf(tx: Tx): Promise<Pick<Meeting, 'number' | 'set'>> {
	const { rows } = await sql<{ number: number }>`
		select number from adoption_quorum order by nth desc limit 1`.execute(tx);
	return { number: rows[0]?.number ?? USUAL_NUMBER, set: rows.length > 0 };
}

/** Whether a seat sits on the governing body on a day. */
function sits(day: Day) {
	return sql<boolean>`(s.governing and s.ended_at is null and s.from_day <= ${day}
		and (s.until_day is null or s.until_day >= ${day}))`;
}
