import { type Field, INSTANT, orNull, TEXT } from '#kernel/field.ts';
import type { WorkFact } from '../history.ts';
import { FACT_FIELDS } from './fact.ts';

/** A fact with the policy it is of. */
export const WORK_FACT_FIELDS: readonly Field<WorkFact>[] = [
	...FACT_FIELDS,
	{ name: 'work_id', schema: TEXT, meaning: 'fact.work_id', of: (f) => f.workId },
	{ name: 'address', schema: TEXT, meaning: 'work.address', heading: 'Policy', of: (f) => f.address },
	{ name: 'title', schema: TEXT, meaning: 'work.title', of: (f) => f.title },
	{ name: 'added_at', schema: INSTANT, meaning: 'fact.added_at', of: (f) => f.addedAt },
	{ name: 'withdrawn_at', schema: orNull(INSTANT), meaning: 'fact.withdrawn_at', of: (f) => f.withdrawnAt },
	{ name: 'withdrawn_reason', schema: orNull(TEXT), meaning: 'fact.withdrawn_reason', of: (f) => f.withdrawnReason },
];
