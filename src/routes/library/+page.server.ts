import { demand } from '#access/can.ts';
import { dayAt } from '#kernel/day.ts';
import { FACETS, readAsked } from '#library/search/asked.ts';
import { searchLibrary } from '#library/search/search.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'library'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const asked = readAsked(url.searchParams);
	const found = await searchLibrary(asked, dayAt(locals.world.clock.now()), locals.world);
	const known = ['q', 'sample', 'versions', 'page', ...FACETS];
	locals.cacheable = [...url.searchParams.keys()].every((name) => known.includes(name));
	return { asked, found };
};
