import { demand } from '#access/can.ts';
import { askedClause } from '../../../asked.server.ts';
import { lineageFile, lineageFormat } from '../../../lineage-file.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'library'] as const;

/** The lineage of a clause as a table or a graph. `?raw=1` for programs. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const format = lineageFormat(params.format, locals);
	const asked = await askedClause(params.path, `/lineage.${format}${url.search}`, locals);
	return lineageFile(params.path, asked, format, url);
};
