import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { WorkLine } from '#library/view.ts';
import type { Tx } from '#platform/world.ts';
import { policiesOf } from '#reuse/clauses.server.ts';
import { kinOf } from '#reuse/kin.server.ts';
import { likeness } from '#reuse/kin.ts';
import type { State } from './draft.ts';

/** A policy of another city that has to do with what a draft was copied from. */
export interface Sibling {
	readonly work: WorkLine;
	/** Title of what both were made from or have words of. */
	readonly of: string;
	/** Whether its city says so; else it has the words, and nobody says from where. */
	readonly told: boolean;
}

/** As many as anybody looks through; the search has the others. */
const MOST = 20;

/**
 * Policies of other cities on the shelf that were made from what a draft was copied from, as their cities say, and after them
 * those that have its words, the likest first. Only what the actor of the transaction may read.
 */
export async function siblingsOf({ draft, sources }: State, day: Day, tx: Tx): Promise<readonly Sibling[]> {
	const found = new Map<string, Omit<Sibling, 'work'>>();
	const own = new Set(sources.map(({ workId }) => workId));
	for (const { workId, title } of sources) {
		// Also what comes from the model that the source itself comes from.
		const { rows } = await sql<{ id: string; title: string }>`
			with roots as (
				select ${workId}::uuid as id, ${title} as title
				union
				select w.id, w.title from library_relation r join library_work w on w.id = r.other_id
				where r.work_id = ${workId} and r.kind = 'modelled_on' and r.withdrawn_at is null
			)
			select r.work_id as id, roots.title from roots join library_relation r on r.other_id = roots.id
			where r.kind = 'modelled_on' and r.withdrawn_at is null order by r.at, r.work_id`.execute(tx);
		for (const { id, title } of rows) if (!found.has(id)) found.set(id, { of: title, told: true });
	}
	for (const { workId, expressionId, title } of sources) {
		const kin = await kinOf(workId, expressionId, '', tx, draft.sample);
		for (const one of kin.toSorted((a, b) => likeness(b) - likeness(a)))
			if (!found.has(one.workId)) found.set(one.workId, { of: title, told: false });
	}
	const works = await policiesOf([...found.keys()], day, tx);
	return [...found]
		.flatMap(([id, rest]) => {
			const work = works.get(id);
			// What is invented is shown to what is invented alone.
			return work?.place && (draft.sample || !work.sample) && work.place.id !== draft.city && !own.has(id)
				? [{ work, ...rest }]
				: [];
		})
		.slice(0, MOST);
}
