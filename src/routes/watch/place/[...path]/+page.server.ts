import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { placeAt } from '#places/address.server.ts';
import { placePath } from '#places/place.ts';
import { events } from '#watch/events.server.ts';
import { placeRecord } from '#watch/place.server.ts';
import { EVERYTHING } from '#watch/reading.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

/** Events of one page: the newest; the watch page has the others. */
const EVENTS = 25;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const place = await locals.world.db.as(locals.actor, (tx) => placeAt(params.path, tx));
	// While the ledger holds the sample, no real place is shown beside invented facts; and the other way round.
	if (!place || place.sample !== locals.sample) throw new NotFound(speech(locals.language).say('place.unknown'));
	const path = placePath(place);
	if (path !== params.path) redirect(308, addressIn(locals.language, `/watch/place/${path}`));
	const [record, happened] = await Promise.all([
		placeRecord(place, locals.world),
		events({ ...EVERYTHING, place: place.id, after: null, limit: EVENTS }, locals.world),
	]);
	locals.cacheable = url.search === '';
	return { record, events: happened, path };
};
