import { demand } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { placeAt } from '#places/address.server.ts';
import { agencies } from '#watch/agencies.server.ts';
import { events } from '#watch/events.server.ts';
import { marked } from '#watch/marked.server.ts';
import { leadingStates, series } from '#watch/series.server.ts';
import { figures } from '#watch/store.server.ts';
import type { PageServerLoad } from './$types';
import { agencyFilter, eventFilter, readAsked } from './asked.ts';

export const _permission = ['read', 'watch'] as const;

/** Panels of the small charts: as many as are looked at together. */
const STATES = 8;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const { world } = locals;
	const { say } = speech(locals.language);
	const asked = readAsked(url.searchParams, say);
	const path = asked.place;
	const within = path === null ? null : await world.db.as(locals.actor, (tx) => placeAt(path, tx));
	if (asked.place !== null && within?.sample !== locals.sample) throw new NotFound(say('place.unknown'));
	const place = within?.id ?? null;
	// Three at a time: a page takes no more sessions than that.
	const [numbers, happened, bodies] = await Promise.all([
		figures(world),
		events(eventFilter(asked, place), world),
		agencies(agencyFilter(asked, place), world),
	]);
	const [where, points, states] = await Promise.all([marked(world), series(null, world), leadingStates(STATES, world)]);
	locals.cacheable = asked.bounded;
	return { asked, within, figures: numbers, events: happened, agencies: bodies, marked: where, series: points, states };
};
