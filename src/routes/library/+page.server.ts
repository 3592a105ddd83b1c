import { can, demand } from '#access/can.ts';
import { dayAt } from '#kernel/day.ts';
import { readAsked } from '#library/search/asked.ts';
import { searchLibrary } from '#library/search/search.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'library'] as const;

/** Choices that are few; words and places are as many as there are readers. */
const KEPT: readonly string[] = ['state', 'instrument', 'standing', 'language', 'sample', 'page'];
/** More choices at once have more combinations than are worth keeping. */
const MOST_KEPT = 2;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const asked = readAsked(url.searchParams);
	const found = await searchLibrary(asked, dayAt(locals.world.clock.now()), locals.world);
	const names = [...url.searchParams.keys()];
	locals.cacheable = names.length <= MOST_KEPT && names.every((name) => KEPT.includes(name));
	return { asked, found, imports: can(locals.actor, 'import', 'library') };
};
