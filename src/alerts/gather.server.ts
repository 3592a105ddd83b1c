import { sql } from 'kysely';
import { type Entry, entriesAfter } from '#platform/journal.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { oldest } from './ask.server.ts';
import { MAILER } from './mailer.ts';
import { eraseIdle } from './reader.server.ts';

/** Which of these events concern which of these places, by id; the watch knows. */
export type Concerning = (
	events: readonly string[],
	places: readonly string[],
	tx: Tx,
) => Promise<readonly { readonly event: string; readonly place: string }[]>;

/** Entries of the journal read in one transaction. */
const BATCH = 1_000;
const HOUR = 3_600_000;
/** What could not be sent for so long is no news any more. */
const STALE_MS = 7 * 24 * HOUR;
/** So long a withdrawal is told to whom the event was told; then nothing says any more who was told what. */
const REMEMBERED_MS = 90 * 24 * HOUR;
/** When to look again for entries that an older transaction, still open, holds up: most last no second. */
const WITHHELD_SECONDS = 5;
/** A job that took lines and did not send them within this time has died, or the mail server did not take the letter. */
export const TAKEN_MS = 15 * 60_000;

/**
 * Reads on in the journal, notes for each reader what concerns their places, and asks for the letters. Erases what nobody
 * needs any more. What is historic is nobody's news.
 */
export async function gather(concerning: Concerning, world: Pick<World, 'db' | 'clock' | 'queue'>): Promise<void> {
	while (await world.db.as(MAILER, (tx) => readOn(concerning, world.clock.now(), tx))) {
		// until the end of the journal
	}
	await world.db.as(MAILER, async (tx) => {
		if (await withheld(tx)) await world.queue.add(tx, 'alerts.gather', {}, 'alerts.gather', WITHHELD_SECONDS);
		await erase(world.clock.now(), tx);
		for (const reader of await waiting(world.clock.now(), tx))
			await world.queue.add(tx, 'alerts.send', { reader }, `alerts.send:${reader}`);
	});
}

/** Whether there may be more. */
async function readOn(concerning: Concerning, now: Date, tx: Tx): Promise<boolean> {
	// What the journal holds before the first reading is nobody's news.
	await sql`
		insert into alert_mark (position) select coalesce(max(position), 0) from journal on conflict do nothing`.execute(
		tx,
	);
	// One reader of the journal at a time, over all processes.
	const mark = await sql<{ position: number }>`select position from alert_mark for update`.execute(tx);
	const entries = await entriesAfter(mark.rows[0]?.position ?? 0, BATCH, tx);
	const last = entries.at(-1);
	if (!last) return false;
	const news = entries.filter((entry) => entry.noun === 'watch' && !entry.historic);
	await noteEvents(
		news.filter(({ kind }) => kind === 'event'),
		concerning,
		now,
		tx,
	);
	await noteWithdrawals(
		news.filter(({ kind }) => kind === 'event_withdrawn'),
		now,
		tx,
	);
	await sql`update alert_mark set position = ${last.position}`.execute(tx);
	return entries.length === BATCH;
}

/** Whether the journal holds entries that it does not hand out yet. */
async function withheld(tx: Tx): Promise<boolean> {
	const { rows } = await sql`
		select from journal where position > (select position from alert_mark) limit 1`.execute(tx);
	return rows.length > 0;
}

async function noteEvents(entries: readonly Entry[], concerning: Concerning, now: Date, tx: Tx): Promise<void> {
	if (entries.length === 0) return;
	const { rows } = await sql<{ id: string }>`select distinct place_id as id from alert_place`.execute(tx);
	if (rows.length === 0) return;
	const pairs = await concerning(
		entries.map(({ subject }) => subject),
		rows.map(({ id }) => id),
		tx,
	);
	await sql`
		insert into alert_line (reader_id, position, kind, event_id, gathered_at)
		select distinct p.reader_id, e.position, 'event', e.subject, ${now}::timestamptz
		from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e (position bigint, subject text)
		join jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as c (event text, place text) on c.event = e.subject
		join alert_place p on p.place_id = c.place
		on conflict do nothing`.execute(tx);
}

async function noteWithdrawals(entries: readonly Entry[], now: Date, tx: Tx): Promise<void> {
	if (entries.length === 0) return;
	await sql`
		insert into alert_line (reader_id, position, kind, event_id, gathered_at)
		select distinct l.reader_id, e.position, 'event_withdrawn', e.subject, ${now}::timestamptz
		from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e (position bigint, subject text)
		join alert_line l on l.event_id = e.subject and l.kind = 'event'
		on conflict do nothing`.execute(tx);
}

async function erase(now: Date, tx: Tx): Promise<void> {
	const before = (ms: number) => new Date(now.getTime() - ms);
	await sql`delete from alert_request where asked_at <= ${oldest(now)}`.execute(tx);
	await sql`
		delete from alert_place p using coalition_seat s where s.id = p.seat_id
			and (s.ended_at is not null or s.until_day < (${now}::timestamptz at time zone 'UTC')::date)`.execute(tx);
	await eraseIdle(tx);
	await sql`
		delete from alert_line where gathered_at < ${before(REMEMBERED_MS)}
			or (sent_at is null and gathered_at < ${before(STALE_MS)})`.execute(tx);
}

async function waiting(now: Date, tx: Tx): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		select distinct reader_id as id from alert_line
		where sent_at is null and (taken_at is null or taken_at < ${new Date(now.getTime() - TAKEN_MS)})`.execute(tx);
	return rows.map(({ id }) => id);
}
