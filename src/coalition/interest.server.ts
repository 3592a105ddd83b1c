import { type RawBuilder, sql } from 'kysely';
import { ACCESS, SYSTEM } from '#access/actor.ts';
import { within } from '#access/limit.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { placeAt } from '#places/address.server.ts';
import type { Place } from '#places/place.ts';
import { hold } from '#platform/advisory.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Draft } from './interest.ts';
import { endSample } from './real.server.ts';
import { sealed, unsealed } from './sealed.server.ts';

/** A form in less time was filled in by a program, or by a browser alone: it has to be sent again. */
const LEAST_SECONDS = 3;
/** Hours that a page with the form may stand open, and that the button of a proof may be pressed. */
const HOURS = 24;
/** Of one network address in an hour: it often stands for a whole town hall. */
const BY_ADDRESS = { kind: 'interest by address', most: 20, minutes: 60 };
/** Proofs that one mailbox is sent in a day: whoever types the address of somebody else cannot flood them. */
const BY_MAILBOX = { kind: 'interest by mailbox', most: 3, minutes: 24 * 60 };
/** Forms of one hour from everybody together. */
const MOST_AN_HOUR = 120;
const SECOND = 1_000;
const HOUR = 3_600_000;

const FORM = 'time of the form of interest';
const PROOF = 'proof of interest';

/** What the form carries along, to tell how long it was open. */
export function formOpened(world: Pick<World, 'clock' | 'keys'>): string {
	return sealed(FORM, String(world.clock.now().getTime()), world);
}

/** Whether a form was open for as long as a person needs, and not since yesterday. */
export function openLongEnough(given: string, world: Pick<World, 'clock' | 'keys'>): boolean {
	const since = unsealed(FORM, given, world);
	if (since === null) return false;
	const open = world.clock.now().getTime() - Number(since);
	return open >= LEAST_SECONDS * SECOND && open <= HOURS * HOUR;
}

/** A real city, town or county that somebody chose by its OCD id; null for every other thing. */
export async function askablePlace(id: string, world: Pick<World, 'db'>): Promise<Place | null> {
	return world.db.as(SYSTEM, async (tx) => {
		const place = await placeAt(id, tx);
		return place && !place.sample && !place.legacy && place.kind !== 'state' ? place : null;
	});
}

/**
 * Keeps what somebody asks for their city, and asks for the letter that proves the address. What is answered does not depend on
 * whether the address is known. `wait`: too many from one network; `busy`: too many from everybody. `from` is counted as a keyed
 * hash that is dropped after a day.
 */
export async function expressInterest(
	draft: Draft,
	placeId: string,
	from: string,
	world: Pick<World, 'db' | 'clock' | 'random' | 'queue' | 'keys'>,
): Promise<'asked' | 'wait' | 'busy'> {
	const now = world.clock.now();
	const fine = await world.db.as(ACCESS, async (tx) => ({
		address: await within(BY_ADDRESS, from, world, tx),
		mailbox: await within(BY_MAILBOX, draft.email, world, tx),
	}));
	if (!fine.address) return 'wait';
	return world.db.as(SYSTEM, async (tx) => {
		// Counting and keeping are one step.
		await hold('interest.ask', tx);
		await eraseUnproved(now, tx);
		const { rows } = await sql<{ count: number }>`
			select count(*)::integer as count from interest_request where asked_at > ${new Date(now.getTime() - HOUR)}`.execute(
			tx,
		);
		if ((rows[0]?.count ?? 0) >= MOST_AN_HOUR) return 'busy';
		if (!fine.mailbox) return 'asked';
		const id = world.random.uuid();
		const { voteDay, helps, ...rest } = draft;
		await tx
			.insertInto('interest_request')
			.values({ ...rest, id, place_id: placeId, vote_day: voteDay, helps: [...helps], asked_at: now })
			.execute();
		await world.queue.add(tx, 'coalition.prove', { request: id });
		return 'asked';
	});
}

/** Mails the proof of what was asked; nothing where it was erased meanwhile. `origin`: of the site. @throws Upstream where the mail server does not take it */
export async function proveInterest(
	id: string,
	origin: string,
	world: Pick<World, 'db' | 'clock' | 'mail' | 'keys'>,
): Promise<void> {
	const found = await world.db.as(SYSTEM, async (tx) => {
		const { rows } = await sql<{ email: string; language: 'en' | 'es'; place: string }>`
			select r.email, r.language, ${NAMED} as place from ${REQUESTED}
			where ${fresh(id, world.clock.now())}`.execute(tx);
		return rows[0] ?? null;
	});
	if (!found) return;
	const t = speech(found.language);
	const address = origin + addressIn(found.language, `/join/confirm/${sealed(PROOF, id, world)}`);
	await world.mail.send({
		to: found.email,
		subject: t.say('join.mail.subject'),
		text: [t.say('join.mail.asked', { place: found.place }), address, t.say('join.mail.not')].join('\n\n'),
	});
}

/** The place that a link is about, in words; null where the link was used, is too old, or was never sent. */
export async function interestAt(token: string, world: Pick<World, 'db' | 'clock' | 'keys'>): Promise<string | null> {
	const id = unsealed(PROOF, token, world);
	if (id === null) return null;
	return world.db.as(SYSTEM, async (tx) => {
		const { rows } = await sql<{ place: string }>`
			select ${NAMED} as place from ${REQUESTED} where ${fresh(id, world.clock.now())}`.execute(tx);
		return rows[0]?.place ?? null;
	});
}

/** The button of a proof was pressed: from now on stewards see what was asked. Once. */
export async function confirmInterest(
	token: string,
	world: Pick<World, 'db' | 'clock' | 'random' | 'keys'>,
): Promise<'kept' | 'gone'> {
	const id = unsealed(PROOF, token, world);
	if (id === null) return 'gone';
	const now = world.clock.now();
	return world.db.as(SYSTEM, async (tx) => {
		const kept = await sql`
			with r as (delete from interest_request r where ${fresh(id, now)} returning *)
			insert into interest (id, place_id, office, standing, vote_day, helps, note, email, language, proved_at)
			select ${world.random.uuid()}, place_id, office, standing, vote_day, helps, note, email, language, ${now} from r`.execute(
			tx,
		);
		if ((kept.numAffectedRows ?? 0n) === 0n) return 'gone';
		await endSample(world, tx);
		return 'kept';
	});
}

/** Erases what nobody proved within a day. */
export async function forgetUnproved(world: Pick<World, 'db' | 'clock'>): Promise<void> {
	await world.db.as(SYSTEM, (tx) => eraseUnproved(world.clock.now(), tx));
}

async function eraseUnproved(now: Date, tx: Tx): Promise<void> {
	await sql`delete from interest_request where asked_at <= ${oldest(now)}`.execute(tx);
}

function oldest(now: Date): Date {
	return new Date(now.getTime() - HOURS * HOUR);
}

function fresh(id: string, now: Date): RawBuilder<unknown> {
	return sql`r.id = ${id} and r.asked_at > ${oldest(now)}`;
}

const REQUESTED = sql`interest_request r join place p on p.id = r.place_id
	join place s on s.kind = 'state' and s.state_code = p.state_code`;
const NAMED = sql`p.name || ', ' || s.name`;
