import { demand } from '#access/can.ts';
import { NotFound } from '#kernel/error.ts';
import { cleanedOriginal } from '#watch/original.server.ts';
import type { RequestHandler } from './$types';

/** The cleaned file is public; the published bytes stay with the members. */
export const _permission = ['read', 'watch'] as const;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** The same file as long as the way of cleaning is the same: a week. */
const KEPT = 604_800;

export const GET: RequestHandler = async ({ locals, params }) => {
	demand(locals.actor, ..._permission);
	const cleaned = await cleanedOriginal(params.sha256, locals.world);
	if (cleaned === null) throw new NotFound('A sample list has no file.');
	return new Response(Buffer.from(cleaned.bytes), {
		headers: {
			'content-type': XLSX,
			'content-length': String(cleaned.bytes.length),
			'content-disposition': `attachment; filename="287g-list-${params.sha256.slice(0, 12)}-cleaned.xlsx"`,
			'cache-control': `public, max-age=${KEPT}`,
			etag: `"${cleaned.sha256}"`,
			'x-published-sha256': params.sha256,
			'x-cleaned-sha256': cleaned.sha256,
		},
	});
};
