import { sql } from 'kysely';
import type { Language } from '#i18n/language.ts';
import { hold } from '#platform/advisory.server.ts';
import type { World } from '#platform/world.ts';
import { type Chosen, proofLetter } from './letter.ts';
import { pathOf, type Site } from './link.server.ts';
import { MAILER } from './mailer.ts';
import { placesWhere } from './place.server.ts';

/** Somebody who is no reader yet. */
export interface Wish {
	/** As `readMailbox` gives it. */
	readonly address: string;
	/** OCD id. */
	readonly placeId: string;
	readonly language: Language;
}

/** How long the button of a proof may be pressed, in hours: mail is read the next morning. */
const HOURS_TO_PROVE = 24;
/** Proofs that one address is sent within that time: whoever types the address of somebody else cannot flood them. */
const MOST_FOR_ONE = 3;
/** Proofs of one hour to everybody together: nobody is counted by where they come from. */
const MOST_AN_HOUR = 120;
const HOUR = 3_600_000;

/**
 * Keeps a wish and asks for the letter that proves the address. What is answered, and what is done meanwhile, does not
 * depend on whether the address is known here. `busy` where very many came in during the last hour.
 */
export async function ask(
	wish: Wish,
	world: Pick<World, 'db' | 'clock' | 'random' | 'queue'>,
): Promise<'asked' | 'busy'> {
	const now = world.clock.now();
	return world.db.as(MAILER, async (tx) => {
		// Counting and keeping are one step.
		await hold('alerts.ask', tx);
		const { rows } = await sql<{ all: number; same: number }>`
			select count(*) filter (where asked_at > ${new Date(now.getTime() - HOUR)})::integer as all,
				count(*) filter (where address = ${wish.address} and asked_at > ${oldest(now)})::integer as same
			from alert_request`.execute(tx);
		const { all = 0, same = 0 } = rows[0] ?? {};
		if (all >= MOST_AN_HOUR) return 'busy';
		if (same >= MOST_FOR_ONE) return 'asked';
		const id = world.random.uuid();
		await tx
			.insertInto('alert_request')
			.values({
				id,
				owner_city: null,
				address: wish.address,
				place_id: wish.placeId,
				language: wish.language,
				asked_at: now,
			})
			.execute();
		await world.queue.add(tx, 'alerts.prove', { request: id });
		return 'asked';
	});
}

/** Mails the proof of a wish; nothing where it was erased meanwhile. */
export async function prove(id: string, site: Site, world: Pick<World, 'db' | 'clock' | 'mail'>): Promise<void> {
	const found = await world.db.as(MAILER, async (tx) => {
		const { rows } = await sql<{ address: string; language: Language; place_id: string }>`
			select address, language, place_id from alert_request
			where id = ${id} and asked_at > ${oldest(world.clock.now())}`.execute(tx);
		const wish = rows[0];
		const place = wish && (await placesWhere(sql`p.id = ${wish.place_id}`, tx))[0];
		return wish && place ? { ...wish, place } : null;
	});
	if (!found) return;
	const ways = { origin: site.origin, button: pathOf('begin', id, site) };
	await world.mail.send({ to: found.address, ...proofLetter(found.place, found.language, ways) });
}

/** The place that a proof is about; null where it was used, is too old, or was never sent. */
export async function askedFor(id: string, world: Pick<World, 'db' | 'clock'>): Promise<Chosen | null> {
	return world.db.as(MAILER, async (tx) => {
		const asked = sql`select place_id from alert_request where id = ${id} and asked_at > ${oldest(world.clock.now())}`;
		return (await placesWhere(sql`p.id = (${asked})`, tx))[0] ?? null;
	});
}

/** Wishes from before this moment count for nothing. */
export function oldest(now: Date): Date {
	return new Date(now.getTime() - HOURS_TO_PROVE * HOUR);
}
