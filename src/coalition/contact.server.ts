import { sql } from 'kysely';
import { ACCESS } from '#access/actor.ts';
import { Upstream } from '#kernel/error.ts';
import type { Message, World } from '#platform/world.ts';

/** Messages of one person in a day: more than anybody writes, fewer than anybody needs for a mass mailing. */
const A_DAY = 20;
const DAY_MS = 86_400_000;
/** Longest message: a page. */
export const LONGEST_MESSAGE = 4_000;

/** Who gets it and who wrote it, in the language of whoever gets it. */
export interface Letter {
	readonly language: 'en' | 'es';
	readonly name: string;
	readonly office: string;
}

/**
 * Sends what one person wrote to a seat to whoever holds it. Neither learns the other's address, and no word is kept: only
 * that something was written, for a day.
 * @returns `busy` after twenty in a day; `gone` where nobody holds either seat; `failed` where the mail server did not take it
 */
export async function writeToSeat(
	to: string,
	from: { readonly person: string; readonly seat: string },
	compose: (letter: Letter) => Omit<Message, 'to'>,
	world: Pick<World, 'db' | 'clock' | 'random' | 'mail'>,
): Promise<'sent' | 'busy' | 'gone' | 'failed'> {
	const now = world.clock.now();
	const ready = await world.db.as(ACCESS, async (tx) => {
		await sql`delete from coalition_contact where at < ${new Date(now.getTime() - DAY_MS)}`.execute(tx);
		const { rows } = await sql<{ count: number }>`
			select count(*)::integer as count from coalition_contact where from_person = ${from.person}`.execute(tx);
		if ((rows[0]?.count ?? 0) >= A_DAY) return 'busy' as const;
		const { rows: found } = await sql<{ email: string; language: 'en' | 'es'; name: string; office: string }>`
			select u.email, u.language, coalesce(f.name, f.office) as name, f.office
			from coalition_seat s join access_user u on u.id = s.person
			join coalition_seat f on f.id = ${from.seat} and f.person = ${from.person} and f.ended_at is null
			where s.id = ${to} and s.ended_at is null`.execute(tx);
		const letter = found[0];
		if (!letter) return 'gone' as const;
		await sql`
			insert into coalition_contact (id, from_person, at) values (${world.random.uuid()}, ${from.person}, ${now})`.execute(
			tx,
		);
		return letter;
	});
	if (typeof ready === 'string') return ready;
	const { email, ...letter } = ready;
	try {
		await world.mail.send({ to: email, ...compose(letter) });
		return 'sent';
	} catch (error) {
		if (error instanceof Upstream) return 'failed';
		throw error;
	}
}
