import { demand } from '#access/can.ts';
import { askedProtection } from '../../../asked.server.ts';
import { lineageFile, lineageFormat } from '../../../lineage-file.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'library'] as const;

/** The clauses that give a protection as a table or a graph. `?raw=1` for programs. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const format = lineageFormat(params.format, locals);
	const asked = await askedProtection(params.code, `/lineage.${format}${url.search}`, locals);
	return lineageFile(params.code, asked, format, url);
};
