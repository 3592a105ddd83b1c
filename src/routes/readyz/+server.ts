import { demand } from '#access/can.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'health'] as const;

/** The process can answer with data: the database is there and as new as this build. Says nothing else. */
export const GET: RequestHandler = async ({ locals }) => {
	demand(locals.actor, ..._permission);
	const ready = (await locals.world.ready()) === 'ready';
	return new Response(ready ? 'ready\n' : 'not ready\n', {
		status: ready ? 200 : 503,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
	});
};
