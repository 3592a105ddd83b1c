import { COUNT, DAY, type Field, FLAG, oneOf, orNull, TEXT } from '#kernel/field.ts';
import { INSTRUMENTS, STANDINGS } from '#library/policy.ts';
import type { Clause } from '../clause.ts';
import { type Kin, likeness, ofOnePlace } from '../kin.ts';
import { rounded, SHARE } from './share.ts';

/** A clause of another policy that has words of one that was asked for. */
export interface KinRecord {
	readonly kin: Kin;
	readonly clause: Clause;
	/** The one that was asked for: path below /library, and whose it is. */
	readonly of: string;
	readonly ofPlace: string | null;
}

/** One as it is given out; docs/concordance/data.md explains each field. */
export const KIN_FIELDS: readonly Field<KinRecord>[] = [
	{ name: 'address', schema: TEXT, meaning: 'kin.address', of: ({ clause }) => clause.address },
	{ name: 'place', schema: orNull(TEXT), meaning: 'link.place', of: ({ clause }) => clause.work.place?.name ?? null },
	{ name: 'place_id', schema: orNull(TEXT), meaning: 'link.place_id', of: ({ kin }) => kin.placeId },
	{ name: 'policy', schema: TEXT, meaning: 'link.policy', of: ({ clause }) => clause.work.number ?? clause.work.title },
	{
		name: 'instrument',
		schema: oneOf(INSTRUMENTS),
		meaning: 'work.instrument',
		of: ({ clause }) => clause.work.instrument,
	},
	{ name: 'cited', schema: orNull(TEXT), meaning: 'kin.cited', of: ({ clause }) => clause.cited },
	{ name: 'day', schema: DAY, meaning: 'link.day', of: ({ kin }) => kin.day },
	{ name: 'standing', schema: oneOf(STANDINGS), meaning: 'link.standing', of: ({ clause }) => clause.work.standing },
	{ name: 'of', schema: TEXT, meaning: 'kin.of', of: ({ of }) => of },
	{ name: 'same_words', schema: COUNT, meaning: 'link.same_words', of: ({ kin }) => kin.same },
	{ name: 'words', schema: COUNT, meaning: 'kin.words', of: ({ kin }) => kin.otherTerms },
	{ name: 'of_words', schema: COUNT, meaning: 'kin.of_words', of: ({ kin }) => kin.terms },
	{ name: 'likeness', schema: SHARE, meaning: 'kin.likeness', of: ({ kin }) => rounded(likeness(kin)) },
	{
		name: 'own_series',
		schema: FLAG,
		meaning: 'link.own_series',
		of: ({ kin, ofPlace }) => ofOnePlace(kin.placeId, ofPlace),
	},
	{ name: 'sample', schema: FLAG, meaning: 'kin.sample', of: ({ clause }) => clause.work.sample },
];
