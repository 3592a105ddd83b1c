import { demand } from '#access/can.ts';
import { graphml } from '#reuse/graphml.ts';
import { dressed, unchanged } from '../../answer.server.ts';
import { readQuery } from '../../asked.ts';
import { ground } from '../../ground.server.ts';
import { lineageAt } from '../clause.server.ts';
import { GRAPH_PARAMETERS } from '../dataset.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'library'] as const;

/** The lineage of a clause as a graph; its addresses are whole, because a graph is taken elsewhere. */
export const GET: RequestHandler = async ({ url, locals, request }) => {
	demand(locals.actor, ..._permission);
	const { of } = readQuery(url.searchParams, GRAPH_PARAMETERS);
	const { head, etag } = await ground('concordance', locals);
	const headers = dressed('application/graphml+xml; charset=utf-8', 'lineage.graphml', 'attachment', head, etag);
	if (unchanged(request, etag)) return new Response(null, { status: 304, headers });
	return new Response(graphml(await lineageAt(of ?? '', `${url.origin}/library/`, locals.world)), { headers });
};
