import { COUNT, DAY, type Field, FLAG, oneOf, orNull, TEXT } from '#kernel/field.ts';
import { INSTRUMENTS, RELATION_KINDS, STANDINGS } from '#library/policy.ts';
import { ofOnePlace } from '../kin.ts';
import type { Linked, LinkedClause } from '../linked.ts';
import { rounded, SHARE } from './share.ts';

/** A clause that has words of another policy, as graphs hold it. */
export const CLAUSE_FIELDS: readonly Field<LinkedClause>[] = [
	{ name: 'address', schema: TEXT, of: ({ address }) => address },
	{ name: 'place', schema: orNull(TEXT), of: ({ work }) => work.place?.name ?? null },
	{ name: 'place_id', schema: orNull(TEXT), of: ({ work }) => work.place?.id ?? null },
	{ name: 'policy', schema: TEXT, of: ({ work }) => work.number ?? work.title },
	{ name: 'instrument', schema: oneOf(INSTRUMENTS), of: ({ work }) => work.instrument },
	{ name: 'day', schema: DAY, of: ({ day }) => day },
	{ name: 'standing', schema: oneOf(STANDINGS), of: ({ work }) => work.standing },
	{ name: 'sample', schema: FLAG, of: ({ work }) => work.sample },
];

/** That words of a clause stand in one of another policy; docs/concordance/data.md explains each field. */
export const LINK_FIELDS: readonly Field<Linked>[] = [
	{ name: 'id', schema: TEXT, meaning: 'link.id', of: ({ id }) => id },
	...end('earlier', ({ from }) => from),
	...end('later', ({ to }) => to),
	{ name: 'keeps', schema: SHARE, meaning: 'link.keeps', of: ({ same, fromTerms }) => rounded(same / fromTerms) },
	{ name: 'same_words', schema: COUNT, meaning: 'link.same_words', of: ({ same }) => same },
	{ name: 'earlier_words', schema: COUNT, meaning: 'link.earlier_words', of: ({ fromTerms }) => fromTerms },
	{ name: 'later_words', schema: COUNT, meaning: 'link.later_words', of: ({ toTerms }) => toTerms },
	{
		name: 'own_series',
		schema: FLAG,
		meaning: 'link.own_series',
		of: ({ from, to }) => ofOnePlace(from.work.place?.id, to.work.place?.id),
	},
	{
		name: 'basis',
		schema: oneOf(['inferred', 'same_day', ...RELATION_KINDS]),
		meaning: 'link.basis',
		of: ({ basis }) => basis,
	},
	{ name: 'source', schema: orNull(TEXT), meaning: 'link.source', of: ({ source }) => source },
	{ name: 'sample', schema: FLAG, meaning: 'link.sample', of: ({ from, to }) => from.work.sample || to.work.sample },
];

/** What is told of each end, under names of its own. */
function end(name: 'earlier' | 'later', of: (link: Linked) => LinkedClause): Field<Linked>[] {
	return [
		{ name, schema: TEXT, meaning: `link.${name}`, of: (link) => of(link).address },
		{
			name: `${name}_place`,
			schema: orNull(TEXT),
			meaning: 'link.place',
			of: (link) => of(link).work.place?.name ?? null,
		},
		{
			name: `${name}_place_id`,
			schema: orNull(TEXT),
			meaning: 'link.place_id',
			of: (link) => of(link).work.place?.id ?? null,
		},
		{
			name: `${name}_policy`,
			schema: TEXT,
			meaning: 'link.policy',
			of: (link) => of(link).work.number ?? of(link).work.title,
		},
		{ name: `${name}_day`, schema: DAY, meaning: 'link.day', of: (link) => of(link).day },
		{
			name: `${name}_standing`,
			schema: oneOf(STANDINGS),
			meaning: 'link.standing',
			of: (link) => of(link).work.standing,
		},
	];
}
