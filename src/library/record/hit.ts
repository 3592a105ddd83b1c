import { DAY, type Field, FLAG, oneOf, orNull, STATE_CODE, TEXT } from '#kernel/field.ts';
import { INSTRUMENTS, STANDINGS, TEXT_LANGUAGES } from '../policy.ts';
import type { Hit } from '../search/found.ts';

/** A provision that a search found. */
export const HIT_FIELDS: readonly Field<Hit>[] = [
	{ name: 'address', schema: TEXT, meaning: 'hit.address', heading: 'Address', of: (h) => h.address },
	{ name: 'e_id', schema: TEXT, meaning: 'provision.e_id', of: (h) => h.eId },
	{ name: 'number', schema: orNull(TEXT), meaning: 'provision.number', heading: 'Number', of: (h) => h.number },
	{ name: 'heading', schema: orNull(TEXT), meaning: 'provision.heading', heading: 'Heading', of: (h) => h.heading },
	{
		name: 'snippet',
		schema: TEXT,
		meaning: 'hit.snippet',
		heading: 'Words',
		of: (h) => h.snippet.map(({ text }) => text).join(''),
	},
	{ name: 'work_id', schema: TEXT, meaning: 'work.id', of: (h) => h.work.id },
	{ name: 'work', schema: TEXT, meaning: 'work.title', heading: 'Policy', of: (h) => h.work.title },
	{ name: 'version', schema: TEXT, meaning: 'version.address', of: (h) => h.version.address },
	{ name: 'day', schema: DAY, meaning: 'version.day', of: (h) => h.version.day },
	{ name: 'language', schema: oneOf(TEXT_LANGUAGES), meaning: 'version.language', of: (h) => h.version.language },
	{ name: 'official', schema: FLAG, meaning: 'version.official', of: (h) => h.version.official },
	{ name: 'instrument', schema: oneOf(INSTRUMENTS), meaning: 'work.instrument', of: (h) => h.work.instrument },
	{ name: 'standing', schema: oneOf(STANDINGS), meaning: 'work.standing', of: (h) => h.work.standing },
	{ name: 'place', schema: orNull(TEXT), meaning: 'work.place', of: (h) => h.work.place?.name ?? null },
	{ name: 'state_code', schema: orNull(STATE_CODE), of: (h) => h.work.place?.stateCode ?? null },
	{ name: 'sample', schema: FLAG, of: (h) => h.work.sample },
];
