import { demand } from '#access/can.ts';
import { events } from '#watch/events.server.ts';
import { EVERYTHING } from '#watch/reading.ts';
import { figures } from '#watch/store.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

const LATEST = { ...EVERYTHING, after: null, limit: 6 };

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const [numbers, latest] = await Promise.all([figures(locals.world), events(LATEST, locals.world)]);
	locals.cacheable = url.search === '';
	return { figures: numbers, latest: latest.rows };
};
