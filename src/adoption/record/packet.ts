import { DAY, type Field, listOf, oneOf, orNull, TEXT } from '#kernel/field.ts';
import { BLOCK_FIELDS } from '../packet/field.ts';
import { PACKET_LOOKS, type Said } from '../packet/packet.ts';

/** What the clerk says for the packet of a draft: what is read is what can be sent back. */
export const PACKET_FIELDS: readonly Field<Said>[] = [
	{ name: 'title', schema: TEXT, meaning: 'packet.title', of: ({ title }) => title },
	{ name: 'number', schema: TEXT, meaning: 'packet.number', of: ({ number }) => number },
	{ name: 'day', schema: orNull(DAY), meaning: 'packet.day', of: ({ day }) => day },
	{ name: 'sponsor', schema: TEXT, meaning: 'packet.sponsor', of: ({ sponsor }) => sponsor },
	{ name: 'summary', schema: TEXT, meaning: 'packet.summary', of: ({ summary }) => summary },
	{ name: 'fiscal', schema: TEXT, meaning: 'packet.fiscal', of: ({ fiscal }) => fiscal },
	{ name: 'look', schema: oneOf(PACKET_LOOKS), meaning: 'packet.look', of: ({ look }) => look },
	{ name: 'parts', schema: listOf(oneOf(BLOCK_FIELDS)), meaning: 'packet.parts', of: ({ parts }) => parts },
];
