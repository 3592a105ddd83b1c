import { demand } from '#access/can.ts';
import { figures } from '#watch/store.server.ts';
import { CONCORDANCE_DATASETS } from '../api/v1/concordance/dataset.server.ts';
import { AGENCY_FILTERS, DATASETS, FEED_PARAMETERS, FORMATS } from '../api/v1/dataset.server.ts';
import { LAW_DATASETS } from '../api/v1/law/dataset.server.ts';
import { CHANGE_PARAMETERS, LIBRARY_DATASETS } from '../api/v1/library/dataset.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

/** Everything that can be taken as a table. */
const SETS = [...DATASETS, ...LIBRARY_DATASETS, ...LAW_DATASETS, ...CONCORDANCE_DATASETS];

export const load: PageServerLoad = async ({ locals }) => {
	demand(locals.actor, ..._permission);
	const numbers = await figures(locals.world);
	locals.cacheable = true;
	const taken = [
		...SETS.map(({ filters }) => filters),
		FORMATS.json,
		FORMATS.csv,
		AGENCY_FILTERS,
		FEED_PARAMETERS,
		CHANGE_PARAMETERS,
	];
	return {
		asOf: numbers?.asOf ?? null,
		// A state to begin with: one that is there.
		state: numbers?.stateChoices.find(({ code }) => code === 'TX') ?? numbers?.stateChoices[0] ?? null,
		sets: SETS.map(({ noun, name, fields, filters }) => ({
			noun,
			name,
			// Provisions are those of one version: the page of a version links to them. So do the pages of clauses.
			whole: name !== 'provisions' && !Object.values(filters).some(({ required }) => required),
			fields: fields.map((field) => ({ name: field.name, meaning: field.meaning ?? field.name })),
		})),
		parameters: [...new Set(taken.flatMap((parameters) => Object.keys(parameters)))],
	};
};
