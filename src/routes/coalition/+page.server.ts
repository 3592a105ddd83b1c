import { can, demand } from '#access/can.ts';
import { type City, directory, staff } from '#coalition/directory.server.ts';
import { seatsOn } from '#coalition/seats.server.ts';
import { dayAt } from '#kernel/day.ts';
import { worksByPlace } from '#library/works.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'page'] as const;

/** Longest text that is looked for. */
const LONGEST = 100;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const { world, actor } = locals;
	const day = dayAt(world.clock.now());
	const seated = can(actor, 'read', 'directory', { room: 'members', owner: null });
	const asked = (url.searchParams.get('q') ?? '').trim().slice(0, LONGEST);
	const [cities, policies, own] = await world.db.as(actor, async (tx) => {
		const seats = await seatsOn(day, null, tx);
		return [await directory(day, tx, seats), await worksByPlace(tx), seated ? staff(seats) : []] as const;
	});
	const found = asked === '' ? cities : cities.filter((city) => matches(city, asked));
	return {
		day,
		asked,
		seated,
		outside: actor.outside === true,
		total: cities.length,
		cities: found.map((city) => ({ ...city, policies: policies.get(city.city) ?? 0 })),
		staff: own,
		pipeline: can(actor, 'read', 'pipeline', { room: 'city', owner: null }),
		invites: can(actor, 'invite', 'seat', { room: 'city', owner: null }),
		desk: can(actor, 'read', 'city', { room: 'city', owner: actor.city }),
	};
};

/** Every word is in the name of the city, of its state or of an office. */
function matches({ name, state, seats }: City, asked: string): boolean {
	const plain = (text: string) =>
		text
			.normalize('NFD')
			.replace(/\p{M}+/gu, '')
			.toLowerCase();
	const text = plain([name, state, ...seats.map(({ office }) => office)].join(' '));
	return plain(asked)
		.split(/\s+/)
		.every((word) => text.includes(word));
}
