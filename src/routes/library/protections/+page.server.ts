import { can, demand } from '#access/can.ts';
import { dayAt } from '#kernel/day.ts';
import { confirmedPlaces, countsByCode } from '#library/protections.server.ts';
import { TAXONOMY } from '#library/taxonomy/taxonomy.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'library'] as const;

export const load: PageServerLoad = async ({ locals }) => {
	demand(locals.actor, ..._permission);
	const today = dayAt(locals.world.clock.now());
	const found = await locals.world.db.as(locals.actor, async (tx) => ({
		counts: await countsByCode(today, tx),
		places: await confirmedPlaces(today, tx),
	}));
	locals.cacheable = true;
	return {
		version: TAXONOMY.version,
		confirms: can(locals.actor, 'confirm', 'library'),
		areas: TAXONOMY.areas.map(({ code, name, protections }) => ({
			code,
			name,
			protections: protections.map((one) => ({
				...one,
				count: found.counts.find((count) => count.code === one.code) ?? null,
				places: found.places
					.filter((place) => place.code === one.code)
					.map(({ id, address, title, words, strength }) => ({ id, address, title, words, strength })),
			})),
		})),
	};
};
