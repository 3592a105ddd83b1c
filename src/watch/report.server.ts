import { sql } from 'kysely';
import { OPERATOR, SYSTEM } from '#access/actor.ts';
import { isoSecond } from '#kernel/day.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import { hold } from '#platform/advisory.server.ts';
import type { World } from '#platform/world.ts';
import type { Draft } from './report.ts';

/** A report as the coalition's own people read it. */
export interface Report {
	readonly id: string;
	readonly at: string;
	/** Path of the record. */
	readonly about: string;
	readonly message: string;
	readonly contact: string | null;
	readonly closedAt: string | null;
	readonly closedReason: string | null;
}

/** Reports of one hour, from everybody together: whoever sends them is not noted, so nobody can be counted alone. */
const MOST_AN_HOUR = 60;
const HOUR = 3_600_000;

/** Keeps a report where only the coalition's own people read it, unless very many came in during the last hour. */
export async function report(draft: Draft, world: Pick<World, 'db' | 'clock' | 'random'>): Promise<'kept' | 'busy'> {
	const at = world.clock.now();
	return world.db.as(SYSTEM, async (tx) => {
		// Counting and keeping are one step.
		await hold('watch.report', tx);
		const counted = await sql<{ count: number }>`
			select count(*)::integer as count from watch_report where at > ${new Date(at.getTime() - HOUR)}`.execute(tx);
		if ((counted.rows[0]?.count ?? 0) >= MOST_AN_HOUR) return 'busy';
		await tx
			.insertInto('watch_report')
			.values({ ...draft, id: world.random.uuid(), owner_city: null, room: 'city', at })
			.execute();
		return 'kept';
	});
}

/** Reports, oldest first: the open ones, or all. */
export async function reports(which: 'open' | 'all', world: Pick<World, 'db'>): Promise<Report[]> {
	const rows = await world.db.as(OPERATOR, (tx) => {
		const all = tx.selectFrom('watch_report').selectAll().orderBy('at').orderBy('id');
		return (which === 'all' ? all : all.where('closed_at', 'is', null)).execute();
	});
	return rows.map((row) => ({
		id: row.id,
		at: isoSecond(row.at),
		about: row.about,
		message: row.message,
		contact: row.contact,
		closedAt: row.closed_at && isoSecond(row.closed_at),
		closedReason: row.closed_reason,
	}));
}

/** Closes a report with what became of it; it stays on record. Throws `Invalid` without a reason, `NotFound` for none that is open. */
export async function closeReport(id: string, reason: string, world: Pick<World, 'db' | 'clock'>): Promise<void> {
	const closed_reason = reason.trim();
	if (closed_reason === '') throw new Invalid('Say in a sentence what became of the report.');
	const done = await world.db.as(OPERATOR, (tx) =>
		sql`
			update watch_report set closed_at = ${world.clock.now()}, closed_reason = ${closed_reason}
			where id::text = ${id} and closed_at is null`.execute(tx),
	);
	if (done.numAffectedRows !== 1n) {
		throw new NotFound(`No open report has the id ${id}. See \`citycompact watch reports\`.`);
	}
}
