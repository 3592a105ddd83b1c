import { demand } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { TAXONOMY } from '#library/taxonomy/taxonomy.ts';
import { placePath } from '#places/place.ts';
import { csvAnswer } from '../../watch/lists/csv.server.ts';
import { covered } from '../covered.server.ts';
import { cellWords, placeName } from '../shown.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'library'] as const;

/** The matrix as the page shows it, in its language: a row for each protection, a column for each place. `?raw=1` for programs. */
export const GET: RequestHandler = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const t = speech(locals.language);
	const { day, places, rows } = await covered(url.searchParams, locals);
	// Two townships of one state can have one name, and no two places one path.
	const columns = places.map((place) => `${placeName(place)} (${placePath(place)})`);
	const lines = TAXONOMY.areas.flatMap(({ name: area, protections }) =>
		protections.map(({ code, short, name }) => {
			const row = rows.find((one) => one.code === code);
			return {
				code,
				short,
				area: area[t.language],
				protection: name[t.language],
				...Object.fromEntries(
					places.map((place, i) => [columns[i], row?.cells[i] && cellWords(row.cells[i], place, t)]),
				),
				in_force_in: row?.inForce ?? 0,
			};
		}),
	);
	return csvAnswer(`coverage-${day}`, ['code', 'short', 'area', 'protection', ...columns, 'in_force_in'], lines, {
		raw: url.searchParams.get('raw') === '1',
		sample: places.some(({ sample }) => sample),
	});
};
