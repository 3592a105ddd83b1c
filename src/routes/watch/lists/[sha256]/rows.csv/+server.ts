import { demand } from '#access/can.ts';
import { NotFound } from '#kernel/error.ts';
import { readings } from '#watch/files.server.ts';
import { csvAnswer } from '../../csv.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'watch'] as const;

/** The rows as read, under the list's own headings. `?raw=1` for programs. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const list = (await readings([params.sha256], locals.world)).get(params.sha256);
	if (!list) throw new NotFound('No list with this SHA-256 was read here.');
	const headings = [...new Set(list.rows.flatMap((row) => Object.keys(row.cells)))];
	const rows = list.rows.map(({ row, cells }) => ({ ...cells, row }));
	const name = `287g-${list.kind}-${list.modified.slice(0, 10)}-${list.sha256.slice(0, 8)}`;
	return csvAnswer(name, ['row', ...headings], rows, {
		raw: url.searchParams.get('raw') === '1',
		sample: locals.sample,
	});
};
