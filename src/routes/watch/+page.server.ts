import { demand } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { agencies } from '#watch/agencies.server.ts';
import { events } from '#watch/events.server.ts';
import { figures } from '#watch/store.server.ts';
import type { PageServerLoad } from './$types';
import { agencyFilter, eventFilter, readAsked } from './asked.ts';

export const _permission = ['read', 'watch'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const asked = readAsked(url.searchParams, speech(locals.language).say);
	const [numbers, happened, bodies] = await Promise.all([
		figures(locals.world),
		events(eventFilter(asked), locals.world),
		agencies(agencyFilter(asked), locals.world),
	]);
	locals.cacheable = asked.bounded;
	return { asked, figures: numbers, events: happened, agencies: bodies };
};
