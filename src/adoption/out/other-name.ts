import type { Speech } from '#i18n/message.ts';
import { holderName, pageTitle } from '#library/named.ts';
import type { Other } from '../beside.ts';
import type { Source } from '../draft.ts';

/** What a file is marked against: `Draft 12`; `Dunmere, ZZ: Ordinance 2027-3, March 3, 2027`. */
export function otherName(other: Other, sources: readonly Pick<Source, 'title' | 'day'>[], t: Speech): string {
	const dated = (title: string, day: string) => `${title}, ${t.date(day)}`;
	if (other.kind === 'draft') return t.say('draft.number', { n: other.seq });
	if (other.kind === 'text') return dated(holderTitle(other.work, t), other.version.day);
	const days = other.kind === 'newest' ? other.days : [];
	return sources.map(({ title, day }, n) => dated(title, days[n] ?? day)).join('; ');
}

/** `Alder Falls, MC: Ordinance 2027-3. An ordinance on detainers`. */
export function holderTitle(work: Extract<Other, { kind: 'text' }>['work'], t: Speech): string {
	return `${holderName(work, t.say('library.coalition'))}: ${pageTitle(work)}`;
}
