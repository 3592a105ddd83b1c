import { demand } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { HAVING_FIELDS } from '#reuse/record/having.ts';
import { DRAFTS_OFFERED } from '../adoption/offered.server.ts';
import { readQuery } from '../asked.ts';
import { CONCORDANCE_DATASETS, GRAPH_PARAMETERS } from '../concordance/dataset.server.ts';
import { AGENCY_FILTERS, DATASETS, FEED_PARAMETERS, FORMATS } from '../dataset.server.ts';
import { LAW_DATASETS } from '../law/dataset.server.ts';
import { CHANGE_PARAMETERS, LIBRARY_DATASETS } from '../library/dataset.server.ts';
import { openapi } from '../openapi.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'watch'] as const;

/** The description of the API, for programs that write programs. */
export const GET: RequestHandler = ({ url, locals }) => {
	demand(locals.actor, ..._permission);
	readQuery(url.searchParams, {});
	locals.cacheable = true;
	const offered = {
		datasets: [...DATASETS, ...LIBRARY_DATASETS, ...LAW_DATASETS, ...CONCORDANCE_DATASETS],
		formats: FORMATS,
		geojson: AGENCY_FILTERS,
		atom: FEED_PARAMETERS,
		changes: CHANGE_PARAMETERS,
		graphml: GRAPH_PARAMETERS,
		having: HAVING_FIELDS,
		drafts: DRAFTS_OFFERED,
	};
	return new Response(`${JSON.stringify(openapi(offered, speech('en'), url.origin), null, '\t')}\n`, {
		headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
	});
};
