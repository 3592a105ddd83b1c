import { redirect } from '@sveltejs/kit';
import { can, demand } from '#access/can.ts';
import { memberOf } from '#coalition/members.server.ts';
import { seatsOn } from '#coalition/seats.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { worksByPlace, worksOf } from '#library/works.server.ts';
import { placeAt } from '#places/address.server.ts';
import { placePath } from '#places/place.ts';
import { placeRecord } from '#watch/place.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'page'] as const;

/** Policies that are named; the library has the others. */
const MOST_WORKS = 12;

/** A city that the reader may know of as a member. One that is hidden and one that is none are the same to everybody else. */
export const load: PageServerLoad = async ({ locals, params }) => {
	demand(locals.actor, ..._permission);
	const { world, actor, language } = locals;
	const day = dayAt(world.clock.now());
	const unknown = () => new NotFound(speech(language).say('coalition.unknown'));
	const found = await world.db.as(actor, async (tx) => {
		const place = await placeAt(params.path, tx);
		const member = place && (await memberOf(place.id, day, tx));
		if (!place || !member) return null;
		return {
			place,
			member,
			seats: await seatsOn(day, place.id, tx),
			works: await worksOf(place.id, day, MOST_WORKS, tx),
			policies: (await worksByPlace(tx)).get(place.id) ?? 0,
		};
	});
	if (!found) throw unknown();
	const path = placePath(found.place);
	if (path !== params.path) redirect(308, addressIn(language, `/coalition/${path}`));
	const record = await placeRecord(found.place, world);
	return { ...found, record, path, seated: can(actor, 'read', 'seat', { room: 'members', owner: null }) };
};
