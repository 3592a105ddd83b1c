import { demand } from '#access/can.ts';
import { toRecord } from '#kernel/field.ts';
import { jsonObject } from '#kernel/json.ts';
import { bodyOf } from '#platform/stream.server.ts';
import { BATCH } from '#watch/batch.server.ts';
import type { AgencyRecordView } from '#watch/reading.ts';
import { AGENCY_FIELDS } from '#watch/record/agency.ts';
import { begun, dressed, unchanged } from '../../answer.server.ts';
import { readQuery } from '../../asked.ts';
import { AGENCY_FILTERS, agenciesAsked } from '../../dataset.server.ts';
import { ground } from '../../ground.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'watch'] as const;

/** Every agency that was asked for as GeoJSON (RFC 7946): a point inside the place of its area, where that is known. */
export const GET: RequestHandler = async ({ url, locals, request }) => {
	demand(locals.actor, ..._permission);
	const asked = readQuery(url.searchParams, AGENCY_FILTERS);
	const { head, etag } = await ground('watch', locals);
	const headers = dressed('application/geo+json', 'agencies.geojson', 'inline', head, etag);
	if (unchanged(request, etag)) return new Response(null, { status: 304, headers });
	const agencies = await begun(await agenciesAsked(asked, null, BATCH, locals.world));
	const collection = jsonObject({ type: 'FeatureCollection', ...head }, 'features', features(agencies), () => ({}));
	return new Response(bodyOf(collection), { headers });
};

async function* features(agencies: AsyncIterable<AgencyRecordView>) {
	for await (const agency of agencies) {
		const at = agency.area?.at;
		yield {
			type: 'Feature',
			id: agency.id,
			geometry: at ? { type: 'Point', coordinates: [at.longitude, at.latitude] } : null,
			properties: toRecord(AGENCY_FIELDS, agency),
		};
	}
}
