import { COUNT, exactly, type Field, listOf, oneOf, orNull, TEXT } from '#kernel/field.ts';
import { type Amendment, PROVISION_KINDS, type Provision } from '../provision.ts';

const READING = exactly({ number: orNull(TEXT), heading: orNull(TEXT), text: TEXT });
const REDLINE = listOf(exactly({ op: oneOf(['same', 'added', 'removed']), text: TEXT }));

/** A provision; `parent` is the place of the one it lies in among the provisions of its text, from 0. */
export const PROVISION_FIELDS: readonly Field<Provision>[] = [
	{ name: 'e_id', schema: TEXT, meaning: 'provision.e_id', heading: 'eId', of: (p) => p.eId },
	{ name: 'kind', schema: oneOf(PROVISION_KINDS), meaning: 'provision.kind', heading: 'Kind', of: (p) => p.kind },
	{ name: 'parent', schema: orNull(COUNT), meaning: 'provision.parent', of: (p) => p.parent },
	{ name: 'number', schema: orNull(TEXT), meaning: 'provision.number', heading: 'Number', of: (p) => p.number },
	{ name: 'heading', schema: orNull(TEXT), meaning: 'provision.heading', heading: 'Heading', of: (p) => p.heading },
	{ name: 'text', schema: TEXT, meaning: 'provision.text', heading: 'Text', of: (p) => p.text },
	{ name: 'start', schema: COUNT, meaning: 'provision.start', of: (p) => p.start },
	{ name: 'end', schema: COUNT, meaning: 'provision.end', of: (p) => p.end },
	{
		name: 'state',
		schema: oneOf(['same', 'added', 'changed', 'removed']),
		meaning: 'provision.state',
		of: (p) => p.state,
	},
	{
		name: 'before',
		schema: orNull(READING),
		meaning: 'provision.before',
		of: ({ before }) => before && { number: before.number, heading: before.heading, text: before.text },
	},
	{
		name: 'redline',
		schema: orNull(REDLINE),
		meaning: 'provision.redline',
		of: ({ redline }) => redline?.map(({ op, text }) => ({ op, text })) ?? null,
	},
];

/** What a section of an amending act does to another text. */
export const AMENDMENT_FIELDS: readonly Field<Amendment>[] = [
	{ name: 'by', schema: TEXT, meaning: 'amendment.by', heading: 'By', of: (a) => a.by },
	{
		name: 'action',
		schema: oneOf(['amend', 'add', 'repeal', 'renumber']),
		meaning: 'amendment.action',
		heading: 'Does',
		of: (a) => a.action,
	},
	{ name: 'target', schema: TEXT, meaning: 'amendment.target', heading: 'To', of: (a) => a.target },
	{ name: 'quoted', schema: orNull(TEXT), meaning: 'amendment.quoted', of: (a) => a.quoted },
];
