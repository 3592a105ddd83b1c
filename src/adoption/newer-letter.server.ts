import { sql } from 'kysely';
import { ACCESS, type Actor } from '#access/actor.ts';
import { addressee, seatsToTell } from '#coalition/addressee.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import type { World } from '#platform/world.ts';
import { overtaken } from './overtaken.server.ts';

/** Letters about several texts that come within this time are one, in seconds: a new release brings all its models at once. */
const TOGETHER = 600;

/**
 * The job after a text got a newer version. A draft is behind the wall of its city, so each city with seats is asked by itself, as
 * one who only reads there, whether anything of it came from that text and has changes to decide on; where it has, its seats are
 * written to.
 */
export async function tellNewer(workId: string, world: Pick<World, 'db' | 'clock' | 'queue'>): Promise<void> {
	const today = dayAt(world.clock.now());
	const cities = await world.db.as(ACCESS, async (tx) => {
		const { rows } = await sql<{ city: string }>`
			select distinct owner_city as city from coalition_seat
			where owner_city is not null and person is not null and ended_at is null order by 1`.execute(tx);
		return rows.map(({ city }) => city);
	});
	for (const city of cities) {
		const reader: Actor = { role: 'observer', city };
		const found = await world.db.as(reader, (tx) => overtaken({ workId }, reader, tx));
		if (found.length === 0) continue;
		await world.db.as(ACCESS, async (tx) => {
			for (const to of await seatsToTell(city, today, tx))
				await world.queue.add(tx, 'adoption.newer_letter', { to }, `adoption.newer_letter:${to}`, TOGETHER);
		});
	}
}

/**
 * One of these letters. Mail is read on its way: it names neither the text nor the draft nor the city. Nothing where the seat has
 * ended meanwhile. @throws Upstream where the mail server does not take it
 */
export async function writeNewer(
	to: string,
	origin: string,
	world: Pick<World, 'db' | 'clock' | 'mail'>,
): Promise<void> {
	const who = await world.db.as(ACCESS, (tx) => addressee(to, world, tx));
	if (!who) return;
	const t = speech(who.language);
	await world.mail.send({
		to: who.email,
		subject: t.say('amend.letter.subject'),
		text: [
			t.say('amend.letter', { page: origin + addressIn(who.language, '/adoption') }),
			t.say('amend.letter.note'),
		].join('\n\n'),
	});
}
