import { sql } from 'kysely';
import { ACCESS } from '#access/actor.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import type { World } from '#platform/world.ts';
import { seatsHeld } from './acting.server.ts';
import { addressee, contactsToTell, seatsToTell } from './addressee.server.ts';
import { stopToken } from './loss.server.ts';

/**
 * The job after the second approval: asks for a letter to every seat of the cities of the person and to their second contacts;
 * to the coalition's own seats where the person holds one of those, or none.
 */
export async function tellLoss(loss: string, world: Pick<World, 'db' | 'clock' | 'queue'>): Promise<void> {
	const day = dayAt(world.clock.now());
	await world.db.as(ACCESS, async (tx) => {
		const { rows } = await sql<{ person: string }>`
			select person from coalition_loss where id = ${loss} and over_at is null`.execute(tx);
		if (!rows[0]) return;
		const held = await seatsHeld(rows[0].person, day, tx);
		const cities = new Set(held.map(({ city }) => city));
		if (cities.size === 0) cities.add(null);
		for (const city of cities)
			for (const to of [...(await seatsToTell(city, day, tx)), ...(city ? await contactsToTell(city, tx) : [])])
				await world.queue.add(tx, 'coalition.loss_letter', { loss, to });
	});
}

/** One of these letters; nothing where the loss is over meanwhile. @throws Upstream where the mail server does not take it */
export async function writeLoss(
	{ loss, to }: { readonly loss: string; readonly to: string },
	origin: string,
	world: Pick<World, 'db' | 'clock' | 'mail' | 'keys'>,
): Promise<void> {
	const found = await world.db.as(ACCESS, async (tx) => {
		const { rows } = await sql<{ name: string; number: string | null; site: string; due: Date; terminal: boolean }>`
			select name, called_number as number, coalesce(called_site, '') as site, due_at as due, from_terminal as terminal
			from coalition_loss where id = ${loss} and over_at is null and due_at is not null`.execute(tx);
		const who = await addressee(to, world, tx);
		return rows[0] && who ? { ...rows[0], ...who } : null;
	});
	if (!found) return;
	const { email, language, name, number, site, due, terminal } = found;
	const t = speech(language);
	const when = { day: t.day(due.toISOString()), time: t.time(due.toISOString()) };
	const stop = origin + addressIn(language, `/sign-in/lost/stop/${stopToken(loss, to, world)}`);
	await world.mail.send({
		to: email,
		subject: t.say('loss.letter.subject'),
		text: [
			terminal ? t.say('loss.letter.terminal', { name }) : t.say('loss.letter', { name, number: number ?? '', site }),
			terminal ? t.say('loss.letter.terminal.now') : t.say('loss.letter.due', when),
			t.say('loss.letter.stop'),
			stop,
			t.say('loss.letter.note'),
		].join('\n\n'),
	});
}
