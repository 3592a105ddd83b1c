import { demand } from '#access/can.ts';
import { events } from '#watch/events.server.ts';
import { marked } from '#watch/marked.server.ts';
import { EVERYTHING } from '#watch/reading.ts';
import { figures } from '#watch/store.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

const LATEST = { ...EVERYTHING, after: null, limit: 6 };

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const { world } = locals;
	const [numbers, latest, where] = await Promise.all([figures(world), events(LATEST, world), marked(world)]);
	locals.cacheable = url.search === '';
	return { figures: numbers, latest: latest.rows, marked: where };
};
