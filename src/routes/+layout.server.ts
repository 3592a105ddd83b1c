import { demand } from '#access/can.ts';
import { isDoorOpen } from '#coalition/door.server.ts';
import type { LayoutServerLoad } from './$types';

export const _permission = ['read', 'page'] as const;

const BESIDE = /^\/(library|law|concordance)(\/|$)/;
const BESIDE_PEOPLE = /^\/(library|law|concordance|coalition|account|invitation|join|sign-in)(\/|$)/;

/** No page ships a script unless it says so itself. */
export const csr = false;

export const load: LayoutServerLoad = ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const { language, address } = locals;
	// Where invented and real things stand side by side, each invented one says so itself; people are invented in the sample alone.
	const real = isDoorOpen(locals.world) ? BESIDE : BESIDE_PEOPLE;
	const sample = locals.sample && !real.test(address.path);
	const seat = locals.seats.find(({ id }) => id === locals.session?.seat);
	const who = locals.session?.second
		? { office: seat?.office ?? null, city: seat?.cityName ?? null, sample: locals.session.sample }
		: null;
	return { language, address, sample, origin: url.origin, who };
};
