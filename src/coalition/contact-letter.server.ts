import { sql } from 'kysely';
import { ACCESS } from '#access/actor.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import { addressee, seatsToTell } from './addressee.server.ts';

interface Named {
	readonly city: string;
	readonly place: string;
	readonly address: string;
	readonly at: Date;
}

/** The job after a city named another second contact: asks for a letter to its seats, to the new mailbox and to the former. */
export async function tellContact(contact: string, world: Pick<World, 'db' | 'clock' | 'queue'>): Promise<void> {
	await world.db.as(ACCESS, async (tx) => {
		const one = await named(contact, tx);
		if (!one) return;
		const { rows } = await sql<{ id: string }>`
			select id from coalition_second_contact where owner_city = ${one.city} and ended_at is not null`.execute(tx);
		const former = rows.map(({ id }) => `contact:${id}`);
		for (const to of [...(await seatsToTell(one.city, dayAt(world.clock.now()), tx)), `contact:${contact}`, ...former])
			await world.queue.add(tx, 'coalition.contact_letter', { contact, to });
	});
}

/** One of these letters. A former mailbox is forgotten once it was told. @throws Upstream where the mail server does not take it */
export async function writeContact(
	{ contact, to }: { readonly contact: string; readonly to: string },
	origin: string,
	world: Pick<World, 'db' | 'clock' | 'mail'>,
): Promise<void> {
	const [one, who] = await world.db.as(
		ACCESS,
		async (tx) => [await named(contact, tx), await addressee(to, world, tx)] as const,
	);
	if (!one || !who) return;
	const t = speech(who.language);
	const at = one.at.toISOString();
	const said = { city: one.place, address: one.address, day: t.day(at), time: t.time(at) };
	const kind = to.startsWith('seat:') ? 'seat' : to === `contact:${contact}` ? 'new' : 'former';
	await world.mail.send({
		to: who.email,
		subject: t.say('contact.letter.subject'),
		text: [
			t.say(`contact.letter.${kind}`, said),
			t.say(kind === 'seat' ? 'contact.letter.not_right' : 'contact.letter.ask', {
				page: origin + addressIn(who.language, '/coalition/city'),
			}),
		].join('\n\n'),
	});
	if (kind === 'former')
		await world.db.as(ACCESS, (tx) =>
			sql`delete from coalition_second_contact where id = ${to.slice('contact:'.length)}`.execute(tx),
		);
}

async function named(contact: string, tx: Tx): Promise<Named | null> {
	const { rows } = await sql<Named>`
		select c.owner_city as city, p.name as place, c.address, c.set_at as at
		from coalition_second_contact c join place p on p.id = c.owner_city where c.id = ${contact}`.execute(tx);
	return rows[0] ?? null;
}
