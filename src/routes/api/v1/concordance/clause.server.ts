import { VISITOR } from '#access/actor.ts';
import { dayAt } from '#kernel/day.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import type { Work } from '#library/view.ts';
import type { Tx, World } from '#platform/world.ts';
import type { ClauseKey } from '#reuse/clause.ts';
import { around } from '#reuse/kin.server.ts';
import { type LineageRow, lineageRows } from '#reuse/lineage-rows.ts';
import { toldOf } from '#reuse/told.server.ts';
import { meant } from '../../../library/readable.server.ts';

/** Addresses that policies and provisions had before, one after the other. */
const MOST_HOPS = 3;

/** The clause at a path below /library, as anybody may read it; of a policy its newest version. Throws `Invalid` where there is none. */
export async function clauseAt(
	path: string,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<{ readonly key: ClauseKey; readonly work: Work; readonly address: string }> {
	let at = path;
	for (let hops = 0; hops < MOST_HOPS; hops++) {
		const found = await meant(at, { world, language: 'en' }, tx).catch((cause) => {
			if (cause instanceof NotFound) return null;
			throw cause;
		});
		if (found && 'moved' in found) {
			at = found.moved;
			continue;
		}
		if (!found || !('line' in found)) break;
		const { work, line, eId } = found;
		const key = { workId: work.id, expressionId: line.id, eId: eId ?? '' };
		return { key, work, address: eId === null ? line.address : `${line.address}/${eId}` };
	}
	throw new Invalid(
		`There is no policy, version or provision at ${path.slice(0, 100)}. Take paths from library/works.json.`,
	);
}

/** The lineage of the clause at a path. @param library what stands before the paths in it */
export async function lineageAt(
	path: string,
	library: string,
	world: Pick<World, 'db' | 'clock'>,
): Promise<readonly LineageRow[]> {
	return world.db.as(VISITOR, async (tx) => {
		const { key } = await clauseAt(path, world, tx);
		const { clauses } = await around(key, tx);
		const { told, documented } = await toldOf(clauses, dayAt(world.clock.now()), 'en', tx);
		return lineageRows(told, documented, library);
	});
}
