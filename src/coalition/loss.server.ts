import { type RawBuilder, sql } from 'kysely';
import { accountOf, personOf } from '#access/account.server.ts';
import type { Act } from '#access/act.ts';
import { ACCESS, type Actor, VISITOR } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { type Limit, within } from '#access/limit.server.ts';
import { notify } from '#access/notice.server.ts';
import { isSampleAddress } from '#access/sample.ts';
import { dayAt } from '#kernel/day.ts';
import { isUuid } from '#kernel/uuid.ts';
import type { Tx, World } from '#platform/world.ts';
import { seatsHeld } from './acting.server.ts';
import { sealed, unsealed } from './sealed.server.ts';

/** Of one network address in an hour: it often stands for a whole town hall. */
const BY_NETWORK: Limit = { kind: 'loss by network', most: 10, minutes: 60 };
/** Of one mailbox in a day, whether it is known or not. */
const BY_MAILBOX: Limit = { kind: 'loss by mailbox', most: 3, minutes: 24 * 60 };
/** Days after which what nobody carried on counts for nothing: an approval should not lie ready for years. */
const LAPSE_DAYS = 30;
const DAY_MS = 86_400_000;
const STOP = 'stop of a loss';

/**
 * Somebody says that they lost every way to sign in. The work done here is the same for an address that has an account and for
 * one that has none: a job looks. `from`: of the network, counted and never kept. `wait`: too often from there.
 */
export async function reportLoss(
	email: string,
	from: string,
	world: Pick<World, 'db' | 'clock' | 'random' | 'keys' | 'queue'>,
): Promise<'kept' | 'wait'> {
	return world.db.as(ACCESS, async (tx) => {
		const network = await within(BY_NETWORK, from, world, tx);
		const mailbox = await within(BY_MAILBOX, email, world, tx);
		if (!network) return 'wait';
		if (!mailbox) return 'kept';
		const id = world.random.uuid();
		await sql`
			insert into coalition_loss_request (id, address, asked_at) values (${id}, ${email}, ${world.clock.now()})`.execute(
			tx,
		);
		await world.queue.add(tx, 'coalition.loss', { request: id });
		return 'kept';
	});
}

/** The job of `reportLoss`: stewards see it from now on, and the person is told. Nothing for an address without an account. */
export async function openLoss(
	request: string,
	world: Pick<World, 'db' | 'clock' | 'random' | 'queue'>,
): Promise<void> {
	await world.db.as(ACCESS, async (tx) => {
		const { rows } = await sql<{ address: string }>`
			delete from coalition_loss_request where id = ${request} returning address`.execute(tx);
		const person = rows[0] ? await personOf(rows[0].address, tx) : null;
		if (person === null) return;
		await lapse(world.clock.now(), tx);
		const id = await keepLoss(person, world, tx);
		if (id === null) return;
		await record({ actor: VISITOR, action: 'loss_reported', subject: `loss:${id}`, owner: null }, world, tx);
		await notify(person, 'loss_reported', world, tx);
	});
}

