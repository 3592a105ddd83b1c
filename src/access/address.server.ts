import { sql } from 'kysely';
import type { Tx, World } from '#platform/world.ts';
import { accountOf, changeAddress } from './account.server.ts';
import { ACCESS, type Actor } from './actor.ts';
import { record } from './audit.server.ts';
import { type Limit, within } from './limit.server.ts';
import { noticeLetter } from './notice.server.ts';
import { LINK_MINUTES, newToken, tokenHash } from './once.server.ts';

/** Letters that one person has sent in a day: whoever sits at an open screen cannot flood strangers. */
const BY_PERSON: Limit = { kind: 'new address', most: 5, minutes: 24 * 60 };
const MINUTE = 60_000;

/**
 * Opens a link to a new address and gives its last piece, for the mail; the one before is void. Whether another account has the
 * address is told only to whoever opens its mail. `address` as `readMailbox` gives it.
 */
export async function askAddress(
	person: string,
	address: string,
	world: Pick<World, 'db' | 'clock' | 'random' | 'keys'>,
): Promise<{ readonly token: string } | 'same' | 'wait'> {
	return world.db.as(ACCESS, async (tx) => {
		if (!(await within(BY_PERSON, person, world, tx))) return 'wait';
		if ((await accountOf(person, tx))?.email === address) return 'same';
		const token = newToken(world);
		await sql`delete from access_address_change where user_id = ${person} and former is null`.execute(tx);
		await sql`
			insert into access_address_change (id, user_id, address, link_hash, asked_at)
			values (${world.random.uuid()}, ${person}, ${address}, ${tokenHash(token)}, ${world.clock.now()})`.execute(tx);
		return { token };
	});
}

/** The address that a link of this person leads to, without using it up; null where it leads nowhere, or no more. */
export async function addressAsked(
	token: string,
	person: string,
	world: Pick<World, 'db' | 'clock'>,
): Promise<string | null> {
	return world.db.as(ACCESS, async (tx) => (await asked(token, person, world, tx))?.address ?? null);
}

/** Uses a link up: the account has the new address from now on, and the former one is told. `taken`: another account has it. */
export async function proveAddress(
	token: string,
	person: string,
	trace: { readonly actor: Actor; readonly session: string },
	world: Pick<World, 'db' | 'clock' | 'random' | 'queue'>,
): Promise<'done' | 'gone' | 'taken'> {
	return world.db.as(ACCESS, async (tx) => {
		const one = await asked(token, person, world, tx);
		const account = await accountOf(person, tx);
		if (!one || !account) return 'gone';
		if (!(await changeAddress(person, one.address, world, tx))) {
			await sql`delete from access_address_change where id = ${one.id}`.execute(tx);
			return 'taken';
		}
		await sql`
			update access_address_change set former = ${account.email}, link_hash = null, asked_at = ${world.clock.now()}
			where id = ${one.id}`.execute(tx);
		const { actor, session } = trace;
		await record({ actor, action: 'address_changed', subject: `session:${session}`, owner: actor.city }, world, tx);
		await world.queue.add(tx, 'access.address_changed', { change: one.id });
		return 'done';
	});
}

/**
 * The job of `proveAddress`: what goes to the former address goes to the new one from now on, by `follow`; then the former one is
 * told, and forgotten. @throws Upstream where the mail server does not take it
 */
export async function tellFormer(
	change: string,
	origin: string,
	follow: (from: string, to: string) => Promise<void>,
	world: Pick<World, 'db' | 'mail'>,
): Promise<void> {
	const found = await world.db.as(ACCESS, async (tx) => {
		const { rows } = await sql<{ address: string; former: string; language: 'en' | 'es'; at: Date }>`
			select c.address, c.former, u.language, c.asked_at as at
			from access_address_change c join access_user u on u.id = c.user_id
			where c.id = ${change} and c.former is not null`.execute(tx);
		return rows[0] ?? null;
	});
	if (!found) return;
	const { address, former, language, at } = found;
	await follow(former, address);
	await world.mail.send({ to: former, ...noticeLetter('address_changed', at.toISOString(), language, origin) });
	await world.db.as(ACCESS, (tx) => sql`delete from access_address_change where id = ${change}`.execute(tx));
}

async function asked(
	token: string,
	person: string,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<{ readonly id: string; readonly address: string } | null> {
	const { rows } = await sql<{ id: string; address: string }>`
		select id, address from access_address_change
		where link_hash = ${tokenHash(token)} and user_id = ${person}
			and asked_at > ${new Date(clock.now().getTime() - LINK_MINUTES * MINUTE)} for update`.execute(tx);
	return rows[0] ?? null;
}
