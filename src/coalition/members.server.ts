import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { dayAt } from '#kernel/day.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import type { Tx, World } from '#platform/world.ts';
import { type DatedFact, type MemberFact, type Membership, membershipOn } from './member.ts';
import { endSample, REAL_DATA, SAMPLE_AUTHOR } from './real.server.ts';

type Writing = Pick<World, 'clock' | 'random'>;

/** A city on the list of the coalition, as far as the reader may know. */
export interface Member {
	readonly id: string;
	/** OCD id of the place. */
	readonly city: string;
	readonly sample: boolean;
	/** Those that the reader may see, oldest first. */
	readonly facts: readonly (DatedFact & { readonly id: string; readonly note: string | null })[];
	readonly membership: Membership;
	/** First day of the membership that lasts; null for none. */
	readonly since: Day | null;
	/** The day it was published, by whom approved; null where it is not. */
	readonly published: { readonly day: Day; readonly approver: string; readonly office: string } | null;
}

interface StoredMember {
	id: string;
	place_id: string;
	sample: boolean;
	facts: (DatedFact & { id: string; note: string | null })[];
	publication: { kind: string; day: Day; approver: string; office: string } | null;
}

/** Puts a place on the coalition's list; gives the one that is there. `approaching`: only stewards and the city know of it until it is a member. `tx` acts for the coalition. @throws NotFound where there is no such place */
export async function addMember(
	placeId: string,
	by: string,
	world: Writing,
	tx: Tx,
	approaching = false,
): Promise<string> {
	const place = await sql<{ sample: boolean }>`select sample from place where id = ${placeId}`.execute(tx);
	if (!place.rows[0]) throw new NotFound(`There is no place ${placeId}.`);
	if (by !== SAMPLE_AUTHOR) await endSample(world, tx);
	await sql`
		insert into coalition_member (id, place_id, owner_city, sample, added_at, added_by, approaching)
		values (${world.random.uuid()}, ${placeId}, ${placeId}, ${place.rows[0].sample}, ${world.clock.now()}, ${by},
			${approaching})
		on conflict (place_id) do nothing`.execute(tx);
	const { rows } = await sql<{ id: string }>`select id from coalition_member where place_id = ${placeId}`.execute(tx);
	return rows[0]?.id ?? '';
}

/**
 * Keeps what became of a city's interest or membership. The same of the same day is kept once. A member that is published
 * stays so: the fact is as public as its city. @throws Invalid for a day to come
 */
export async function addMemberFact(
	memberId: string,
	{ kind, day, note }: DatedFact & { readonly note: string | null },
	by: string,
	world: Writing,
	tx: Tx,
): Promise<void> {
	if (day > dayAt(world.clock.now())) throw new Invalid('That day is still to come. Give the day it happened.');
	const { rows } = await sql<{ place_id: string; room: string }>`
		select place_id, room from coalition_member where id = ${memberId}`.execute(tx);
	const member = rows[0];
	if (!member) throw new NotFound('There is no such city on the list.');
	if (kind === 'member' || kind === 'observer')
		await sql`update coalition_member set approaching = false where id = ${memberId} and approaching`.execute(tx);
	const open = PUBLISHED.includes(kind) ? member.room : 'members';
	await sql`
		insert into coalition_fact (member_id, id, owner_city, room, kind, day, note, author, at)
		select ${memberId}, ${world.random.uuid()}, ${member.place_id}, ${open}, ${kind}, ${day}, ${note}, ${by}, ${world.clock.now()}
		where not exists (select from coalition_fact where member_id = ${memberId} and kind = ${kind} and day = ${day}
			and withdrawn_at is null)`.execute(tx);
}

/** Longest reason for taking a fact back. */
const LONGEST_REASON = 500;
/** What is public of a city that publishes its membership. How it came to it stays with the coalition. */
const PUBLISHED: readonly MemberFact[] = ['member', 'observer', 'withdrew'];

/** What a city says when it publishes its membership. */
export interface Approval {
	readonly day: Day;
	/** Name of who approved it. */
	readonly approver: string;
	readonly office: string;
}

/** The city says publicly that it is a member. `tx` acts for the city. @throws Conflict where it is no member, or has done so */
export async function publishMembership(
	memberId: string,
	approval: Approval,
	by: string,
	world: Writing,
	tx: Tx,
): Promise<void> {
	const member = await memberById(memberId, approval.day, tx);
	if (member.membership !== 'member' && member.membership !== 'observer')
		throw new Conflict('Only a member or an observer can be published. Ask a steward how your city stands.');
	if (member.published) throw new Conflict('Your city has published its membership already.');
	await opened(member, 'published', 'public', approval, by, world, tx);
}

/** The city takes that back: from now on nothing of it is public. What others copied before stays with them. */
export async function takeBack(
	memberId: string,
	approval: Approval,
	by: string,
	world: Writing,
	tx: Tx,
): Promise<void> {
	const member = await memberById(memberId, approval.day, tx);
	if (!member.published) throw new Conflict('Your city’s membership is not published.');
	await opened(member, 'taken_back', 'members', approval, by, world, tx);
}

/**
 * The city leaves: what it published is taken back, and the day is kept. Its people keep their seats, which from now on open the
 * city's own rooms alone. `tx` acts for the city. @throws Conflict where it is no member
 */
