import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { NotFound } from '#kernel/error.ts';
import { dressed, ground, unchanged } from '../../../answer.server.ts';
import { ID, readQuery } from '../../../asked.ts';
import { DATASETS } from '../../../dataset.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'watch'] as const;

/** One record. A former id leads to the one that took its place; a withdrawn event answers and says so. */
export const GET: RequestHandler = async ({ params, url, locals, request }) => {
	demand(locals.actor, ..._permission);
	const one = DATASETS.find(({ name }) => name === params.dataset)?.one;
	readQuery(url.searchParams, {});
	const id = ID.read(params.id);
	const record = one && id !== null ? await one.find(id, locals.world) : null;
	if (!record)
		throw new NotFound(
			`There is no such record. /api/v1/watch/${one ? params.dataset : 'agencies'}.json lists what there is.`,
		);
	if (record.id !== id) redirect(308, `/api/v1/watch/${params.dataset}/${record.id}.json`);
	const { head, etag } = await ground(locals);
	const headers = dressed('application/json', `${params.dataset}-${id}.json`, 'inline', head, etag);
	if (unchanged(request, etag)) return new Response(null, { status: 304, headers });
	return new Response(`${JSON.stringify({ ...head, data: record })}\n`, { headers });
};
