import { readTypedDay } from '#kernel/typed-day.ts';
import { type About, describing } from '#library/about.server.ts';
import { policySlug } from '#library/address.ts';
import type { DraftSaid } from '#library/draft.ts';
import { isWebAddress } from '#library/line.ts';
import { placeAt } from '#places/address.server.ts';
import { foldPlace } from '#places/name.ts';
import { searchPlaces } from '#watch/place.server.ts';
import type { Asked, Described } from './described.ts';

/** What a form says of a text: what is wrong with it, by field, and the places that may be meant. */
export async function described(
	said: DraftSaid,
	titleInText: string,
	{ world, actor, language }: App.Locals,
): Promise<Asked & { readonly about: About | null }> {
	const faults: Described = {};
	const where = said.owner === 'coalition' ? { id: 'coalition' } : await placeOf(said, { world, actor });
	if (said.owner !== 'coalition' && said.owner !== 'place') faults.owner = 'owner';
	else if ('fault' in where) faults.place = where.fault;
	const day = readTypedDay(said.day, language);
	if (day === null) faults.day = said.day.trim() === '' ? 'day.empty' : 'day';
	const retrieved = said.retrieved.trim() === '' ? null : readTypedDay(said.retrieved, language);
	if (said.retrieved.trim() !== '' && retrieved === null) faults.retrieved = 'day';
	const address = said.source_address.trim();
	if (address !== '' && !isWebAddress(address)) faults.source_address = 'address';
	if (policySlug(said.number, said.title || titleInText) === null) faults.title = 'title';
	const found = 'found' in where ? where.found : [];
	if (Object.keys(faults).length > 0 || !('id' in where) || day === null) return { faults, found, about: null };
	const about = await describing(world)({
		...{ place: where.id, date: day },
		...filled('instrument', said.instrument),
		...filled('number', said.number),
		...filled('title', said.title),
		...filled('language', said.language),
		...filled('source_address', address),
		...(retrieved === null ? {} : { retrieved }),
	});
	if ('wrong' in about) return { faults: { owner: 'other' }, found, about: null };
	return { faults, found, about };
}

function filled(name: string, text: string): Record<string, string> {
	return text.trim() === '' ? {} : { [name]: text.trim() };
}

/** The place that somebody typed, where only one can be meant or they chose it; else those to choose from. */
async function placeOf(
	{ place, place_id }: DraftSaid,
	{ world, actor }: Pick<App.Locals, 'world' | 'actor'>,
): Promise<{ id: string } | { fault: 'place.empty' | 'place.none' | 'place.which'; found: Asked['found'] }> {
	const typed = place.trim();
	if (typed === '') return { fault: 'place.empty', found: [] };
	const places = (await searchPlaces(typed, false, world)).filter((one) => !one.place.legacy);
	const found = places.map(({ place: one, state, counties }) => ({
		...{ id: one.id, name: one.name, kind: one.kind },
		around: [...counties, ...(one.kind === 'state' ? [] : [state])].join(', '),
	}));
	if (found.some(({ id }) => id === place_id)) return { id: place_id };
	const [only] = found;
	if (!only) {
		const exact = await world.db.as(actor, (tx) => placeAt(typed, tx));
		return exact ? { id: exact.id } : { fault: 'place.none', found };
	}
	if (found.length === 1 && ` ${foldPlace(typed)} `.includes(` ${foldPlace(only.name)} `)) return only;
	return { fault: 'place.which', found };
}
