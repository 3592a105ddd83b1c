import { demand } from '#access/can.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['change', 'sign_in'] as const;

export const load: PageServerLoad = ({ locals }) => {
	demand(locals.actor, ..._permission);
};
