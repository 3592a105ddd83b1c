import { demand } from '#access/can.ts';
import { questions } from '#watch/files.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

/** Numbers only: a named suspicion is for the people who can settle it. */
export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	locals.cacheable = url.searchParams.size === 0;
	return { questions: await questions(locals.world) };
};
