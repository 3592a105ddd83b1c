import { demand } from '#access/can.ts';
import { figures } from '#watch/store.server.ts';
import { AGENCY_FILTERS, DATASETS, FEED_PARAMETERS, FORMATS } from '../api/v1/dataset.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

export const load: PageServerLoad = async ({ locals }) => {
	demand(locals.actor, ..._permission);
	const numbers = await figures(locals.world);
	locals.cacheable = true;
	const taken = [...DATASETS.map(({ filters }) => filters), FORMATS.json, FORMATS.csv, AGENCY_FILTERS, FEED_PARAMETERS];
	return {
		asOf: numbers?.asOf ?? null,
		// A state to begin with: one that is there.
		state: numbers?.stateChoices.find(({ code }) => code === 'TX') ?? numbers?.stateChoices[0] ?? null,
		sets: DATASETS.map(({ name, fields }) => ({
			name,
			fields: fields.map((field) => ({ name: field.name, meaning: field.meaning ?? field.name })),
		})),
		parameters: [...new Set(taken.flatMap((parameters) => Object.keys(parameters)))],
	};
};
