import { sql } from 'kysely';
import type { Language } from '#i18n/language.ts';
import { type Day, dayAt } from '#kernel/day.ts';
import { isUuid } from '#kernel/uuid.ts';
import type { Tx, World } from '#platform/world.ts';

/** Whom a letter is to: `seat:` or `contact:` and an id. Jobs carry this, and no address. */
export type To = `seat:${string}` | `contact:${string}`;

/** Where a letter goes, and in which language. */
export interface Addressee {
	readonly email: string;
	readonly language: Language;
}

/** Holders of the seats of a city on a day, each once; null: of the coalition's own, stewards and editors. In all of this file `tx` acts as `ACCESS`. */
export async function seatsToTell(city: string | null, day: Day, tx: Tx): Promise<To[]> {
	const { rows } = await sql<{ id: string }>`
		select distinct on (person) id from coalition_seat
		where person is not null and not sample and ended_at is null and from_day <= ${day} and (until_day is null or until_day >= ${day})
			and ${city === null ? sql`owner_city is null and role in ('steward', 'editor')` : sql`owner_city = ${city}`}
		order by person, added_at, id`.execute(tx);
	return rows.map(({ id }): To => `seat:${id}`);
}

/** The mailbox that a city named beside them; none where it named none. */
export async function contactsToTell(city: string, tx: Tx): Promise<To[]> {
	const { rows } = await sql<{ id: string }>`
		select id from coalition_second_contact where owner_city = ${city} and ended_at is null`.execute(tx);
	return rows.map(({ id }): To => `contact:${id}`);
}

/** Null where the seat ended or the contact was erased meanwhile. */
export async function addressee(to: string, { clock }: Pick<World, 'clock'>, tx: Tx): Promise<Addressee | null> {
	const [kind, id = ''] = to.split(':');
	if (!isUuid(id)) return null;
	const day = dayAt(clock.now());
	const { rows } =
		kind === 'seat'
			? await sql<Addressee>`
				select u.email, u.language from coalition_seat s join access_user u on u.id = s.person
				where s.id = ${id} and s.ended_at is null and (s.until_day is null or s.until_day >= ${day})`.execute(tx)
			: await sql<Addressee>`select address as email, language from coalition_second_contact where id = ${id}`.execute(
					tx,
				);
	return rows[0] ?? null;
}
