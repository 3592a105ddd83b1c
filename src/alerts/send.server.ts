import { sql } from 'kysely';
import { addressIn, type Language } from '#i18n/language.ts';
import { dayAt } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import { TAKEN_MS } from './gather.server.ts';
import { type Chosen, type Notice, noticeLetter } from './letter.ts';
import { pathOf, type Site } from './link.server.ts';
import { MAILER } from './mailer.ts';
import { places } from './reader.server.ts';

/** What there is to say of these events now, oldest first; the watch knows. */
export type Telling = (events: readonly string[], tx: Tx) => Promise<readonly Notice[]>;

/**
 * Writes to one reader what waits for them, in one letter. Where the mail server does not take it, the lines wait for the
 * next gathering; a process that dies between sending and noting it writes once more rather than never.
 */
export async function send(
	reader: string,
	telling: Telling,
	site: Site,
	world: Pick<World, 'db' | 'clock' | 'mail'>,
): Promise<void> {
	const now = world.clock.now();
	const taken = await world.db.as(MAILER, (tx) => take(reader, telling, now, tx));
	if (!taken) return;
	const { address, language, events, withdrawn } = taken;
	if (events.length + withdrawn.length > 0) {
		const button = pathOf('yours', reader, site);
		const context = { places: taken.places, language, today: dayAt(now) };
		await world.mail.send({
			to: address,
			...noticeLetter({ events, withdrawn }, context, { origin: site.origin, button }),
			// One click in the mail program stops everything (RFC 8058); only its POST does.
			headers: {
				'List-Unsubscribe': `<${site.origin}${addressIn(language, button)}>`,
				'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
			},
		});
	}
	await world.db.as(MAILER, (tx) =>
		sql`
			update alert_line set sent_at = ${world.clock.now()}
			where reader_id = ${reader} and position = any(${taken.positions})`.execute(tx),
	);
}

interface Taken {
	readonly address: string;
	readonly language: Language;
	readonly places: readonly Chosen[];
	readonly positions: readonly number[];
	readonly events: readonly Notice[];
	readonly withdrawn: readonly Notice[];
}

/** Lines that no other job has taken; null where there are none, or no such reader. */
async function take(reader: string, telling: Telling, now: Date, tx: Tx): Promise<Taken | null> {
	const found = await sql<{ address: string; language: Language }>`
		select address, language from alert_reader where id = ${reader}`.execute(tx);
	const to = found.rows[0];
	if (!to) return null;
	const { rows } = await sql<{ position: number; kind: 'event' | 'event_withdrawn'; event: string; told: boolean }>`
		update alert_line l set taken_at = ${now}
		where reader_id = ${reader} and sent_at is null
			and (taken_at is null or taken_at < ${new Date(now.getTime() - TAKEN_MS)})
		returning position, kind, event_id as event, exists (
			select from alert_line t where t.reader_id = l.reader_id and t.event_id = l.event_id
				and t.kind = 'event' and t.sent_at is not null) as told`.execute(tx);
	if (rows.length === 0) return null;
	const notices = await telling([...new Set(rows.map(({ event }) => event))], tx);
	const of = (wanted: (row: (typeof rows)[number]) => boolean) => {
		const ids = new Set(rows.filter(wanted).map(({ event }) => event));
		return notices.filter(({ id }) => ids.has(id));
	};
	return {
		...to,
		places: await places(reader, tx),
		positions: rows.map(({ position }) => position),
		// An event that was withdrawn before anybody was told is not told at all.
		events: of(({ kind }) => kind === 'event').filter(({ withdrawn }) => withdrawn === null),
		withdrawn: of(({ kind, told }) => kind === 'event_withdrawn' && told).filter(({ withdrawn }) => withdrawn !== null),
	};
}
