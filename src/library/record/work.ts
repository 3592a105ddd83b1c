import { DAY, type Field, FLAG, oneOf, orNull, STATE_CODE, TEXT } from '#kernel/field.ts';
import { INSTRUMENTS, STANDINGS, TEXT_LANGUAGES } from '../policy.ts';
import type { WorkLine } from '../view.ts';

/** A policy in a line. */
export const WORK_FIELDS: readonly Field<WorkLine>[] = [
	{ name: 'id', schema: TEXT, meaning: 'work.id', of: (w) => w.id },
	{ name: 'address', schema: TEXT, meaning: 'work.address', heading: 'Address', of: (w) => w.address },
	{ name: 'title', schema: TEXT, meaning: 'work.title', heading: 'Title', of: (w) => w.title },
	{ name: 'number', schema: orNull(TEXT), meaning: 'work.number', heading: 'Number', of: (w) => w.number },
	{
		name: 'instrument',
		schema: oneOf(INSTRUMENTS),
		meaning: 'work.instrument',
		heading: 'Instrument',
		of: (w) => w.instrument,
	},
	{ name: 'form', schema: orNull(TEXT), meaning: 'work.form', of: (w) => w.form },
	{ name: 'place_id', schema: orNull(TEXT), meaning: 'work.place_id', of: (w) => w.place?.id ?? null },
	{ name: 'place', schema: orNull(TEXT), meaning: 'work.place', heading: 'Place', of: (w) => w.place?.name ?? null },
	{ name: 'state_code', schema: orNull(STATE_CODE), heading: 'State', of: (w) => w.place?.stateCode ?? null },
	{ name: 'language', schema: oneOf(TEXT_LANGUAGES), meaning: 'work.language', of: (w) => w.language },
	{ name: 'standing', schema: oneOf(STANDINGS), meaning: 'work.standing', heading: 'Standing', of: (w) => w.standing },
	{ name: 'standing_since', schema: orNull(DAY), meaning: 'work.standing_since', of: (w) => w.standingSince },
	{ name: 'sample', schema: FLAG, of: (w) => w.sample },
	{ name: 'withdrawn_on', schema: orNull(DAY), meaning: 'work.withdrawn_on', of: (w) => w.withdrawn?.day ?? null },
	{
		name: 'withdrawn_reason',
		schema: orNull(TEXT),
		meaning: 'work.withdrawn_reason',
		of: (w) => w.withdrawn?.reason ?? null,
	},
];
