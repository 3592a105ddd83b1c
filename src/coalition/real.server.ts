import { sql } from 'kysely';
import { SAMPLE_DOMAIN } from '#access/sample.ts';
import { dayAt } from '#kernel/day.ts';
import { append } from '#platform/journal.server.ts';
import type { Tx, World } from '#platform/world.ts';

/** Who put the rows of the sample coalition where they are. */
export const SAMPLE_AUTHOR = 'City Compact (SAMPLE)';
const NOUN = 'coalition';
const ENDED = 'sample_ended';

/** Whether a real list or policy is there, by tables that every role reads. Lists that were refused are none. */
export const REAL_DATA = sql<boolean>`(exists (select from watch_list where not sample and standing = 'read')
	or exists (select from library_work w where not w.sample and not exists (select from library_seed s where s.work_id = w.id)))`;

const SAMPLE_ADDRESS = sql`(email like ${`%@${SAMPLE_DOMAIN}`} or email like ${`%.${SAMPLE_DOMAIN}`})`;

/** Whether anything real came, ever: from then on there is no sample coalition. `tx` acts as `SYSTEM`. */
export async function isSampleOver(tx: Tx): Promise<boolean> {
	const { rows } = await sql<{ over: boolean }>`
		select ${REAL_DATA} or exists (select from journal where noun = ${NOUN} and kind = ${ENDED})
			or exists (select from coalition_seat where not sample)
			or exists (select from coalition_member where added_by <> ${SAMPLE_AUTHOR})
			or exists (select from interest where not ${SAMPLE_ADDRESS}) as over`.execute(tx);
	return rows[0]?.over ?? true;
}

/**
 * Ends the sample coalition for good, in the transaction that brings the first real seat, city or wish: its cities go, its
 * seats end, and an entry that only grows says so, in backups too. `tx` acts for the coalition, as in all of this file.
 */
export async function endSample({ clock }: Pick<World, 'clock'>, tx: Tx): Promise<void> {
	await takeSampleAway({ clock }, tx);
	const { rows } = await sql`select from journal where noun = ${NOUN} and kind = ${ENDED} limit 1`.execute(tx);
	if (rows.length > 0) return;
	await append([{ noun: NOUN, kind: ENDED, subject: 'sample', at: clock.now(), historic: true, room: 'members' }], tx);
}

/** Takes the rows of the sample coalition away, or ends what cannot be deleted: its sign-ins open nothing from then on. */
export async function takeSampleAway({ clock }: Pick<World, 'clock'>, tx: Tx): Promise<void> {
	const now = clock.now();
	// Where somebody real sits, the city stays.
	await sql`
		delete from coalition_member m where added_by = ${SAMPLE_AUTHOR}
			and not exists (select from coalition_seat s where s.member_id = m.id and not s.sample)`.execute(tx);
	await sql`
		update coalition_seat set ended_at = ${now}, ended_by = ${SAMPLE_AUTHOR},
			until_day = greatest(from_day, ${dayAt(now)}::date)
		where sample and ended_at is null`.execute(tx);
	await sql`delete from interest where ${SAMPLE_ADDRESS}`.execute(tx);
}
