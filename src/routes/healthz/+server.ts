import { demand } from '#access/can.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'health'] as const;

/** The process answers. */
export const GET: RequestHandler = ({ locals }) => {
	demand(locals.actor, ..._permission);
	return new Response('ok\n', {
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
	});
};
