import { DAY, type Field, FLAG, oneOf, orNull, TEXT } from '#kernel/field.ts';
import { STANDINGS } from '#library/policy.ts';
import type { Clause } from '../clause.ts';
import { rounded, SHARE } from './share.ts';

/** A clause that has words of a passage. */
export interface Having {
	readonly clause: Clause;
	/** Share of the words of the passage that stand in it, in order; of its own words that stand in the passage. From 0 to 1. */
	readonly has: number;
	readonly ofItsOwn: number;
}

/** A clause that has words of a passage, as it is given out. */
export const HAVING_FIELDS: readonly Field<Having>[] = [
	{ name: 'has', meaning: 'having.has', heading: 'has', align: 'right', schema: SHARE, of: ({ has }) => rounded(has) },
	{ name: 'of_its_own', meaning: 'having.of_its_own', schema: SHARE, of: ({ ofItsOwn }) => rounded(ofItsOwn) },
	{
		name: 'place',
		meaning: 'link.place',
		heading: 'place',
		schema: orNull(TEXT),
		of: ({ clause }) => clause.work.place?.name ?? null,
	},
	{
		name: 'policy',
		meaning: 'link.policy',
		heading: 'policy',
		schema: TEXT,
		of: ({ clause }) => clause.work.number ?? clause.work.title,
	},
	{ name: 'cited', meaning: 'kin.cited', heading: 'cited', schema: orNull(TEXT), of: ({ clause }) => clause.cited },
	{ name: 'day', meaning: 'link.day', heading: 'day', schema: DAY, of: ({ clause }) => clause.day },
	{ name: 'standing', meaning: 'link.standing', schema: oneOf(STANDINGS), of: ({ clause }) => clause.work.standing },
	{ name: 'address', meaning: 'kin.address', heading: 'address', schema: TEXT, of: ({ clause }) => clause.address },
	{ name: 'sample', meaning: 'kin.sample', schema: FLAG, of: ({ clause }) => clause.work.sample },
];
