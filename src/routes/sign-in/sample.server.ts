import { fail, type RequestEvent } from '@sveltejs/kit';
import { isFromHere, isOwnForm, type Knock } from '#access/door.ts';
import { doorSeats, enterDoor, isDoorCode, isDoorOpen } from '#coalition/door.server.ts';
import type { Offer } from '#coalition/sample.ts';
import { addressIn } from '#i18n/language.ts';
import { NotFound } from '#kernel/error.ts';
import { enter, text } from './entry.server.ts';

/** Null to everybody but somebody at this machine, while the sample coalition stands: their page has no trace of it. */
export async function sampleOffer(event: RequestEvent): Promise<Offer | null> {
	const { world } = event.locals;
	if (!isDoorOpen(world) || !isFromHere(knock(event))) return null;
	const seats = await doorSeats(world);
	if (!seats) return null;
	const given = event.url.searchParams.get('code') ?? '';
	return {
		seats: seats.map(({ role, office, city }) => ({ role, office, city })),
		code: isDoorCode(given, world) ? given : null,
	};
}

/** Signs in under a seat of the sample. Where it is not offered there is no such form. */
export async function enterSample(event: RequestEvent) {
	const { world, language } = event.locals;
	const came = knock(event);
	if (!isDoorOpen(world) || !isFromHere(came) || !isOwnForm(came) || !(await doorSeats(world))) throw new NotFound('');
	const form = await event.request.formData();
	if (!isDoorCode(text(form, 'code').trim(), world))
		return fail(403, { fault: 'code' as const, email: '', way: 'sample' as const });
	const token = await enterDoor(text(form, 'role'), world);
	if (token === null) return fail(400, { fault: 'role' as const, email: '', way: 'sample' as const });
	return enter(token, text(form, 'next') || addressIn(language, '/coalition'), event);
}

function knock({ request, url, getClientAddress }: RequestEvent): Knock {
	return { headers: request.headers, remote: getClientAddress(), own: url.origin };
}
