import { COUNT, type Field, FLAG, INSTANT, oneOf, orNull, SHA256, TEXT } from '#kernel/field.ts';
import type { ListView } from '../reading.ts';

export const LIST_STANDINGS = ['read', 'refused', 'quarantined'] as const;

export const LIST_FIELDS: readonly Field<ListView>[] = [
	{ name: 'sha256', schema: SHA256, of: (l) => l.sha256 },
	{ name: 'modified', schema: orNull(INSTANT), heading: 'Dated', of: (l) => l.modified },
	{
		name: 'kind',
		schema: orNull(oneOf(['participating', 'pending'])),
		meaning: 'list.kind',
		heading: 'List',
		of: (l) => l.kind,
	},
	{ name: 'rows', schema: COUNT, heading: 'Rows', align: 'right', of: (l) => l.rows },
	{ name: 'problems', schema: COUNT, heading: 'Problems', align: 'right', of: (l) => l.problems },
	{
		name: 'standing',
		schema: oneOf(LIST_STANDINGS),
		meaning: 'list.standing',
		heading: 'Standing',
		of: (l) => l.standing,
	},
	{ name: 'reason', schema: orNull(TEXT), heading: 'Reason', of: (l) => l.reason },
	{ name: 'detail', schema: orNull(TEXT), of: (l) => l.detail },
	{ name: 'file', schema: TEXT, meaning: 'list.file', heading: 'File', of: (l) => l.file },
	{ name: 'added_at', schema: INSTANT, of: (l) => l.addedAt },
	{ name: 'sample', schema: FLAG, of: (l) => l.sample },
];
