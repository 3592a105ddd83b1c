import { type Field, orNull, TEXT } from '#kernel/field.ts';
import { holderName, pageTitle } from '#library/named.ts';
import type { Clause } from '#reuse/clause.ts';

/** Words of another city at a provision of a draft, where they are other than the draft's. */
export interface ElsewhereView {
	readonly provision: string;
	readonly clause: Pick<Clause, 'address' | 'cited' | 'work'>;
	readonly heading: string | null;
	readonly text: string;
}

export const ELSEWHERE_FIELDS: readonly Field<ElsewhereView>[] = [
	{
		name: 'id',
		schema: TEXT,
		meaning: 'elsewhere.id',
		of: ({ provision, clause }) => `${provision}:${clause.address}`,
	},
	{
		name: 'provision',
		schema: TEXT,
		meaning: 'elsewhere.provision',
		heading: 'Provision',
		of: ({ provision }) => provision,
	},
	{
		name: 'city',
		schema: TEXT,
		meaning: 'elsewhere.city',
		heading: 'City',
		// Models, which have no place, are not among them.
		of: ({ clause }) => holderName(clause.work, ''),
	},
	{ name: 'title', schema: TEXT, meaning: 'elsewhere.title', of: ({ clause }) => pageTitle(clause.work) },
	{ name: 'cited', schema: orNull(TEXT), meaning: 'elsewhere.cited', of: ({ clause }) => clause.cited },
	{ name: 'heading', schema: orNull(TEXT), meaning: 'elsewhere.heading', of: ({ heading }) => heading },
	{ name: 'words', schema: TEXT, meaning: 'elsewhere.words', heading: 'Words', of: ({ text }) => text },
	{ name: 'from', schema: TEXT, meaning: 'elsewhere.from', heading: 'From', of: ({ clause }) => clause.address },
];