export async function leaveCoalition(
	memberId: string,
	approval: Approval,
	by: string,
	world: Writing,
	tx: Tx,
): Promise<void> {
	const member = await memberById(memberId, approval.day, tx);
	if (member.membership !== 'member' && member.membership !== 'observer')
		throw new Conflict('Your city is no member. There is nothing to leave.');
	if (member.published) await opened(member, 'taken_back', 'members', approval, by, world, tx);
	const note = approvedBy(approval);
	await addMemberFact(memberId, { kind: 'withdrew', day: approval.day, note }, by, world, tx);
}

/**
 * Takes a fact back that was wrong; it stays with the reason. Where nothing else says that the city ever was a member, only
 * stewards and the city itself know of it again. `tx` acts for the coalition. @throws NotFound where there is none; Invalid without a reason
 */
export async function withdrawMemberFact(
	{ memberId, factId, reason }: { readonly memberId: string; readonly factId: string; readonly reason: string },
	by: string,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	const why = reason.trim().slice(0, LONGEST_REASON);
	if (why === '') throw new Invalid('Write why this was wrong.');
	const withdrawn = await sql`
		update coalition_fact set withdrawn_at = ${clock.now()}, withdrawn_by = ${by}, withdrawn_reason = ${why}
		where member_id = ${memberId} and id = ${factId} and withdrawn_at is null`.execute(tx);
	if (!withdrawn.numAffectedRows) throw new NotFound('There is no such fact, or it was taken back.');
	await sql`
		update coalition_member m set approaching = not exists (select from coalition_fact f where f.member_id = m.id
			and f.withdrawn_at is null and f.kind = any(${PUBLISHED}::text[])) where id = ${memberId}`.execute(tx);
}

async function opened(
	member: Member,
	kind: 'published' | 'taken_back',
	room: 'public' | 'members',
	{ day, approver, office }: Approval,
	by: string,
	world: Writing,
	tx: Tx,
): Promise<void> {
	approvedBy({ approver, office });
	const { city, id } = member;
	await sql`
		insert into coalition_publication (member_id, id, owner_city, kind, day, approver, office, author, at)
		values (${id}, ${world.random.uuid()}, ${city}, ${kind}, ${day}, ${approver.trim()}, ${office.trim()}, ${by},
			${world.clock.now()})`.execute(tx);
	await sql`update coalition_publication set room = ${room} where member_id = ${id} and kind = 'published'`.execute(tx);
	await sql`update coalition_member set room = ${room} where id = ${id}`.execute(tx);
	await sql`
		update coalition_fact set room = ${room} where member_id = ${id} and kind = any(${PUBLISHED}::text[])`.execute(tx);
}

/** In words. @throws Invalid where name or office is missing */
function approvedBy({ approver, office }: Pick<Approval, 'approver' | 'office'>): string {
	if (approver.trim() === '' || office.trim() === '')
		throw new Invalid('Write who approved this for the city, and in which office.');
	return `${approver.trim()}, ${office.trim()}`;
}

/** The city on the coalition's list that a place is; null where it is not, or the reader may not know. */
export async function memberOf(placeId: string, day: Day, tx: Tx): Promise<Member | null> {
	return (await members(sql`m.place_id = ${placeId}`, day, tx))[0] ?? null;
}

/** Cities on the list that the reader may know of, by the OCD id of their place. */
export async function membersOn(day: Day, tx: Tx): Promise<readonly Member[]> {
	return members(sql`true`, day, tx);
}

async function memberById(id: string, day: Day, tx: Tx): Promise<Member> {
	const found = (await members(sql`m.id = ${id}`, day, tx))[0];
	if (!found) throw new NotFound('There is no such city on the list.');
	return found;
}

async function members(where: ReturnType<typeof sql>, day: Day, tx: Tx): Promise<Member[]> {
	const { rows } = await sql<StoredMember>`
		select m.id, m.place_id, m.sample,
			coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'kind', f.kind, 'day', f.day, 'note', f.note)
				order by f.day, f.at) from coalition_fact f where f.member_id = m.id and f.withdrawn_at is null), '[]') as facts,
			(select jsonb_build_object('kind', p.kind, 'day', p.day, 'approver', p.approver, 'office', p.office)
				from coalition_publication p where p.member_id = m.id order by p.at desc limit 1) as publication
		from coalition_member m where ${where} and not (m.added_by = ${SAMPLE_AUTHOR} and ${REAL_DATA}) order by m.place_id`.execute(
		tx,
	);
	return rows.map(({ place_id, publication, facts, ...row }) => ({
		...row,
		city: place_id,
		facts,
		membership: membershipOn(day, facts),
		since: sinceOf(day, facts),
		published:
			publication?.kind === 'published'
				? { day: publication.day, approver: publication.approver, office: publication.office }
				: null,
	}));
}

/** First day from which a city has been what it is, member or observer, without a break. */
function sinceOf(day: Day, facts: readonly DatedFact[]): Day | null {
	const standing = membershipOn(day, facts);
	if (standing !== 'member' && standing !== 'observer') return null;
	let since: Day | null = null;
	for (const fact of facts) {
		if (fact.day > day) break;
		if (fact.kind === 'withdrew') since = null;
		if (fact.kind === standing) since ??= fact.day;
	}
	return since;
}
