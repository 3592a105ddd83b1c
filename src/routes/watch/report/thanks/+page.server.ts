import { demand } from '#access/can.ts';
import { ownPath } from '#watch/report.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['report', 'watch'] as const;

export const load: PageServerLoad = ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	return { about: ownPath(url.searchParams.get('about') ?? '') };
};
