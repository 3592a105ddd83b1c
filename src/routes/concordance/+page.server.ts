import { can, demand } from '#access/can.ts';
import { TAXONOMY } from '#library/taxonomy/taxonomy.ts';
import type { PageServerLoad } from './$types';
import { covered } from './covered.server.ts';

export const _permission = ['read', 'library'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const { rows, ...found } = await covered(url.searchParams, locals);
	locals.cacheable = url.search === '';
	const byCode = new Map(rows.map((row) => [row.code, row]));
	const areas = TAXONOMY.areas.map(({ code, name, protections }) => ({
		code,
		name,
		rows: protections.flatMap(({ code, short, name }) => {
			const row = byCode.get(code);
			return row ? [{ ...row, short, name }] : [];
		}),
	}));
	return { ...found, areas, own: locals.actor.city, confirms: can(locals.actor, 'confirm', 'library') };
};
