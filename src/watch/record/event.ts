import { DAY, exactly, type Field, FLAG, INSTANT, oneOf, orNull, SHA256, STATE_CODE, TEXT } from '#kernel/field.ts';
import { EVENT_KINDS } from '../event.ts';
import { MODELS } from '../model.ts';
import type { EventView, Withdrawal } from '../reading.ts';

const EVIDENCE = {
	type: 'array',
	minItems: 1,
	items: exactly({
		file: TEXT,
		sha256: SHA256,
		row: { type: ['integer', 'null'], minimum: 1 },
		cells: { type: ['object', 'null'], additionalProperties: TEXT },
	}),
};

/** An event by the published contract; docs/watch/events.md explains each field. */
export const EVENT_FIELDS: readonly Field<EventView>[] = [
	{ name: 'id', schema: TEXT, meaning: 'event.id', of: (e) => e.id },
	{ name: 'kind', schema: oneOf(EVENT_KINDS), meaning: 'event.kind', heading: 'Event', of: (e) => e.kind },
	{ name: 'at', schema: INSTANT, heading: 'List of', of: (e) => e.at },
	{ name: 'list', schema: oneOf(['participating', 'pending']), of: (e) => e.list },
	{ name: 'state', schema: TEXT, of: (e) => e.state },
	{ name: 'state_code', schema: STATE_CODE, heading: 'State', of: (e) => e.stateCode },
	{ name: 'agency_id', schema: TEXT, of: (e) => e.agencyId },
	{ name: 'agency', schema: TEXT, meaning: 'event.agency', heading: 'Agency', of: (e) => e.agency },
	{ name: 'agency_before', schema: orNull(TEXT), of: (e) => e.agencyBefore },
	{ name: 'agreement_id', schema: orNull(TEXT), of: (e) => e.agreementId },
	{ name: 'model', schema: oneOf(MODELS), heading: 'Model', of: (e) => e.model },
	{ name: 'model_before', schema: orNull(oneOf(MODELS)), of: (e) => e.modelBefore },
	{ name: 'signed', schema: orNull(DAY), heading: 'Signing date', of: (e) => e.signed },
	{ name: 'signed_before', schema: orNull(DAY), of: (e) => e.signedBefore },
	{
		name: 'evidence',
		schema: EVIDENCE,
		of: (e) => e.evidence.map(({ file, sha256, row, cells }) => ({ file, sha256, row, cells })),
	},
	{ name: 'confidence', schema: oneOf(['certain', 'likely', 'arguable']), of: (e) => e.confidence },
	{ name: 'baseline', schema: FLAG, of: (e) => e.baseline },
	{ name: 'statement_en', schema: TEXT, of: (e) => e.statement.en },
	{ name: 'statement_es', schema: TEXT, of: (e) => e.statement.es },
	{ name: 'withdrawn_at', schema: orNull(INSTANT), of: (e) => e.withdrawnAt },
	{ name: 'replaced_by', schema: orNull(TEXT), of: (e) => e.replacedBy },
];

/** What a single event says of its withdrawal beside the contract. */
export const WITHDRAWAL_FIELDS: readonly Field<Withdrawal>[] = [
	{ name: 'withdrawn_because', schema: orNull(oneOf(['rules', 'overrule', 'lists'])), of: (w) => w.cause },
	{ name: 'withdrawn_reason', schema: orNull(TEXT), of: (w) => w.reason },
];
