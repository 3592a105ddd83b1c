import { demand } from '#access/can.ts';
import { askedProtection } from '../../asked.server.ts';
import { besideOf } from '../../lineage.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'library'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const { protection, ...asked } = await askedProtection(params.code, url.search, locals);
	const { beside, exact } = besideOf(asked.told, 0, url.searchParams);
	locals.cacheable = exact;
	const { code, short, name, definition } = protection;
	return { ...asked, beside, protection: { code, short, name, definition } };
};
