import { demand } from '#access/can.ts';
import type { LayoutServerLoad } from './$types';

export const _permission = ['read', 'page'] as const;

/** No page ships a script unless it says so itself. */
export const csr = false;

export const load: LayoutServerLoad = ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const { language, address } = locals;
	// Where invented and real things stand side by side, each invented one says so itself; people are never invented.
	const sample = locals.sample && !/^\/(library|law|coalition|account|invitation|sign-in)(\/|$)/.test(address.path);
	const seat = locals.seats.find(({ id }) => id === locals.session?.seat);
	const who = locals.session?.second ? { office: seat?.office ?? null, city: seat?.cityName ?? null } : null;
	return { language, address, sample, origin: url.origin, who };
};
