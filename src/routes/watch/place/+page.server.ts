import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { placePath } from '#places/place.ts';
import { findPlaces } from '#watch/address.server.ts';
import { described, stateCounts } from '#watch/place.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

const LONGEST_Q = 100;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, LONGEST_Q);
	const found = q === '' ? [] : await findPlaces(q, locals.sample, locals.world);
	const [only] = found;
	if (only && found.length === 1) redirect(303, addressIn(locals.language, `/watch/place/${placePath(only)}`));
	const [places, states] = await Promise.all([
		described(found, locals.world),
		stateCounts(locals.sample, locals.world),
	]);
	locals.cacheable = url.search === '';
	return { q, found: places, ...states };
};
