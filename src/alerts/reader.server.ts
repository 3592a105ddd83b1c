import { sql } from 'kysely';
import type { Language } from '#i18n/language.ts';
import type { Tx, World } from '#platform/world.ts';
import { oldest, type Wish } from './ask.server.ts';
import type { Chosen } from './letter.ts';
import { MAILER } from './mailer.ts';
import { placesWhere } from './place.server.ts';

/** Places of one reader: more than any region has, and few enough for the head of a letter. */
export const MOST_PLACES = 50;

/** Whose places stand now. */
export type Begun = { readonly reader: string } | 'full' | 'gone';

/** The button of a proof was pressed: the address becomes a reader of the place. `gone` where the proof was used or is too old. */
export async function begin(request: string, world: Pick<World, 'db' | 'clock' | 'random'>): Promise<Begun> {
	return world.db.as(MAILER, async (tx) => {
		const { rows } = await sql<Wish>`
			delete from alert_request where id = ${request} and asked_at > ${oldest(world.clock.now())}
			returning address, place_id as "placeId", language`.execute(tx);
		return rows[0] ? choose(rows[0], null, world, tx) : 'gone';
	});
}

/** A seat chooses a place: its address was proved when it was seated. The choice ends with the seat. */
export async function beginSeated(
	wish: Wish,
	seat: string,
	world: Pick<World, 'db' | 'clock' | 'random'>,
): Promise<Begun> {
	return world.db.as(MAILER, (tx) => choose(wish, seat, world, tx));
}

/** The reader at an address; null for none. Only for whoever proved that the address is theirs. */
export async function readerAt(address: string, world: Pick<World, 'db'>): Promise<string | null> {
	return world.db.as(MAILER, async (tx) => {
		const { rows } = await sql<{ id: string }>`select id from alert_reader where address = ${address}`.execute(tx);
		return rows[0]?.id ?? null;
	});
}

/** The places that a reader chose, by name; null where there is no such reader any more. */
export async function chosenBy(reader: string, world: Pick<World, 'db'>): Promise<readonly Chosen[] | null> {
	return world.db.as(MAILER, async (tx) => {
		const { rows } = await sql`select from alert_reader where id = ${reader}`.execute(tx);
		return rows.length > 0 ? places(reader, tx) : null;
	});
}

/** The places of a reader inside a transaction. */
export function places(reader: string, tx: Tx): Promise<Chosen[]> {
	return placesWhere(sql`p.id in (select place_id from alert_place where reader_id = ${reader})`, tx);
}

/**
 * Stops one place, or with null all: then address, places and what was told are erased, as they are with the last place.
 * Whether anything is left.
 */
export async function stop(
	reader: string,
	placeId: string | null,
	world: Pick<World, 'db'>,
): Promise<'left' | 'erased'> {
	return world.db.as(MAILER, async (tx) => {
		await sql`
			delete from alert_place where reader_id = ${reader} and (${placeId}::text is null or place_id = ${placeId})`.execute(
			tx,
		);
		// Wishes of the same address are no reason to keep it.
		await sql`
			delete from alert_request where ${placeId}::text is null
				and address = (select address from alert_reader where id = ${reader})`.execute(tx);
		await eraseIdle(tx);
		const { rows } = await sql`select from alert_reader where id = ${reader}`.execute(tx);
		return rows.length > 0 ? 'left' : 'erased';
	});
}

/**
 * A person has another address, which they proved, as they had the former one: the places go along, up to the most that a
 * reader may have, and what is still to be told. Nothing is left at the former address.
 */
export async function follow(from: string, to: string, world: Pick<World, 'db'>): Promise<void> {
	await world.db.as(MAILER, async (tx) => {
		await sql`delete from alert_request where address = ${from}`.execute(tx);
		const { rows } = await sql<{ id: string; address: string }>`
			select id, address from alert_reader where address in (${from}, ${to}) for update`.execute(tx);
		const former = rows.find(({ address }) => address === from)?.id;
		const other = rows.find(({ address }) => address === to)?.id;
		if (!former) return;
		if (!other) {
			await sql`update alert_reader set address = ${to} where id = ${former}`.execute(tx);
			return;
		}
		await sql`
			insert into alert_place (reader_id, place_id, seat_id, since)
			select ${other}, place_id, seat_id, since from alert_place where reader_id = ${former} order by since, place_id
			limit greatest(0, ${MOST_PLACES} - (select count(*) from alert_place where reader_id = ${other}))
			on conflict (reader_id, place_id) do nothing`.execute(tx);
		await sql`
			insert into alert_line (reader_id, position, kind, event_id, gathered_at, taken_at, sent_at)
			select ${other}, position, kind, event_id, gathered_at, taken_at, sent_at from alert_line where reader_id = ${former}
			on conflict do nothing`.execute(tx);
		await sql`delete from alert_reader where id = ${former}`.execute(tx);
	});
}

/** Erases readers without a place. */
export async function eraseIdle(tx: Tx): Promise<void> {
	await sql`
		delete from alert_reader r where not exists (select from alert_place where reader_id = r.id)`.execute(tx);
}

async function choose(
	{ address, placeId, language }: { address: string; placeId: string; language: Language },
	seat: string | null,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<Begun> {
	const now = world.clock.now();
	const made = await sql<{ id: string }>`
		insert into alert_reader (id, address, language, since) values (${world.random.uuid()}, ${address}, ${language}, ${now})
		on conflict (address) do update set language = excluded.language returning id`.execute(tx);
	const reader = made.rows[0]?.id ?? '';
	const { rows } = await sql<{ others: number }>`
		select count(*)::integer as others from alert_place where reader_id = ${reader} and place_id <> ${placeId}`.execute(
		tx,
	);
	if ((rows[0]?.others ?? 0) >= MOST_PLACES) return 'full';
	// What an address asked for itself outlives the seat.
	await sql`
		insert into alert_place (reader_id, place_id, seat_id, since) values (${reader}, ${placeId}, ${seat}, ${now})
		on conflict (reader_id, place_id) do update
			set seat_id = case when alert_place.seat_id is null then null else excluded.seat_id end`.execute(tx);
	await sql`delete from alert_request where address = ${address} and place_id = ${placeId}`.execute(tx);
	return { reader };
}
