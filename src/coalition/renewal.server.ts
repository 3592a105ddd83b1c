import { sql } from 'kysely';
import { dropFactors, personOf } from '#access/account.server.ts';
import { ACCESS, type Actor, OPERATOR, VISITOR } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { notify } from '#access/notice.server.ts';
import {
	codeHash,
	isCode,
	LINK_MINUTES,
	MOST_WRONG_CODES,
	newCode,
	newToken,
	TERMINAL_LINK_MINUTES,
	tokenHash,
} from '#access/once.server.ts';
import { dayAt } from '#kernel/day.ts';
import { Conflict, NotFound } from '#kernel/error.ts';
import { isUuid } from '#kernel/uuid.ts';
import type { Tx, World } from '#platform/world.ts';
import { seatsHeld } from './acting.server.ts';
import { type Call, readCall } from './call.ts';
import { APPROVALS } from './interest.ts';
import { ended, keepLoss, traceLoss } from './loss.server.ts';
import { DELAY_HOURS, type LossStep, lossStep } from './loss.ts';

type Writing = Pick<World, 'clock' | 'random' | 'queue'>;

/** Of the keyed hashes of codes. */
const CODES = 'codes of losses';
const MINUTE = 60_000;

/** Somebody who lost every way to sign in, as stewards see them. */
export interface Loss {
	readonly id: string;
	readonly person: string;
	readonly name: string;
	readonly email: string;
	readonly reportedAt: Date;
	/** Offices held today with the name of the city; null for the coalition. */
	readonly seats: readonly { readonly office: string; readonly city: string | null }[];
	readonly call: (Call & { readonly at: Date }) | null;
	readonly approvals: readonly { readonly person: string; readonly name: string }[];
	readonly due: Date | null;
	/** Until when a link lasts that was sent; null for none. */
	readonly linkUntil: Date | null;
	/** Stewards seated today beside the person. */
	readonly others: number;
	readonly step: LossStep;
}

interface Row extends Omit<Loss, 'call' | 'step' | 'seats' | 'others'> {
	readonly calledAt: Date | null;
	readonly number: string;
	readonly site: string;
}

/** Losses that are open, whoever waits longest first. In what follows `tx` acts as a steward where nothing else is said. */
export async function openLosses({ clock }: Pick<World, 'clock'>, tx: Tx): Promise<Loss[]> {
	const now = clock.now();
	const day = dayAt(now);
	const { rows } = await sql<Row>`
		select l.id, l.person, l.name, l.email, l.reported_at as "reportedAt", l.called_at as "calledAt",
			coalesce(l.called_number, '') as number, coalesce(l.called_site, '') as site, l.due_at as due,
			case when l.link_until > ${now} then l.link_until end as "linkUntil",
			coalesce((select jsonb_agg(jsonb_build_object('person', a.person, 'name', coalesce((select s.name from coalition_seat s
				where s.person = a.person and s.role = 'steward' order by s.from_day desc limit 1), '')) order by a.at)
				from coalition_loss_approval a where a.loss_id = l.id), '[]') as approvals
		from coalition_loss l where l.over_at is null and not l.from_terminal order by l.reported_at, l.id`.execute(tx);
	const losses: Loss[] = [];
	for (const { calledAt, number, site, ...row } of rows) {
		const held = await seatsHeld(row.person, day, tx);
		const approvals = row.approvals.length;
		losses.push({
			...row,
			seats: held.map(({ office, cityName }) => ({ office, city: cityName })),
			call: calledAt && { number, site, at: calledAt },
			others: await otherStewards(row.person, day, tx),
			step: lossStep({ called: calledAt !== null, approvals, due: row.due }, now),
		});
	}
	return losses;
}

