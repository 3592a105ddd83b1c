import { sql } from 'kysely';
import type { Act } from '#access/act.ts';
import type { Actor } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { type Day, dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { isUuid } from '#kernel/uuid.ts';
import { placeAt } from '#places/address.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { type Call, readCall } from './call.ts';
import { APPROVALS } from './interest.ts';
import type { MemberFact } from './member.ts';
import { addMember, addMemberFact, memberOf } from './members.server.ts';
import { SAMPLE_AUTHOR } from './real.server.ts';
import { stewards } from './seats.server.ts';

type Writing = Pick<World, 'clock' | 'random'>;

/** Longest reason. */
const LONGEST = 500;

interface Open {
	place_id: string;
	matched_place: string | null;
	proved_at: Date;
	called_at: Date | null;
	approvals: number;
}

/** A steward sees to it from now on. In this file `tx` acts as a steward. */
export async function takeOn(id: string, actor: Actor, world: Writing, tx: Tx): Promise<'done'> {
	await open(id, tx);
	await sql`update interest set keeper = ${by(actor)} where id = ${id}`.execute(tx);
	return traced(id, 'pipeline_changed', actor, world, tx);
}

/**
 * A steward confirms which place it is. From then on the city is kept as interested, where only stewards see it. Another place
 * than before takes that back, with the call and the approvals: they were of another city. `late`: two have approved already.
 */
export async function matchPlace(
	id: string,
	placeId: string,
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<'done' | 'place' | 'late'> {
	const one = await open(id, tx);
	const place = await placeAt(placeId, tx);
	if (!place || place.kind === 'state' || place.legacy || (actor.sample && !place.sample)) return 'place';
	if (one.matched_place === place.id) return 'done';
	if (one.approvals >= APPROVALS) return 'late';
	const now = world.clock.now();
	if (one.matched_place !== null) {
		await sql`
			update coalition_fact f set withdrawn_at = ${now}, withdrawn_by = ${by(actor)}, withdrawn_reason = 'another place'
			from coalition_member m where m.id = f.member_id and m.place_id = ${one.matched_place} and f.kind = 'interested'
				and f.day = ${dayAt(one.proved_at)} and f.withdrawn_at is null
				and not exists (select from interest o where o.id <> ${id} and o.matched_place = m.place_id)`.execute(tx);
		await sql`delete from interest_approval where interest_id = ${id}`.execute(tx);
	}
	await sql`
		update interest set matched_place = ${place.id}, matched_at = ${now}, matched_by = ${by(actor)}, called_at = null,
			called_by = null, called_number = null, called_site = null where id = ${id}`.execute(tx);
	await note(place.id, 'interested', dayAt(one.proved_at), actor, world, tx);
	return traced(id, 'interest_matched', actor, world, tx);
}

/** The telephone call on a number that the city itself shows publicly is recorded. */
export async function recordCall(
	id: string,
	typed: Call,
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<'done' | 'match_first' | 'call'> {
	const one = await open(id, tx);
	if (one.matched_place === null) return 'match_first';
	const call = readCall(typed);
	if (!call) return 'call';
	await sql`
		update interest set called_at = ${world.clock.now()}, called_by = ${by(actor)}, called_number = ${call.number},
			called_site = ${call.site} where id = ${id}`.execute(tx);
	return traced(id, 'interest_called', actor, world, tx);
}

/**
 * A steward says that this is the city; with the second, different one it is verified. `second_steward`: until two are seated
 * nobody can approve. `again`: the same steward has approved already.
 */
export async function approveInterest(
	id: string,
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<'done' | 'match_first' | 'call_first' | 'second_steward' | 'again'> {
	const one = await open(id, tx);
	const now = world.clock.now();
	if (one.matched_place === null) return 'match_first';
	if (one.called_at === null) return 'call_first';
	if ((await stewards(dayAt(now), tx, actor.sample)) < APPROVALS) return 'second_steward';
	const given = await sql`
		insert into interest_approval (interest_id, person, at) values (${id}, ${by(actor)}, ${now})
		on conflict do nothing`.execute(tx);
	if ((given.numAffectedRows ?? 0n) === 0n) return 'again';
	if (one.approvals + 1 === APPROVALS) await note(one.matched_place, 'verified', dayAt(now), actor, world, tx);
	return traced(id, 'interest_approved', actor, world, tx);
}

/** A steward ends it with a reason, which stays with the stewards. What they knew of the city stays as it was. */
export async function declineInterest(
	id: string,
	reason: string,
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<'done' | 'reason'> {
	await open(id, tx);
	const why = reason.trim().slice(0, LONGEST);
	if (why === '') return 'reason';
	await sql`
		update interest set declined_at = ${world.clock.now()}, declined_by = ${by(actor)}, declined_reason = ${why}
		where id = ${id}`.execute(tx);
	return traced(id, 'interest_declined', actor, world, tx);
}

/** What can become of a verified city, by how it stands. */
export const FURTHER: Readonly<Record<string, readonly MemberFact[]>> = {
	approaching: ['in_conversation', 'voted', 'member', 'observer', 'withdrew'],
	observer: ['member', 'withdrew'],
	member: ['withdrew'],
};

/** Notes what became of a verified city on a day. `early`: before it is verified. `order`: before what is known already, or to come. */
export async function noteFurther(
	id: string,
	{ kind, day }: { readonly kind: MemberFact; readonly day: Day },
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<'done' | 'early' | 'kind' | 'order'> {
	const one = await open(id, tx);
	if (one.matched_place === null || one.approvals < APPROVALS) return 'early';
	const today = dayAt(world.clock.now());
	const member = await memberOf(one.matched_place, today, tx);
	if (!member || !FURTHER[member.membership]?.includes(kind)) return 'kind';
	const last = member.facts.at(-1)?.day;
	if (day > today || (last && day < last)) return 'order';
	await addMemberFact(member.id, { kind, day, note: null }, by(actor), world, tx);
	await record({ actor, action: 'fact_added', subject: `member:${member.id}`, owner: null }, world, tx);
	return 'done';
}

/** A city that is a member already stays what it is. */
async function note(
	placeId: string,
	kind: 'interested' | 'verified',
	day: Day,
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<void> {
	const standing = (await memberOf(placeId, dayAt(world.clock.now()), tx))?.membership;
	if (standing === 'member' || standing === 'observer') return;
	const member = await addMember(placeId, actor.sample ? SAMPLE_AUTHOR : by(actor), world, tx, true);
	await addMemberFact(member, { kind, day, note: null }, by(actor), world, tx);
}

async function open(id: string, tx: Tx): Promise<Open> {
	const { rows } = isUuid(id)
		? await sql<Open>`
			select place_id, matched_place, proved_at, called_at,
				(select count(*)::integer from interest_approval where interest_id = i.id) as approvals
			from interest i where id = ${id} and declined_at is null for update`.execute(tx)
		: { rows: [] };
	const one = rows[0];
	if (!one) throw new NotFound('Nobody asks under this address any more.');
	return one;
}

async function traced(id: string, action: Act, actor: Actor, world: Writing, tx: Tx): Promise<'done'> {
	await record({ actor, action, subject: `interest:${id}`, owner: null }, world, tx);
	return 'done';
}

function by(actor: Actor): string {
	return actor.person ?? actor.role;
}
