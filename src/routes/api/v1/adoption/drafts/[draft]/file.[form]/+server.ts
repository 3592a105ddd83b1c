import { demand, ownCity } from '#access/can.ts';
import { WAYS, wayOf } from '#adoption/out/export.ts';
import { taken } from '#adoption/out/pdf.server.ts';
import { NotFound } from '#kernel/error.ts';
import { attached } from '../../../../../../adoption/attached.server.ts';
import { sending } from '../../../../../../adoption/sending.server.ts';
import { readQuery } from '../../../../asked.ts';
import { FILE_PARAMETERS } from '../../../offered.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'draft'] as const;

/** The draft as a file, the same that its page offers. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission, ownCity(locals.actor));
	const { what, look, against, named } = readQuery(url.searchParams, FILE_PARAMETERS);
	const way = wayOf(params.form, what ?? 'clean', look);
	if (!way) {
		const all = WAYS.map((one) => `file.${one.form}?what=${one.what}`).join(', ');
		throw new NotFound(`There is no such file of a draft. There is ${all}.`);
	}
	const { out } = await sending(params.draft, locals, { origin: url.origin, named: named === true, against });
	return attached(await taken(out, way), 'private, no-store');
};