/** Keeps the loss of a person; null where one is open, and in the sample, where nobody sits. `tx` acts as `ACCESS`. */
export async function keepLoss(
	person: string,
	{ clock, random }: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<string | null> {
	const account = await accountOf(person, tx);
	if (!account || isSampleAddress(account.email)) return null;
	const { rows } = await sql<{ id: string }>`
		insert into coalition_loss (id, person, name, email, language, reported_at)
		values (${random.uuid()}, ${person}, ${account.name}, ${account.email}, ${account.language}, ${clock.now()})
		on conflict (person) where over_at is null do nothing returning id`.execute(tx);
	return rows[0]?.id ?? null;
}

/** A steward stops it: no link is sent, and one that was sent opens nothing. `tx` acts as a steward. `gone`: it is over. */
export async function stopLoss(
	id: string,
	actor: Actor,
	world: Pick<World, 'clock' | 'random' | 'queue'>,
	tx: Tx,
): Promise<'done' | 'gone'> {
	return stopWhere(isUuid(id) ? sql`id = ${id}` : sql`false`, actor, world, tx);
}

/** The person stops what is open about them. */
export async function stopOwnLoss(
	person: string,
	actor: Actor,
	world: Pick<World, 'db' | 'clock' | 'random' | 'queue'>,
): Promise<'done' | 'gone'> {
	return world.db.as(ACCESS, (tx) => stopWhere(sql`person = ${person}`, actor, world, tx));
}

/** When a loss of a person was reported that is still open; null for none. */
export async function ownLoss(person: string, world: Pick<World, 'db'>): Promise<Date | null> {
	return world.db.as(ACCESS, async (tx) => {
		const { rows } = await sql<{ reported_at: Date }>`
			select reported_at from coalition_loss where person = ${person} and over_at is null`.execute(tx);
		return rows[0]?.reported_at ?? null;
	});
}

/** The last piece of the link with which whoever got a letter stops it. `to`: whom the letter is to, as `seat:` and an id. */
export function stopToken(id: string, to: string, world: Pick<World, 'keys'>): string {
	return sealed(STOP, `${id}_${to}`, world);
}

/** Whose loss the link of a letter is about, and until when it waits; null where it is over or was never sent. */
export async function lossOfLetter(
	token: string,
	world: Pick<World, 'db' | 'keys'>,
): Promise<{ readonly name: string; readonly due: Date } | null> {
	const [id] = readToken(token, world);
	if (id === null) return null;
	return world.db.as(ACCESS, async (tx) => {
		const { rows } = await sql<{ name: string; due: Date }>`
			select name, due_at as due from coalition_loss where id = ${id} and over_at is null and due_at is not null`.execute(
			tx,
		);
		return rows[0] ?? null;
	});
}

/** The button of a letter was pressed. */
export async function stopByLetter(
	token: string,
	world: Pick<World, 'db' | 'clock' | 'random' | 'keys' | 'queue'>,
): Promise<'done' | 'gone'> {
	const [id, to] = readToken(token, world);
	if (id === null) return 'gone';
	const seat = to.startsWith('seat:') ? to.slice('seat:'.length) : null;
	return world.db.as(ACCESS, (tx) => stopWhere(sql`id = ${id}`, { ...VISITOR, seat }, world, tx));
}

/** What nobody carried on for 30 days is over, and requests that no job took are gone. `tx` acts as `ACCESS`. */
async function lapse(now: Date, tx: Tx): Promise<void> {
	const before = new Date(now.getTime() - LAPSE_DAYS * DAY_MS);
	await sql`delete from coalition_loss_request where asked_at < ${new Date(now.getTime() - DAY_MS)}`.execute(tx);
	await sql`
		update coalition_loss set ${ended(now, 'lapsed')} where over_at is null
			and (coalesce(due_at, reported_at) <= ${before} or (from_terminal and link_until <= ${now}))`.execute(tx);
}

/** The hourly job of `lapse`. */
export async function lapseLosses(world: Pick<World, 'db' | 'clock'>): Promise<void> {
	await world.db.as(ACCESS, (tx) => lapse(world.clock.now(), tx));
}

/** What is set when a loss is over, however: name and address go, and no link opens anything. */
export function ended(now: Date, outcome: 'stopped' | 'lapsed' | 'renewed'): RawBuilder<unknown> {
	return sql`over_at = ${now}, outcome = ${outcome}, name = null, email = null, link_hash = null, link_until = null,
		code_hash = null`;
}

/** Leaves a trace with the coalition, and with every city that the person holds a seat of: its seats were told. */
export async function traceLoss(
	{ id, person, action, actor }: { id: string; person: string; action: Act; actor: Actor },
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<void> {
	const held = await seatsHeld(person, dayAt(world.clock.now()), tx);
	const cities = [...new Set(held.flatMap(({ city }) => city ?? []))].sort();
	for (const owner of [null, ...cities]) await record({ actor, action, subject: `loss:${id}`, owner }, world, tx);
}

async function stopWhere(
	where: RawBuilder<unknown>,
	actor: Actor,
	world: Pick<World, 'clock' | 'random' | 'queue'>,
	tx: Tx,
): Promise<'done' | 'gone'> {
	const { rows } = await sql<{ id: string; person: string }>`
		update coalition_loss set ${ended(world.clock.now(), 'stopped')} where ${where} and over_at is null
		returning id, person`.execute(tx);
	const one = rows[0];
	if (!one) return 'gone';
	await traceLoss({ ...one, action: 'loss_stopped', actor }, world, tx);
	await notify(one.person, 'loss_stopped', world, tx);
	return 'done';
}

function readToken(token: string, world: Pick<World, 'keys'>): readonly [id: string | null, to: string] {
	const [id = '', to = ''] = unsealed(STOP, token, world)?.split('_') ?? [];
	return [id === '' ? null : id, to];
}
