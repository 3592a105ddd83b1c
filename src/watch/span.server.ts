import { sql } from 'kysely';
import { isoSecond } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import type { Span } from './views.ts';

/** The days that pages speak of; null where no participating list was ever read. */
export async function span(tx: Tx): Promise<Span | null> {
	const found = await sql<Record<'first' | 'latest' | 'pending_first' | 'pending_latest', Date | null>>`
		select min(modified) filter (where kind = 'participating') as first,
			max(modified) filter (where kind = 'participating') as latest,
			min(modified) filter (where kind = 'pending') as pending_first,
			max(modified) filter (where kind = 'pending') as pending_latest
		from watch_figure`.execute(tx);
	const row = found.rows[0];
	if (!row?.first || !row.latest) return null;
	return {
		from: isoSecond(row.first),
		asOf: isoSecond(row.latest),
		pendingFrom: row.pending_first && isoSecond(row.pending_first),
		pendingAsOf: row.pending_latest && isoSecond(row.pending_latest),
	};
}
