import { addressIn } from '#i18n/language.ts';
import type { Key, Speech } from '#i18n/message.ts';
import { placePath } from '#places/place.ts';
import { stateTitle } from '#watch/identity/state.ts';
import type { AgencyRecord, AgreementLine, PlaceLink } from '#watch/views.ts';

/** Where an agency stands on the latest lists, in one sentence or two, and no more than they print. */
export function ledeOf({ agreements, applications, span }: AgencyRecord, t: Speech): string {
	const listed = agreements.filter((one) => one.standing === 'listed').length;
	const pending = applications.filter((one) => one.standing === 'pending').length;
	const asked =
		pending > 0 && span.pendingAsOf ? [t.say('record.lede.pending', { n: pending, day: t.day(span.pendingAsOf) })] : [];
	if (listed > 0) return [t.say('record.lede.listed', { n: listed, day: t.day(span.asOf) }), ...asked].join(' ');
	const last = latest(agreements);
	if (last) return [t.say('record.lede.none', { day: t.day(span.asOf), last: t.day(last) }), ...asked].join(' ');
	if (asked.length > 0) return [...asked, t.say('record.lede.never')].join(' ');
	const seen = latest(applications);
	const gone = seen ? [t.say('record.lede.gone', { last: t.day(seen) })] : [];
	return [...gone, t.say('record.lede.never')].join(' ');
}

/** Watch, the state, the county of the agency's area; as text where no place page is known. */
export function trailOf(agency: AgencyRecord, t: Speech): { name: string; href: string | null }[] {
	const { statePlace, area, county, name } = agency;
	const to = (place: PlaceLink) => addressIn(t.language, `/watch/place/${placePath(place)}`);
	const near = area?.level === 'state' ? [] : (area?.counties.slice(0, 1) ?? []);
	const counties = near.map((place) => ({ name: place.name, href: to(place) }));
	return [
		{ name: t.say('frame.watch'), href: addressIn(t.language, '/watch') },
		{ name: statePlace?.name ?? stateTitle(agency.state), href: statePlace && to(statePlace) },
		...(counties.length === 0 && county && area?.level !== 'state' ? [{ name: county, href: null }] : counties),
		{ name, href: null },
	];
}

/** Where an agreement stands, in the words of the lists. */
export function standingOf({ standing, lastListed }: AgreementLine, asOf: string, t: Speech): string {
	const key: Key = `record.standing.${standing}`;
	return t.say(key, { day: t.day(asOf), last: t.day(lastListed) });
}

function latest(held: readonly { readonly lastListed: string }[]): string | null {
	return held.reduce<string | null>(
		(last, one) => (last === null || one.lastListed > last ? one.lastListed : last),
		null,
	);
}
