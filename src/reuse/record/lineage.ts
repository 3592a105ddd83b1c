import { COUNT, DAY, type Field, FLAG, oneOf, orNull, TEXT } from '#kernel/field.ts';
import { INSTRUMENTS, RELATION_KINDS, STANDINGS } from '#library/policy.ts';
import type { LineageRow } from '../lineage-rows.ts';
import { SHARE } from './share.ts';

/** A clause of a lineage; docs/concordance/data.md explains each field. */
export const LINEAGE_FIELDS: readonly Field<LineageRow>[] = [
	{ name: 'address', schema: TEXT, meaning: 'kin.address', of: (r) => r.address },
	{ name: 'place', schema: orNull(TEXT), meaning: 'link.place', of: (r) => r.place },
	{ name: 'place_id', schema: orNull(TEXT), meaning: 'link.place_id', of: (r) => r.place_id },
	{ name: 'policy', schema: TEXT, meaning: 'link.policy', of: (r) => r.policy },
	{ name: 'instrument', schema: oneOf(INSTRUMENTS), meaning: 'work.instrument', of: (r) => r.instrument },
	{ name: 'cited', schema: orNull(TEXT), meaning: 'kin.cited', of: (r) => r.cited },
	{ name: 'day', schema: DAY, meaning: 'link.day', of: (r) => r.day },
	{ name: 'standing', schema: oneOf(STANDINGS), meaning: 'link.standing', of: (r) => r.standing },
	{ name: 'earlier', schema: orNull(TEXT), meaning: 'lineage.earlier', of: (r) => r.earlier },
	{ name: 'keeps', schema: orNull(SHARE), meaning: 'link.keeps', of: (r) => r.keeps },
	{ name: 'same_words', schema: orNull(COUNT), meaning: 'link.same_words', of: (r) => r.same_words },
	{ name: 'earlier_words', schema: orNull(COUNT), meaning: 'link.earlier_words', of: (r) => r.earlier_words },
	{ name: 'own_series', schema: orNull(FLAG), meaning: 'link.own_series', of: (r) => r.own_series },
	{
		name: 'basis',
		schema: orNull(oneOf(['inferred', ...RELATION_KINDS])),
		meaning: 'link.basis',
		of: (r) => r.basis,
	},
	{ name: 'source', schema: orNull(TEXT), meaning: 'link.source', of: (r) => r.source },
	{ name: 'sample', schema: FLAG, meaning: 'link.sample', of: (r) => r.sample },
];

export const LINEAGE_COLUMNS: readonly string[] = LINEAGE_FIELDS.map(({ name }) => name);
