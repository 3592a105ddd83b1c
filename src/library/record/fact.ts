import { DAY, type Field, oneOf, orNull, TEXT } from '#kernel/field.ts';
import { FACT_KINDS, type Fact, RELATION_KINDS } from '../policy.ts';
import type { RelationLine } from '../view.ts';

/** A dated fact of a policy. */
export const FACT_FIELDS: readonly Field<Fact>[] = [
	{ name: 'id', schema: TEXT, meaning: 'fact.id', of: (f) => f.id },
	{ name: 'kind', schema: oneOf(FACT_KINDS), meaning: 'fact.kind', heading: 'Fact', of: (f) => f.kind },
	{ name: 'day', schema: DAY, meaning: 'fact.day', heading: 'Day', of: (f) => f.day },
	{ name: 'source', schema: TEXT, meaning: 'fact.source', heading: 'Source', of: (f) => f.source },
	{ name: 'source_address', schema: orNull(TEXT), meaning: 'fact.source_address', of: (f) => f.sourceAddress },
	{ name: 'note', schema: orNull(TEXT), meaning: 'fact.note', of: (f) => f.note },
];

/** How a policy stands to another. */
export const RELATION_FIELDS: readonly Field<RelationLine>[] = [
	{ name: 'kind', schema: oneOf(RELATION_KINDS), meaning: 'relation.kind', heading: 'Relation', of: (r) => r.kind },
	{ name: 'direction', schema: oneOf(['from', 'to']), meaning: 'relation.direction', of: (r) => r.direction },
	{ name: 'address', schema: orNull(TEXT), meaning: 'relation.address', of: (r) => r.address },
	{ name: 'other', schema: TEXT, meaning: 'relation.other', heading: 'Other', of: (r) => r.other },
	{ name: 'source', schema: TEXT, meaning: 'relation.source', heading: 'Source', of: (r) => r.source },
	{ name: 'source_address', schema: orNull(TEXT), meaning: 'relation.source_address', of: (r) => r.sourceAddress },
];
