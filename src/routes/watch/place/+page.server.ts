import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { foldPlace } from '#places/name.ts';
import { placePath } from '#places/place.ts';
import { searchPlaces, stateCounts } from '#watch/place.server.ts';
import type { FoundPlace } from '#watch/views.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

const LONGEST_Q = 100;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, LONGEST_Q);
	const found = q === '' ? [] : await searchPlaces(q, locals.sample, locals.world);
	const meant = theOne(q, found);
	if (meant) redirect(303, addressIn(locals.language, `/watch/place/${placePath(meant.place)}`));
	locals.cacheable = url.search === '';
	return { q, found, ...(await stateCounts(locals.sample, locals.world)) };
};

/** The only place found, or the only one that is called exactly so, with or without its state. */
function theOne(q: string, found: readonly FoundPlace[]): FoundPlace | null {
	const typed = foldPlace(q);
	const exact = found.filter(({ place: { name, stateCode }, state }) =>
		[name, `${name} ${stateCode}`, `${name} ${state}`].some((text) => foldPlace(text) === typed),
	);
	const [only] = exact.length > 0 ? exact : found;
	return only && (exact.length === 1 || found.length === 1) ? only : null;
}
