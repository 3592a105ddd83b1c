import { type RawBuilder, sql } from 'kysely';
import { createAccount, factorsOf, personOf } from '#access/account.server.ts';
import { ACCESS, type Actor, OPERATOR, type SeatRole, SYSTEM } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import {
	codeHash,
	isCode,
	LINK_MINUTES,
	MOST_WRONG_CODES,
	newCode as newDigits,
	newToken,
	TERMINAL_LINK_MINUTES,
	tokenHash,
} from '#access/once.server.ts';
import { isSampleAddress } from '#access/sample.ts';
import { dayAt } from '#kernel/day.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { readMailbox } from '#kernel/mailbox.ts';
import { isUuid } from '#kernel/uuid.ts';
import type { Tx, World } from '#platform/world.ts';
import { type Call, readCall } from './call.ts';
import { endSample } from './real.server.ts';
import { endSeat, seatLasts, seatPerson, stewards } from './seats.server.ts';

type Writing = Pick<World, 'db' | 'clock' | 'random' | 'keys'>;

/** Who is asked to take which seat. */
export interface Invited {
	readonly email: string;
	readonly name: string;
	readonly language: 'en' | 'es';
	/** Of the city on the list; null for stewards, editors and advocates. */
	readonly memberId: string | null;
	readonly role: SeatRole;
	readonly office: string;
	readonly governing: boolean;
	/** The seat that is handed over with it. */
	readonly afterSeat?: string | null;
}

/** An invitation as stewards see it; link and code are never among it. */
export interface Invitation extends Invited {
	readonly id: string;
	readonly city: string | null;
	readonly invitedAt: Date;
	readonly calledAt: Date | null;
	readonly calledNumber: string | null;
	/** Until when a link lasts that was sent; null for none. */
	readonly linkUntil: Date | null;
	/** Whether link and code were given, and the seat is still to be taken. */
	readonly answered: boolean;
}

const MINUTE = 60_000;
/** Of the keyed hashes of codes. */
const CODES = 'codes of invitations';
/** Hours that a code lasts: who was called opens the link the same day. */
const CODE_HOURS = 24;
const LONGEST = 120;

