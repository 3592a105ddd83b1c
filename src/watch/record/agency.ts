import { DAY, type Field, INSTANT, oneOf, orNull, STATE_CODE, TEXT, TEXTS } from '#kernel/field.ts';
import { AGENCY_KINDS } from '../agency.ts';
import { MODELS } from '../model.ts';
import type { AgencyRecordView } from '../reading.ts';

const SEVERAL_MODELS = { type: 'array', items: oneOf(MODELS), uniqueItems: true };

export const AGENCY_FIELDS: readonly Field<AgencyRecordView>[] = [
	{ name: 'id', schema: TEXT, meaning: 'agency_id', of: (a) => a.id },
	{ name: 'former_ids', schema: TEXTS, of: (a) => a.formerIds },
	{ name: 'name', schema: TEXT, heading: 'Agency', of: (a) => a.name },
	{ name: 'names', schema: TEXTS, of: (a) => a.names },
	{ name: 'state', schema: TEXT, of: (a) => a.state },
	{ name: 'state_code', schema: STATE_CODE, heading: 'State', of: (a) => a.stateCode },
	{ name: 'county', schema: orNull(TEXT), heading: 'County', of: (a) => a.county },
	{ name: 'kind', schema: oneOf(AGENCY_KINDS), meaning: 'agency.kind', heading: 'Kind', of: (a) => a.kind },
	{
		name: 'models',
		schema: SEVERAL_MODELS,
		heading: 'Listed with',
		of: (a) => [...new Set(a.models.map((m) => m.model))],
	},
	{ name: 'applications', schema: SEVERAL_MODELS, heading: 'Applied for', of: (a) => a.applications },
	{ name: 'first_signed', schema: orNull(DAY), heading: 'First signing date', of: (a) => a.firstSigned },
	{ name: 'last_change', schema: INSTANT, of: (a) => a.lastChange },
	{ name: 'area_level', schema: orNull(oneOf(['state', 'county', 'city'])), of: (a) => a.area?.level ?? null },
	{ name: 'area_place', schema: orNull(TEXT), of: (a) => a.area?.place ?? null },
	{ name: 'area_geoid', schema: orNull(TEXT), of: (a) => a.area?.geoid ?? null },
	{ name: 'area_name', schema: orNull(TEXT), heading: 'Area', of: (a) => a.area?.name ?? null },
	{ name: 'county_geoids', schema: TEXTS, of: (a) => a.area?.countyGeoids ?? [] },
	{ name: 'body', schema: orNull(oneOf(['general', 'jail', 'statewide', 'special'])), of: (a) => a.area?.body ?? null },
];
