import { COUNT, type Field, INSTANT, orNull, SHA256, STATE_CODE } from '#kernel/field.ts';
import type { SeriesPoint } from '../reading.ts';

/** Listed agreements on one list. */
export const SERIES_FIELDS: readonly Field<SeriesPoint>[] = [
	{ name: 'sha256', schema: SHA256, of: (p) => p.sha256 },
	{ name: 'at', schema: INSTANT, meaning: 'series.at', heading: 'List of', of: (p) => p.at },
	{
		name: 'state_code',
		schema: orNull(STATE_CODE),
		meaning: 'series.state_code',
		heading: 'State',
		of: (p) => p.stateCode,
	},
	{ name: 'agreements', schema: COUNT, heading: 'Agreements', align: 'right', of: (p) => p.agreements },
	{ name: 'tfm', schema: COUNT, heading: 'TFM', align: 'right', of: (p) => p.byModel.TFM },
	{ name: 'jem', schema: COUNT, heading: 'JEM', align: 'right', of: (p) => p.byModel.JEM },
	{ name: 'wso', schema: COUNT, heading: 'WSO', align: 'right', of: (p) => p.byModel.WSO },
	{ name: 'agencies', schema: COUNT, heading: 'Agencies', align: 'right', of: (p) => p.agencies },
	{ name: 'states', schema: COUNT, heading: 'States', align: 'right', of: (p) => p.states },
];