/** Keeps an invitation; nobody is written to yet. `tx` acts as a steward or the operator. @throws Invalid where something is missing */
export async function inviteToSeat(
	invited: Invited,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<string> {
	if (actor.sample)
		throw new Conflict(
			'Nobody can be invited from the sample. The first steward of a real coalition is invited on this machine: npx citycompact steward invite',
		);
	const email = readMailbox(invited.email);
	if (email === null || isSampleAddress(email))
		throw new Invalid('That is no mail address. Write one address, such as clerk@example.gov.');
	const name = invited.name.trim().slice(0, LONGEST);
	const office = invited.office.trim().slice(0, LONGEST);
	if (name === '' || office === '') throw new Invalid('Write the name and the office of whoever is invited.');
	const ofCity = ['member', 'counsel', 'observer'].includes(invited.role);
	if (ofCity !== (invited.memberId !== null))
		throw new Invalid(ofCity ? 'Say which city the seat is of.' : 'Such a seat is of no city.');
	const id = world.random.uuid();
	await sql`
		insert into coalition_invitation (id, email, name, language, member_id, city, role, office, governing, after_seat, invited_at,
			invited_by)
		values (${id}, ${email}, ${name}, ${invited.language}, ${invited.memberId},
			(select place_id from coalition_member where id = ${invited.memberId}), ${invited.role}, ${office},
			${invited.governing}, ${invited.afterSeat ?? null}, ${world.clock.now()}, ${actor.person ?? actor.role})`.execute(
		tx,
	);
	const subject = `invitation:${id}`;
	await record({ actor, action: 'seat_invited', subject, owner: null, personal: { name, email } }, world, tx);
	return id;
}

/**
 * The first steward, invited from the server's own terminal: gives the last piece of a link that lasts fifteen minutes and
 * needs no code. @throws Conflict where a steward is seated: stewards invite the next one
 */
export async function inviteFirstSteward(
	{ email, name, office, language }: Pick<Invited, 'email' | 'name' | 'office' | 'language'>,
	world: Writing,
): Promise<string> {
	const day = dayAt(world.clock.now());
	return world.db.as(OPERATOR, async (tx) => {
		if ((await stewards(day, tx)) > 0)
			throw new Conflict('A steward is seated already. Ask them to invite the next one, on the page of invitations.');
		await sql`
			update coalition_invitation set withdrawn_at = ${world.clock.now()}, link_hash = null, link_until = null
			where from_terminal and accepted_at is null and withdrawn_at is null`.execute(tx);
		const invited = { email, name, office, language, memberId: null, role: 'steward', governing: false } as const;
		const id = await inviteToSeat(invited, OPERATOR, world, tx);
		await sql`update coalition_invitation set from_terminal = true where id = ${id}`.execute(tx);
		await record({ actor: OPERATOR, action: 'steward_invited', subject: `invitation:${id}`, owner: null }, world, tx);
		return openLink(id, TERMINAL_LINK_MINUTES, world, tx);
	});
}

/** Opens a link of an invitation and gives its last piece, for the mail; the one before is void. `tx` acts as a steward. */
export async function newLink(id: string, world: Pick<World, 'clock' | 'random'>, tx: Tx): Promise<string> {
	await demandOpen(id, tx);
	return openLink(id, LINK_MINUTES, world, tx);
}

/**
 * Gives the six digits to tell by telephone, once, and records the call: on which number, and where that number stands
 * publicly. A code told before is void. `tx` acts as a steward. @throws Invalid where number or site is missing
 */
export async function newCode(
	id: string,
	typed: Call,
	actor: Actor,
	world: Pick<World, 'clock' | 'random' | 'keys'>,
	tx: Tx,
): Promise<string> {
	const call = readCall(typed);
	if (!call)
		throw new Invalid(
			'Write the telephone number that you call, and the address of the city’s public page that shows it, beginning with https://.',
		);
	await demandOpen(id, tx);
	const code = newDigits(world);
	await sql`
		update coalition_invitation set code_hash = ${codeHash(CODES, id, code, world)}, code_wrong = 0, called_at = ${world.clock.now()},
			called_by = ${actor.person ?? actor.role}, called_number = ${call.number}, called_site = ${call.site}
		where id = ${id}`.execute(tx);
	await record({ actor, action: 'invitation_called', subject: `invitation:${id}`, owner: null }, world, tx);
	return code;
}

/** Takes an invitation back, also one that was answered: link and code open nothing any more, and no seat waits. */
export async function withdrawInvitation(
	id: string,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<void> {
	await demandOpen(id, tx, sql`true`);
	await sql`
		update coalition_invitation set withdrawn_at = ${world.clock.now()}, link_hash = null, link_until = null, code_hash = null
		where id = ${id}`.execute(tx);
	await record({ actor, action: 'invitation_withdrawn', subject: `invitation:${id}`, owner: null }, world, tx);
}

/** Invitations that are open, the newest first. `tx` acts as a steward or the operator. */
export async function openInvitations(world: Pick<World, 'clock'>, tx: Tx): Promise<readonly Invitation[]> {
	const { rows } = await sql<Invitation>`
		select i.id, i.email, i.name, i.language, i.member_id as "memberId", i.role, i.office, i.governing, p.name as city,
			i.after_seat as "afterSeat", i.invited_at as "invitedAt", i.called_at as "calledAt",
			i.called_number as "calledNumber", case when i.link_until > ${world.clock.now()} then i.link_until end as "linkUntil",
			i.person is not null as answered
		from coalition_invitation i left join place p on p.id = i.city
		where i.accepted_at is null and i.withdrawn_at is null order by i.invited_at desc, i.id`.execute(tx);
	return rows;
}

/** What a link leads to, without using it up; null where it leads nowhere, or no more. */
export async function invitationAt(
	token: string,
	world: Pick<World, 'db' | 'clock'>,
): Promise<{
	readonly name: string;
	readonly office: string;
	readonly city: string | null;
	readonly needsCode: boolean;
} | null> {
	return world.db.as(ACCESS, async (tx) => {
		const { rows } = await sql<{ name: string; office: string; city: string | null; needsCode: boolean }>`
			select i.name, i.office, p.name as city, not i.from_terminal as "needsCode"
			from coalition_invitation i left join place p on p.id = i.city
			where i.link_hash = ${tokenHash(token)} and i.link_until > ${world.clock.now()} and i.withdrawn_at is null
				and i.accepted_at is null`.execute(tx);
		return rows[0] ?? null;
	});
}

/** What came of a link and a code. `signed_in_else`: the address has an account; its holder has to sign in first. */
export type Answered = { readonly person: string } | 'gone' | 'wrong' | 'used_up' | 'sign_in';

/**
 * Uses a link up: with the right code the address has an account from now on, and the invitation waits for the seat to be
 * taken. A wrong code uses nothing up but a try; after five the invitation needs another call.
 * @param signedIn account of whoever comes with the link; null for nobody
 */
export async function answerInvitation(
	token: string,
	code: string,
	signedIn: string | null,
	world: Writing,
): Promise<Answered> {
	const now = world.clock.now();
	return world.db.as(ACCESS, async (tx): Promise<Answered> => {
		const { rows } = await sql<{
			id: string;
			email: string;
			name: string;
			language: 'en' | 'es';
			code_hash: string | null;
			code_wrong: number;
			called_at: Date | null;
			from_terminal: boolean;
		}>`
			select id, email, name, language, code_hash, code_wrong, called_at, from_terminal from coalition_invitation
			where link_hash = ${tokenHash(token)} and link_until > ${now} and withdrawn_at is null and accepted_at is null
			for update`.execute(tx);
		const one = rows[0];
		if (!one) return 'gone';
		if (!one.from_terminal) {
			const since = one.called_at ? now.getTime() - one.called_at.getTime() : 0;
			if (one.code_hash === null || one.code_wrong >= MOST_WRONG_CODES || since > CODE_HOURS * 60 * MINUTE)
				return 'used_up';
			if (!isCode({ purpose: CODES, id: one.id, hash: one.code_hash }, code, world)) {
				await sql`update coalition_invitation set code_wrong = code_wrong + 1 where id = ${one.id}`.execute(tx);
				return one.code_wrong + 1 >= MOST_WRONG_CODES ? 'used_up' : 'wrong';
			}
		}
		const known = await personOf(one.email, tx);
		// Whoever reads the mail of an account is not yet who holds it.
		if (known !== null && known !== signedIn && (await factorsOf(known, tx)).enough) return 'sign_in';
		const person = known ?? (await createAccount(one, world, tx));
		if (person === null) return 'sign_in';
		await sql`
			update coalition_invitation set person = ${person}, link_hash = null, link_until = null, code_hash = null
			where id = ${one.id}`.execute(tx);
		const actor: Actor = { role: 'visitor', city: null, person };
		if (known === null)
			await record({ actor, action: 'account_created', subject: `invitation:${one.id}`, owner: null }, world, tx);
		return { person };
	});
}

/** The seat that waits for a person who answered; null for none. */
export async function seatWaiting(
	person: string,
	world: Pick<World, 'db'>,
): Promise<{ readonly office: string; readonly city: string | null; readonly ready: boolean } | null> {
	return world.db.as(ACCESS, async (tx) => {
		const { rows } = await sql<{ office: string; city: string | null }>`
			select i.office, p.name as city
			from coalition_invitation i left join place p on p.id = i.city
			where i.person = ${person} and i.accepted_at is null and i.withdrawn_at is null order by i.invited_at limit 1`.execute(
			tx,
		);
		const one = rows[0];
		return one ? { ...one, ready: (await factorsOf(person, tx)).enough } : null;
	});
}

/**
 * Takes the seat that waits: from now on the person acts for the city or the coalition, and whoever handed it over is out.
 * @throws Conflict where they cannot sign in with two factors yet; NotFound where nothing waits
 */
export async function takeSeat(person: string, world: Writing): Promise<string> {
	const ready = await world.db.as(ACCESS, async (tx) => (await factorsOf(person, tx)).enough);
	if (!ready) throw new Conflict('Set up a passkey, or a password with an authenticator app, first.');
	return world.db.as(SYSTEM, async (tx) => {
		const { rows } = await sql<{
			id: string;
			name: string;
			member_id: string | null;
			role: SeatRole;
			office: string;
			governing: boolean;
			after_seat: string | null;
			city: string | null;
		}>`
			select i.id, i.name, i.member_id, i.role, i.office, i.governing, i.after_seat, i.city
			from coalition_invitation i
			where i.person = ${person} and i.accepted_at is null and i.withdrawn_at is null
			order by i.invited_at limit 1 for update of i`.execute(tx);
		const one = rows[0];
		if (!one) throw new NotFound('No seat waits for you.');
		const now = world.clock.now();
		await endSample(world, tx);
		const seat = await seatPerson(
			{
				person,
				role: one.role,
				memberId: one.member_id,
				name: one.name,
				office: one.office,
				governing: one.governing,
				from: dayAt(now),
				...(one.after_seat ? { after: one.after_seat } : {}),
			},
			person,
			world,
			tx,
		);
		await sql`update coalition_invitation set accepted_at = ${now} where id = ${one.id}`.execute(tx);
		const actor: Actor = { role: 'visitor', city: null, person };
		await record({ actor, action: 'invitation_accepted', subject: `invitation:${one.id}`, owner: null }, world, tx);
		await record({ actor, action: 'seat_opened', subject: `seat:${seat}`, owner: one.city }, world, tx);
		// Whoever held it may have left before.
		if (one.after_seat && (await seatLasts(one.after_seat, tx))) {
			await endSeat(one.after_seat, person, world, tx);
			await record(
				{ actor, action: 'seat_handed_over', subject: `seat:${one.after_seat}`, owner: one.city },
				world,
				tx,
			);
		}
		return seat;
	});
}

async function openLink(
	id: string,
	minutes: number,
	{ clock, random }: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<string> {
	const token = newToken({ random });
	const until = new Date(clock.now().getTime() + minutes * MINUTE);
	await sql`
		update coalition_invitation set link_hash = ${tokenHash(token)}, link_until = ${until} where id = ${id}`.execute(
		tx,
	);
	return token;
}

/** By default one that nobody answered yet. */
async function demandOpen(id: string, tx: Tx, which: RawBuilder<unknown> = sql`person is null`): Promise<void> {
	const { rows } = isUuid(id)
		? await sql`
			select from coalition_invitation where id = ${id} and ${which} and accepted_at is null and withdrawn_at is null for update`.execute(
				tx,
			)
		: { rows: [] };
	if (rows.length === 0) throw new NotFound('There is no such open invitation.');
}
