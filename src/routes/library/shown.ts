import { addressIn } from '#i18n/language.ts';
import type { Speech } from '#i18n/message.ts';
import { ownerName } from '#library/named.ts';
import { INSTRUMENTS, STANDINGS, TEXT_LANGUAGES } from '#library/policy.ts';
import type { Facet } from '#library/search/asked.ts';
import { protectionOf } from '#library/taxonomy/taxonomy.ts';
import type { VersionLine, WorkLine } from '#library/view.ts';
import { STATES } from '#places/states.ts';

/** What kind of paper it is, in words; a model says what it drafts. */
export function kindOf({ instrument, form }: Pick<WorkLine, 'instrument' | 'form'>, t: Speech): string {
	if (instrument === 'model' && (form === 'ordinance' || form === 'resolution' || form === 'police_directive'))
		return t.say(`library.form.${form}`);
	return t.say(`library.instrument.${instrument}`);
}

/** Whose it is: a place by name and state, or the coalition. */
export function ownerOf({ place }: Pick<WorkLine, 'place'>, t: Speech): string {
	return ownerName({ place }, t.say('library.coalition'));
}

/** Address of the policies of the same place, without the language. */
export function ownerPath({ place }: Pick<WorkLine, 'place'>): string {
	return place ? `/library?place=${encodeURIComponent(place.id)}` : '/library?instrument=model';
}

/** Where it stands, with the day where one is recorded. A model stands nowhere. */
export function standingOf(work: Pick<WorkLine, 'standing' | 'standingSince' | 'instrument'>, t: Speech): string {
	const standing = t.say(`library.standing.${work.standing}`);
	if (!work.standingSince) return standing;
	// What lasts began on its day; a vote and a repeal happened on theirs.
	const lasts = work.standing === 'in_force' || work.standing === 'enjoined';
	return `${standing} ${t.say(lasts ? 'library.since' : 'library.on', { day: t.day(work.standingSince) })}`;
}

/** `Version of 14 Nov 2014`, and which of that day where there are several. */
export function versionName(version: Pick<VersionLine, 'day' | 'nth'>, t: Speech): string {
	const day = t.day(version.day);
	return version.nth === 1 ? t.say('library.version', { day }) : t.say('library.version.nth', { day, n: version.nth });
}

/** Address of something in the library, in the language of the page. */
export function at(path: string, t: Speech): string {
	return addressIn(t.language, `/library/${path}`);
}

/** Short form and name of a protection; its code where this version of the vocabulary has none. */
export function protectionName(code: string, t: Speech): { short: string; name: string } {
	const found = protectionOf(code);
	return found ? { short: found.short, name: found.name[t.language] } : { short: code, name: code };
}

/** What a provision without a number is called, by its eId: `rec_3` is `Recital 3`. */
export function pieceName(eId: string, t: Speech): string {
	const [, kind, n = '1'] = /(?:^|__)(preface|rec|formula|conclusion)(?:_(\d+))?$/.exec(eId) ?? [];
	if (kind === 'preface') return t.say('library.piece.preface');
	if (kind === 'rec') return t.say('library.piece.recital', { n: Number(n) });
	if (kind === 'formula') return t.say('library.piece.formula');
	if (kind === 'conclusion') return t.say('library.piece.conclusion');
	return eId;
}

/** A value of a list that results are narrowed by, in words; `label` where the search knows its name. */
export function facetName(facet: Facet, value: string, label: string | null, t: Speech): string {
	if (label !== null) return label;
	if (facet === 'instrument') {
		const found = INSTRUMENTS.find((one) => one === value);
		return found ? t.say(`library.instrument.${found}`) : value;
	}
	if (facet === 'standing') {
		const found = STANDINGS.find((one) => one === value);
		return found ? t.say(`library.standing.${found}`) : value;
	}
	if (facet === 'language') {
		const found = TEXT_LANGUAGES.find((one) => one === value);
		return found ? t.say(`library.language.${found}`) : value;
	}
	if (facet === 'state') return STATES.find(({ code }) => code === value)?.name ?? `${value} (SAMPLE)`;
	if (facet !== 'protection') return value;
	const { short, name } = protectionName(value, t);
	return `${short} ${name}`;
}
