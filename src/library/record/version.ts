import { COUNT, DAY, type Field, FLAG, INSTANT, oneOf, orNull, TEXT } from '#kernel/field.ts';
import { TEXT_LANGUAGES } from '../policy.ts';
import { FORMATS } from '../read/block.ts';
import type { VersionLine } from '../view.ts';

/** A version in a line. */
export const VERSION_FIELDS: readonly Field<VersionLine>[] = [
	{ name: 'id', schema: TEXT, meaning: 'version.id', of: (v) => v.id },
	{ name: 'address', schema: TEXT, meaning: 'version.address', heading: 'Address', of: (v) => v.address },
	{ name: 'day', schema: DAY, meaning: 'version.day', heading: 'Day', of: (v) => v.day },
	{ name: 'nth', schema: COUNT, meaning: 'version.nth', of: (v) => v.nth },
	{
		name: 'language',
		schema: oneOf(TEXT_LANGUAGES),
		meaning: 'version.language',
		heading: 'Language',
		of: (v) => v.language,
	},
	{ name: 'official', schema: FLAG, meaning: 'version.official', of: (v) => v.official },
	{ name: 'title', schema: TEXT, meaning: 'version.title', heading: 'Title', of: (v) => v.title },
	{ name: 'format', schema: oneOf(FORMATS), meaning: 'version.format', of: (v) => v.format },
	{ name: 'profile', schema: orNull(TEXT), meaning: 'version.profile', of: (v) => v.profile },
	{ name: 'source_name', schema: orNull(TEXT), meaning: 'version.source_name', of: (v) => v.source.name },
	{ name: 'source_address', schema: orNull(TEXT), meaning: 'version.source_address', of: (v) => v.source.address },
	{ name: 'source_retrieved', schema: orNull(DAY), meaning: 'version.source_retrieved', of: (v) => v.source.retrieved },
	{ name: 'source_published', schema: FLAG, meaning: 'version.source_published', of: (v) => v.source.published },
	{ name: 'added_at', schema: INSTANT, meaning: 'version.added_at', of: (v) => v.addedAt },
];