/** The call on a number that the city shows publicly. Another call takes approvals back: they were of the one before. `late`: two have approved. */
export async function recordLossCall(
	id: string,
	typed: Call,
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<'done' | 'gone' | 'own' | 'late' | 'call'> {
	const one = await open(id, tx);
	if (!one) return 'gone';
	if (one.person === actor.person) return 'own';
	if (one.due) return 'late';
	const call = readCall(typed);
	if (!call) return 'call';
	await sql`delete from coalition_loss_approval where loss_id = ${id}`.execute(tx);
	await sql`
		update coalition_loss set called_at = ${world.clock.now()}, called_by = ${actor.person ?? actor.role},
			called_number = ${call.number}, called_site = ${call.site} where id = ${id}`.execute(tx);
	await record({ actor, action: 'loss_called', subject: `loss:${id}`, owner: null }, world, tx);
	return 'done';
}

/**
 * A steward says that the person is who they say. With the second, different one 72 hours begin, and all seats of the city and
 * its second contact are told. `alone`: no two others are seated. `own`: nobody approves for themselves.
 */
export async function approveLoss(
	id: string,
	actor: Actor,
	world: Writing,
	tx: Tx,
): Promise<'done' | 'gone' | 'own' | 'call_first' | 'alone' | 'again'> {
	const one = await open(id, tx);
	if (!one) return 'gone';
	if (!actor.person || one.person === actor.person) return 'own';
	if (!one.called) return 'call_first';
	const now = world.clock.now();
	if ((await otherStewards(one.person, dayAt(now), tx)) < APPROVALS) return 'alone';
	const given = await sql`
		insert into coalition_loss_approval (loss_id, person, at)
		select ${id}, ${actor.person}, ${now} where ${one.due === null}
		on conflict do nothing`.execute(tx);
	if ((given.numAffectedRows ?? 0n) === 0n) return 'again';
	await traceLoss({ id, person: one.person, action: 'loss_approved', actor }, world, tx);
	if (one.approvals + 1 < APPROVALS) return 'done';
	const due = new Date(now.getTime() + DELAY_HOURS * 60 * MINUTE);
	await sql`update coalition_loss set due_at = ${due} where id = ${id}`.execute(tx);
	await world.queue.add(tx, 'coalition.loss_told', { loss: id });
	return 'done';
}

/** What a steward mails, and the six digits that they tell by telephone. */
export interface NewLink {
	readonly token: string;
	readonly code: string;
	readonly email: string;
	readonly language: 'en' | 'es';
}

/** Opens a link after the 72 hours; the one before is void. `early`: they are not over. */
export async function lossLink(
	id: string,
	actor: Actor,
	world: Pick<World, 'clock' | 'random' | 'keys'>,
	tx: Tx,
): Promise<NewLink | 'gone' | 'own' | 'early'> {
	const one = await open(id, tx);
	if (!one) return 'gone';
	if (one.person === actor.person) return 'own';
	if (!one.due || world.clock.now() < one.due) return 'early';
	const code = newCode(world);
	await sql`
		update coalition_loss set code_hash = ${codeHash(CODES, id, code, world)}, code_wrong = 0 where id = ${id}`.execute(
		tx,
	);
	await record({ actor, action: 'loss_linked', subject: `loss:${id}`, owner: null }, world, tx);
	return { token: await openLink(id, LINK_MINUTES, world, tx), code, email: one.email, language: one.language };
}

/** Whether a link leads somewhere, and whether a code belongs to it, without using it up. */
export async function lossAt(
	token: string,
	world: Pick<World, 'db' | 'clock'>,
): Promise<{ readonly name: string; readonly needsCode: boolean } | null> {
	return world.db.as(ACCESS, async (tx) => {
		const { rows } = await sql<{ name: string; needsCode: boolean }>`
			select name, not from_terminal as "needsCode" from coalition_loss
			where link_hash = ${tokenHash(token)} and link_until > ${world.clock.now()} and over_at is null`.execute(tx);
		return rows[0] ?? null;
	});
}

/**
 * Uses a link up: with the right code every factor of the person is dropped and every session ended, and whoever came sets new
 * ones. `used_up`: wrong too often; the steward has to send another.
 */
export async function renew(
	token: string,
	code: string,
	world: Pick<World, 'db' | 'clock' | 'random' | 'keys' | 'queue'>,
): Promise<{ readonly person: string } | 'gone' | 'wrong' | 'used_up'> {
	const now = world.clock.now();
	return world.db.as(ACCESS, async (tx) => {
		const { rows } = await sql<{
			id: string;
			person: string;
			code_hash: string | null;
			code_wrong: number;
			from_terminal: boolean;
		}>`
			select id, person, code_hash, code_wrong, from_terminal from coalition_loss
			where link_hash = ${tokenHash(token)} and link_until > ${now} and over_at is null for update`.execute(tx);
		const one = rows[0];
		if (!one) return 'gone';
		const { id, person } = one;
		if (!one.from_terminal && !isCode({ purpose: CODES, id, hash: one.code_hash ?? '' }, code, world)) {
			const left = one.code_wrong + 1 < MOST_WRONG_CODES;
			await sql`
				update coalition_loss set code_wrong = code_wrong + 1, link_hash = case when ${left} then link_hash end,
					link_until = case when ${left} then link_until end where id = ${id}`.execute(tx);
			return left ? 'wrong' : 'used_up';
		}
		await sql`update coalition_loss set ${ended(now, 'renewed')} where id = ${id}`.execute(tx);
		await dropFactors(person, tx);
		await traceLoss({ id, person, action: 'loss_ended', actor: { ...VISITOR, person } }, world, tx);
		await notify(person, 'access_renewed', world, tx);
		return { person };
	});
}

/**
 * For a steward where no two others are seated: a link from the server's own terminal that lasts fifteen minutes and needs no
 * code. Every seat of the coalition is told. @throws Conflict where two others could approve; NotFound for whoever is no steward
 */
export async function renewSteward(
	email: string,
	world: Pick<World, 'db' | 'clock' | 'random' | 'queue'>,
): Promise<string> {
	const now = world.clock.now();
	const day = dayAt(now);
	return world.db.as(ACCESS, async (tx) => {
		const person = await personOf(email, tx);
		const held = person === null ? [] : await seatsHeld(person, day, tx);
		if (person === null || !held.some(({ role, sample }) => role === 'steward' && !sample))
			throw new NotFound('No steward has this address. Give the one that they sign in with.');
		if ((await otherStewards(person, day, tx)) >= APPROVALS)
			throw new Conflict(
				'Two other stewards are seated: they approve it on the page /coalition/losses, after the person said it at /sign-in/lost.',
			);
		await sql`
			update coalition_loss set ${ended(now, 'stopped')} where person = ${person} and over_at is null`.execute(tx);
		const id = (await keepLoss(person, world, tx)) ?? '';
		await sql`update coalition_loss set from_terminal = true, due_at = ${now} where id = ${id}`.execute(tx);
		await traceLoss({ id, person, action: 'loss_approved', actor: OPERATOR }, world, tx);
		await world.queue.add(tx, 'coalition.loss_told', { loss: id });
		return openLink(id, TERMINAL_LINK_MINUTES, world, tx);
	});
}

async function otherStewards(person: string, day: string, tx: Tx): Promise<number> {
	const { rows } = await sql<{ count: number }>`
		select count(distinct person)::integer as count from coalition_seat
		where role = 'steward' and not sample and person <> ${person} and ended_at is null and from_day <= ${day}
			and (until_day is null or until_day >= ${day})`.execute(tx);
	return rows[0]?.count ?? 0;
}

async function openLink(
	id: string,
	minutes: number,
	{ clock, random }: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<string> {
	const token = newToken({ random });
	const until = new Date(clock.now().getTime() + minutes * MINUTE);
	await sql`update coalition_loss set link_hash = ${tokenHash(token)}, link_until = ${until} where id = ${id}`.execute(
		tx,
	);
	return token;
}

interface Open {
	readonly person: string;
	readonly email: string;
	readonly language: 'en' | 'es';
	readonly called: boolean;
	readonly due: Date | null;
	readonly approvals: number;
}

async function open(id: string, tx: Tx): Promise<Open | null> {
	if (!isUuid(id)) return null;
	const { rows } = await sql<Open>`
		select person, email, language, called_at is not null as called, due_at as due,
			(select count(*)::integer from coalition_loss_approval where loss_id = l.id) as approvals
		from coalition_loss l where id = ${id} and over_at is null and not from_terminal for update`.execute(tx);
	return rows[0] ?? null;
}
