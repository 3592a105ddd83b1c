import { DAY, type Field, FLAG, oneOf, orNull, TEXT } from '#kernel/field.ts';
import { STANDINGS } from '#library/policy.ts';
import type { Clause } from '../clause.ts';

/** A clause that has words of a passage. */
export interface Having {
	readonly clause: Clause;
	/** Share of the words of the passage that stand in it, in order; of its own words that stand in the passage. From 0 to 1. */
	readonly has: number;
	readonly ofItsOwn: number;
}

const SHARE = { type: 'number', minimum: 0, maximum: 1 };

/** A clause that has words of a passage, as it is given out. */
export const HAVING_FIELDS: readonly Field<Having>[] = [
	{ name: 'has', heading: 'has', align: 'right', schema: SHARE, of: ({ has }) => rounded(has) },
	{ name: 'of_its_own', schema: SHARE, of: ({ ofItsOwn }) => rounded(ofItsOwn) },
	{ name: 'place', heading: 'place', schema: orNull(TEXT), of: ({ clause }) => clause.work.place?.name ?? null },
	{ name: 'policy', heading: 'policy', schema: TEXT, of: ({ clause }) => clause.work.number ?? clause.work.title },
	{ name: 'cited', heading: 'cited', schema: orNull(TEXT), of: ({ clause }) => clause.cited },
	{ name: 'day', heading: 'day', schema: DAY, of: ({ clause }) => clause.day },
	{ name: 'standing', schema: oneOf(STANDINGS), of: ({ clause }) => clause.work.standing },
	{ name: 'address', heading: 'address', schema: TEXT, of: ({ clause }) => clause.address },
	{ name: 'sample', schema: FLAG, of: ({ clause }) => clause.work.sample },
];

function rounded(share: number): number {
	return Math.round(share * 10_000) / 10_000;
}
