import { demand, ownCity } from '#access/can.ts';
import { certifiedFile } from '#adoption/certified.server.ts';
import { comeIn } from '../../../notes.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'draft'] as const;

/** A certified copy as it was sent, for the city that sent it. A browser never opens it. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const { bytes, name } = await world.db.as(actor, async (tx) => {
		await comeIn(params.draft, locals, tx);
		return certifiedFile(params.draft, Number(params.nth), actor, tx);
	});
	return new Response(Buffer.from(bytes), {
		headers: {
			'content-type': 'application/octet-stream',
			'content-length': String(bytes.byteLength),
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
			'cache-control': 'no-store',
		},
	});
};
