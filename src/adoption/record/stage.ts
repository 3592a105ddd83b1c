import { DAY, type Field, FLAG, oneOf, orNull, TEXT } from '#kernel/field.ts';
import type { Standing } from '../way/stage.ts';

export const STAGE_FIELDS: readonly Field<Standing>[] = [
	{ name: 'stage', schema: TEXT, meaning: 'stage.stage', heading: 'Stage', of: ({ stage }) => stage.key },
	{ name: 'name', schema: orNull(TEXT), meaning: 'stage.name', heading: 'Name', of: ({ stage }) => stage.name },
	{ name: 'due', schema: orNull(DAY), meaning: 'stage.due', heading: 'Due', of: ({ stage }) => stage.due },
	{ name: 'done', schema: orNull(DAY), meaning: 'stage.done', heading: 'Done', of: ({ stage }) => stage.done },
	{
		name: 'standing',
		schema: oneOf(['done', 'passed', 'now', 'ahead', 'overdue']),
		meaning: 'stage.standing',
		heading: 'Stands',
		of: ({ state }) => state,
	},
	{
		name: 'days_left',
		schema: orNull({ type: 'integer' }),
		meaning: 'stage.days_left',
		heading: 'Days left',
		align: 'right',
		of: ({ left }) => left,
	},
	{ name: 'who', schema: orNull(TEXT), meaning: 'stage.who', heading: 'Who', of: ({ stage }) => stage.who },
	{ name: 'note', schema: orNull(TEXT), meaning: 'stage.note', of: ({ stage }) => stage.note },
	{ name: 'needed', schema: FLAG, meaning: 'stage.needed', of: ({ stage }) => stage.needed },
];
