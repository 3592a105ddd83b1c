import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { ACCESS } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { type Limit, within } from '#access/limit.server.ts';
import type { Tx, World } from '#platform/world.ts';

/** Changes of one city in a day: more than anybody needs, too few to write to strangers with. */
const BY_CITY: Limit = { kind: 'second contact by city', most: 5, minutes: 24 * 60 };

/** The mailbox that a city named beside those of its seats; null for none. `tx` acts for the city. */
export async function secondContact(city: string, tx: Tx): Promise<string | null> {
	const { rows } = await sql<{ address: string }>`
		select address from coalition_second_contact where owner_city = ${city} and ended_at is null`.execute(tx);
	return rows[0]?.address ?? null;
}

/** The city names another one, as `readMailbox` gives it. Its seats, this mailbox and the one before are told. */
export async function setSecondContact(
	{ address, language }: { readonly address: string; readonly language: 'en' | 'es' },
	actor: Actor & { readonly city: string },
	world: Pick<World, 'db' | 'clock' | 'random' | 'keys' | 'queue'>,
): Promise<'done' | 'wait'> {
	const { city } = actor;
	if (!(await world.db.as(ACCESS, (tx) => within(BY_CITY, city, world, tx)))) return 'wait';
	const now = world.clock.now();
	const id = world.random.uuid();
	await world.db.as(actor, async (tx) => {
		if ((await secondContact(city, tx)) === address) return;
		await sql`
			update coalition_second_contact set ended_at = ${now} where owner_city = ${city} and ended_at is null`.execute(
			tx,
		);
		await sql`
			insert into coalition_second_contact (id, owner_city, address, language, set_at, set_by)
			values (${id}, ${city}, ${address}, ${language}, ${now}, ${actor.person ?? actor.role})`.execute(tx);
		await record({ actor, action: 'contact_changed', subject: `contact:${id}`, owner: city }, world, tx);
		await world.queue.add(tx, 'coalition.contact_told', { contact: id });
	});
	return 'done';
}
