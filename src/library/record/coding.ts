import { COUNT, DAY, type Field, INSTANT, oneOf, orNull, TEXT } from '#kernel/field.ts';
import { CODING_STATES, type Coding, POLARITIES, STRENGTHS } from '../protection.ts';
import { protectionOf } from '../taxonomy/taxonomy.ts';

/** A coding as the API and the command line give it out; docs/library/protections.md explains each field. */
export const CODING_FIELDS: readonly Field<Coding>[] = [
	{ name: 'id', schema: TEXT, meaning: 'coding.id', heading: 'Id', of: (c) => c.id },
	{ name: 'state', schema: oneOf(CODING_STATES), meaning: 'coding.state', heading: 'State', of: (c) => c.state },
	{ name: 'code', schema: TEXT, meaning: 'coding.code', heading: 'Code', of: (c) => c.code },
	{ name: 'short', schema: orNull(TEXT), meaning: 'coding.short', of: (c) => protectionOf(c.code)?.short ?? null },
	{ name: 'taxonomy', schema: TEXT, meaning: 'coding.taxonomy', of: (c) => c.taxonomy },
	{ name: 'polarity', schema: oneOf(POLARITIES), meaning: 'coding.polarity', heading: 'Does', of: (c) => c.polarity },
	{
		name: 'strength',
		schema: oneOf(STRENGTHS),
		meaning: 'coding.strength',
		heading: 'Strength',
		of: (c) => c.strength,
	},
	{ name: 'address', schema: TEXT, meaning: 'coding.address', heading: 'Provision', of: (c) => c.address },
	{ name: 'work_id', schema: TEXT, meaning: 'coding.work_id', of: (c) => c.workId },
	{ name: 'version_id', schema: TEXT, meaning: 'coding.version_id', of: (c) => c.expressionId },
	{ name: 'title', schema: TEXT, meaning: 'coding.title', of: (c) => c.title },
	{ name: 'day', schema: DAY, meaning: 'coding.day', of: (c) => c.day },
	{ name: 'e_id', schema: TEXT, meaning: 'coding.e_id', of: (c) => c.eId },
	{ name: 'words', schema: TEXT, meaning: 'coding.words', heading: 'Words', of: (c) => c.words },
	{ name: 'start', schema: COUNT, meaning: 'coding.start', of: (c) => c.start },
	{ name: 'end', schema: COUNT, meaning: 'coding.end', of: (c) => c.end },
	{ name: 'note', schema: orNull(TEXT), meaning: 'coding.note', of: (c) => c.note },
	{ name: 'author', schema: TEXT, meaning: 'coding.author', heading: 'By', of: (c) => c.author },
	{ name: 'proposed_at', schema: INSTANT, meaning: 'coding.proposed_at', of: (c) => c.at },
	{ name: 'confirmed_by', schema: orNull(TEXT), meaning: 'coding.confirmed_by', of: (c) => c.confirmedBy },
	{ name: 'confirmed_at', schema: orNull(INSTANT), meaning: 'coding.confirmed_at', of: (c) => c.confirmedAt },
	{ name: 'withdrawn_by', schema: orNull(TEXT), meaning: 'coding.withdrawn_by', of: (c) => c.withdrawnBy },
	{ name: 'withdrawn_at', schema: orNull(INSTANT), meaning: 'coding.withdrawn_at', of: (c) => c.withdrawnAt },
	{ name: 'withdrawn_reason', schema: orNull(TEXT), meaning: 'coding.withdrawn_reason', of: (c) => c.withdrawnReason },
];
