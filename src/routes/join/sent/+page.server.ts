import { demand } from '#access/can.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'interest'] as const;

export const load: PageServerLoad = ({ locals }) => {
	demand(locals.actor, ..._permission);
};
