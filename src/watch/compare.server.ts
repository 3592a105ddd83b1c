import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { NotFound } from '#kernel/error.ts';
import type { World } from '#platform/world.ts';
import { type Comparison, compare } from './comparison.ts';
import { eventsWhere } from './events.server.ts';
import { readings } from './files.server.ts';
import { foldName } from './identity/name.ts';
import { stateOf } from './identity/state.ts';
import type { List, Row } from './list.ts';
import type { EventView } from './reading.ts';

/** Two lists of one kind beside each other, the older first, and what the ledger says happened between them. */
export interface Compared {
	readonly outcome: 'compared';
	readonly before: List;
	readonly after: List;
	readonly comparison: Comparison;
	/** Standing events dated to lists after the first, up to the second; newest first, at most `most`. */
	readonly events: readonly EventView[];
	readonly total: number;
}

/** Compares two lists by SHA-256, whichever is older. Throws `NotFound` for one that was not read here. */
export async function compareLists(
	hashes: readonly [string, string],
	most: number,
	world: Pick<World, 'db'>,
): Promise<Compared | { readonly outcome: 'two_kinds' }> {
	const read = await readings(hashes, world);
	const [one, other] = hashes.map((sha256) => read.get(sha256));
	if (!one || !other) throw new NotFound('One of these lists was not read here. Choose both from the list of files.');
	if (one.kind !== other.kind) return { outcome: 'two_kinds' };
	const [before, after] = one.modified <= other.modified ? [one, other] : [other, one];
	const agencyOf = await agencyFinder(world);
	const comparison = compare(before.rows, after.rows, agencyOf);
	return { outcome: 'compared', before, after, comparison, ...(await eventsBetween(before, after, most, world)) };
}

async function eventsBetween(before: List, after: List, most: number, world: Pick<World, 'db'>) {
	const between = sql`e.withdrawn_at is null and not e.baseline and e.list = ${before.kind}
		and e.at > ${before.modified}::timestamptz and e.at <= ${after.modified}::timestamptz`;
	return world.db.as(VISITOR, async (tx) => {
		const counted = await sql<{ total: number }>`
			select count(*)::integer as total from watch_event e where ${between}`.execute(tx);
		return { events: await eventsWhere(between, most, tx), total: counted.rows[0]?.total ?? 0 };
	});
}

/** The agency of a row as the ledger knows it under all its spellings; a name it does not know stands for itself. */
async function agencyFinder(world: Pick<World, 'db'>): Promise<(row: Row) => string> {
	const agencies = await world.db.as(VISITOR, (tx) =>
		tx.selectFrom('watch_agency').select(['id', 'state', 'names']).execute(),
	);
	const known = new Map<string, string>(
		agencies.flatMap(({ id, state, names }) => names.map((name) => [`${state} ${foldName(name)}`, id] as const)),
	);
	return (row) => {
		const key = `${stateOf(row.state).name} ${foldName(row.agency)}`;
		return known.get(key) ?? key;
	};
}
