import { DAY, type Field, INSTANT, oneOf, orNull, SHA256, STATE_CODE, TEXT, TEXTS } from '#kernel/field.ts';
import { STANDINGS } from '../agreement.ts';
import { MODELS } from '../model.ts';
import type { AgreementView } from '../reading.ts';

const LINK = orNull({ type: 'string', format: 'uri', pattern: '^https?://' });

export const AGREEMENT_FIELDS: readonly Field<AgreementView>[] = [
	{ name: 'id', schema: TEXT, meaning: 'agreement.id', of: (a) => a.id },
	{ name: 'former_ids', schema: TEXTS, of: (a) => a.formerIds },
	{ name: 'agency_id', schema: TEXT, of: (a) => a.agencyId },
	{ name: 'agency', schema: TEXT, meaning: 'agreement.agency', heading: 'Agency', of: (a) => a.agency },
	{ name: 'state', schema: TEXT, of: (a) => a.state },
	{ name: 'state_code', schema: STATE_CODE, heading: 'State', of: (a) => a.stateCode },
	{ name: 'county', schema: orNull(TEXT), of: (a) => a.county },
	{ name: 'model', schema: oneOf(MODELS), heading: 'Model', of: (a) => a.model },
	{ name: 'signed', schema: orNull(DAY), heading: 'Signing date', of: (a) => a.signed },
	{ name: 'first_listed', schema: INSTANT, heading: 'First listed', of: (a) => a.firstListed },
	{ name: 'last_listed', schema: INSTANT, heading: 'Last listed', of: (a) => a.lastListed },
	{
		name: 'standing',
		schema: oneOf(STANDINGS),
		meaning: 'agreement.standing',
		heading: 'Standing',
		of: (a) => a.standing,
	},
	{ name: 'moa', schema: LINK, of: (a) => a.moa },
	{ name: 'addendum', schema: LINK, of: (a) => a.addendum },
	{ name: 'file', schema: TEXT, meaning: 'agreement.file', of: (a) => a.file },
	{ name: 'sha256', schema: SHA256, meaning: 'agreement.sha256', of: (a) => a.sha256 },
	{ name: 'row', schema: { type: 'integer', minimum: 1 }, of: (a) => a.row },
];
