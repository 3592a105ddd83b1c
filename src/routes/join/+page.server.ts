import { fail, redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { askablePlace, expressInterest, formOpened, openLongEnough } from '#coalition/interest.server.ts';
import { HELPS, OFFICES, readInterest, STANDINGS } from '#coalition/interest.ts';
import { addressIn } from '#i18n/language.ts';
import { dayAt } from '#kernel/day.ts';
import { foldPlace } from '#places/name.ts';
import type { Place } from '#places/place.ts';
import { readConfig } from '#platform/config.server.ts';
import { searchPlaces } from '#watch/place.server.ts';
import { mails } from '../alerts/site.server.ts';
import { text } from '../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['add', 'interest'] as const;

/** Longest name of a place that is looked for. */
const LONGEST_CITY = 100;
/** Too many from one network, and from everybody. */
const WAIT = 429;
const BUSY = 503;

export const load: PageServerLoad = ({ locals }) => {
	demand(locals.actor, ..._permission);
	return {
		opened: formOpened(locals.world),
		mails: mails(),
		contactAddress: readConfig().contact,
		offices: OFFICES,
		standings: STANDINGS,
		helps: HELPS,
	};
};

export const actions: Actions = {
	default: async ({ locals, request, getClientAddress }) => {
		demand(locals.actor, ..._permission);
		const { world, language } = locals;
		const form = await request.formData().catch(() => new FormData());
		const all = (name: string) => form.getAll(name).filter((value) => typeof value === 'string');
		const sent = {
			city: text(form, 'city').trim().slice(0, LONGEST_CITY),
			office: text(form, 'office'),
			standing: text(form, 'standing'),
			vote: text(form, 'vote').slice(0, LONGEST_CITY),
			helps: all('helps'),
			note: text(form, 'note'),
			email: text(form, 'email').slice(0, 300),
			reply: text(form, 'reply'),
			// Looked over once more, the form was open long enough.
			since: text(form, 'opened'),
		};
		const said = all('not_a_person');
		if (!mails()) return fail(BUSY, { ...sent, said, found: [], faults: {}, chosen: '', busy: 'busy' as const });
		const chosen = text(form, 'chosen_for') === sent.city ? text(form, 'place') : '';
		const where = await placeOf(sent.city, chosen, locals);
		const read = readInterest(sent, said, dayAt(world.clock.now()), language);
		const faults = {
			...('fault' in where ? { city: where.fault } : {}),
			...('faults' in read ? read.faults : {}),
		};
		const found = 'found' in where ? where.found.map(shown) : [];
		if (!('place' in where) || !('draft' in read)) return fail(400, { ...sent, said, found, faults, chosen });
		const back = { ...sent, said, found, faults, chosen };
		// Only a program fills a field that nobody sees: it is told what everybody is told.
		if (text(form, 'website') !== '') redirect(303, addressIn(language, '/join/sent'));
		if (!openLongEnough(sent.since, world)) return fail(400, { ...back, since: '', busy: 'again' as const });
		const asked = await expressInterest(read.draft, where.place.id, getClientAddress(), world);
		if (asked !== 'asked') return fail(asked === 'wait' ? WAIT : BUSY, { ...back, busy: asked });
		redirect(303, addressIn(language, '/join/sent'));
	},
};

type FoundPlace = Awaited<ReturnType<typeof searchPlaces>>[number];
type Where =
	| { readonly place: Pick<Place, 'id'> }
	| { readonly fault: 'place.empty' | 'place.none' }
	| { readonly fault: 'place.which'; readonly found: readonly FoundPlace[] };

/** The place that somebody typed, where only one can be meant; else those to choose from. */
async function placeOf(city: string, chosen: string, { world }: Pick<App.Locals, 'world'>): Promise<Where> {
	if (city === '') return { fault: 'place.empty' };
	// Real places, whatever the watch shows now.
	const found = (await searchPlaces(city, false, world)).filter(({ place }) => place.kind !== 'state' && !place.legacy);
	const own = found.some(({ place }) => place.id === chosen) ? await askablePlace(chosen, world) : null;
	if (own) return { place: own };
	const [only] = found;
	if (!only) return { fault: 'place.none' };
	if (found.length === 1 && ` ${foldPlace(city)} `.includes(` ${foldPlace(only.place.name)} `)) return only;
	return { fault: 'place.which', found };
}

function shown({ place, state, counties }: FoundPlace) {
	return { id: place.id, name: place.name, kind: place.kind, around: [...counties, state].join(', ') };
}
