import { VISITOR } from '#access/actor.ts';
import type { LawRecord } from '#law/record.ts';
import { LAW_FIELDS } from '#law/record.ts';
import { lawRecord, lawRecords } from '#law/records.server.ts';
import { choice, STATE } from '../asked.ts';
import { batches } from '../batches.ts';
import { type Dataset, dataset } from '../dataset.server.ts';

/** What anybody may have of the record of law: what a named attorney reviewed, and what was withdrawn after that. */
export const LAW_DATASETS: readonly Dataset[] = [
	dataset({
		noun: 'law',
		name: 'records',
		fields: LAW_FIELDS,
		key: 'id',
		filters: { state: STATE, standing: choice(['reviewed', 'withdrawn'] as const) },
		views: async ({ state, standing }, after, batch, world) =>
			batches<LawRecord>(
				(from, limit) => lawRecords({ jurisdiction: state, state: standing, after: from }, limit, world),
				({ id }) => id,
				after,
				batch,
			),
		one: { fields: LAW_FIELDS, find: (id, world) => lawRecord(id, VISITOR, world) },
	}),
];
