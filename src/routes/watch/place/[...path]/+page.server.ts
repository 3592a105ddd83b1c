import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { worksByPlace } from '#library/works.server.ts';
import { placeAt, placesMeant } from '#places/address.server.ts';
import { placePath } from '#places/place.ts';
import { events } from '#watch/events.server.ts';
import { placeRecord } from '#watch/place.server.ts';
import { EVERYTHING } from '#watch/reading.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

/** Events of one page: the newest; the watch page has the others. Those of bodies of the whole state are folded. */
const EVENTS = 25;
const STATEWIDE = 5;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const place = await locals.world.db.as(locals.actor, (tx) => placeAt(params.path, tx));
	// While the ledger holds the sample, no real place is shown beside invented facts; and the other way round.
	if (!place || place.sample !== locals.sample) {
		await offer(params.path, locals);
		throw new NotFound(speech(locals.language).say('place.unknown'));
	}
	const path = placePath(place);
	if (path !== params.path) redirect(308, addressIn(locals.language, `/watch/place/${path}`));
	const here = { ...EVERYTHING, place: place.id, after: null };
	const whole = place.kind === 'state';
	const [record, happened, statewide, policies] = await Promise.all([
		placeRecord(place, locals.world),
		events({ ...here, ...(whole ? {} : { statewide: false }), limit: EVENTS }, locals.world),
		whole ? null : events({ ...here, statewide: true, limit: STATEWIDE }, locals.world),
		locals.world.db.as(locals.actor, worksByPlace),
	]);
	locals.cacheable = url.search === '';
	return { record, events: happened, statewide, path, policies: policies.get(place.id) ?? 0 };
};

/** Sends on whom a bare name brought here: to the one city of that name, or to the search that shows them all. */
async function offer(path: string, { world, actor, language, sample }: App.Locals): Promise<void> {
	const meant = (await world.db.as(actor, (tx) => placesMeant(path, tx))).filter((one) => one.sample === sample);
	const [only, ...more] = meant;
	if (!only) return;
	const to = more.length === 0 ? `/${placePath(only)}` : `?q=${encodeURIComponent(`${only.name}, ${only.stateCode}`)}`;
	redirect(302, addressIn(language, `/watch/place${to}`));
}
