import { can, demand, ownCity } from '#access/can.ts';
import { type City, directory, staff } from '#coalition/directory.server.ts';
import { seatsOn } from '#coalition/seats.server.ts';
import { dayAt } from '#kernel/day.ts';
import { worksByPlace } from '#library/works.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'page'] as const;

/** Whom a member looks for in a city. */
const CITY_ROLES = ['member', 'counsel', 'observer'] as const;
/** Longest text that is looked for. */
const LONGEST = 100;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const { world, actor } = locals;
	const day = dayAt(world.clock.now());
	const seated = can(actor, 'read', 'directory', { room: 'members', owner: null });
	const given = (name: string) => (url.searchParams.get(name) ?? '').trim().slice(0, LONGEST);
	const asked = { q: given('q'), state: given('state'), role: given('role'), policies: given('policies') === 'yes' };
	const [cities, policies, own] = await world.db.as(actor, async (tx) => {
		const seats = await seatsOn(day, null, tx);
		return [await directory(day, tx, seats), await worksByPlace(tx), seated ? staff(seats) : []] as const;
	});
	const shown = cities.map((city) => ({ ...city, policies: policies.get(city.city) ?? 0 }));
	return {
		day,
		asked,
		seated,
		outside: actor.outside === true,
		total: cities.length,
		states: [...new Set(cities.map(({ state }) => state))].sort((a, b) => a.localeCompare(b, 'en')),
		roles: CITY_ROLES,
		cities: shown.filter((city) => matches(city, asked)),
		staff: own,
		pipeline: can(actor, 'read', 'pipeline', { room: 'city', owner: null }),
		invites: can(actor, 'invite', 'seat', { room: 'city', owner: null }),
		desk: can(actor, 'read', 'city', ownCity(actor)),
	};
};

interface Asked {
	readonly q: string;
	readonly state: string;
	readonly role: string;
	readonly policies: boolean;
}

/** Every word is in the name of the city, of its state or of an office, and whatever was chosen holds. */
function matches({ name, state, seats, policies }: City & { readonly policies: number }, asked: Asked): boolean {
	if (asked.state !== '' && state !== asked.state) return false;
	if (asked.role !== '' && !seats.some(({ role }) => role === asked.role)) return false;
	if (asked.policies && policies === 0) return false;
	if (asked.q === '') return true;
	const plain = (text: string) =>
		text
			.normalize('NFD')
			.replace(/\p{M}+/gu, '')
			.toLowerCase();
	const text = plain([name, state, ...seats.map(({ office }) => office)].join(' '));
	return plain(asked.q)
		.split(/\s+/)
		.every((word) => text.includes(word));
}
