import { fail, redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { ask } from '#alerts/ask.server.ts';
import { pathOf } from '#alerts/link.server.ts';
import { chosenAt } from '#alerts/place.server.ts';
import { beginSeated, MOST_PLACES, readerAt } from '#alerts/reader.server.ts';
import { addressIn } from '#i18n/language.ts';
import { readMailbox } from '#kernel/mailbox.ts';
import { placePath } from '#places/place.ts';
import { searchPlaces } from '#watch/place.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { mails, ownSite } from './site.server.ts';

export const _permission = ['add', 'alert'] as const;

const LONGEST_Q = 100;
/** Too many people at once. */
const BUSY = 503;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, LONGEST_Q);
	// Alerts are about real places, whatever the watch shows now.
	const found = q === '' ? [] : await searchPlaces(q, false, locals.world);
	const [only] = found;
	if (only && found.length === 1) redirect(303, addressIn(locals.language, `/alerts?place=${placePath(only.place)}`));
	const seat = seated(locals);
	const reader = seat && (await readerAt(seat.address, locals.world));
	return {
		q,
		found,
		place: await chosenAt(url.searchParams.get('place') ?? '', locals.world),
		address: seat?.address ?? null,
		yours: reader ? pathOf('yours', reader, ownSite()) : null,
		mails: mails(),
		most: MOST_PLACES,
	};
};

export const actions: Actions = {
	default: async ({ locals, request, url }) => {
		demand(locals.actor, ..._permission);
		const form = await request.formData().catch(() => new FormData());
		const text = (name: string) => {
			const value = form.get(name);
			return typeof value === 'string' ? value : '';
		};
		const typed = text('address').slice(0, 300);
		if (!mails()) return fail(BUSY, { typed, fault: 'off' as const });
		const place = await chosenAt(url.searchParams.get('place') ?? '', locals.world);
		if (!place) return fail(400, { typed, fault: 'place' as const });
		const seat = seated(locals);
		const { language } = locals;
		if (seat) {
			const begun = await beginSeated({ address: seat.address, placeId: place.id, language }, seat.id, locals.world);
			if (typeof begun === 'string') return fail(409, { typed, fault: 'full' as const });
			redirect(303, addressIn(language, `${pathOf('yours', begun.reader, ownSite())}?begun=yes`));
		}
		const address = readMailbox(typed);
		if (!address) return fail(400, { typed, fault: 'address' as const });
		// Only a program fills a field that nobody sees: it is told what everybody is told.
		const wish = { address, placeId: place.id, language };
		const asked = text('website') !== '' ? 'asked' : await ask(wish, locals.world);
		if (asked === 'busy') return fail(BUSY, { typed, fault: 'busy' as const });
		redirect(303, addressIn(language, '/alerts/sent'));
	},
};

/** The address of a person in a seat was proved when they were seated. */
function seated({ session, actor }: App.Locals): { readonly id: string; readonly address: string } | null {
	const address = session?.second ? readMailbox(session.email) : null;
	return address && actor.seat ? { id: actor.seat, address } : null;
}
