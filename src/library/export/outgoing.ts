import type { Day } from '#kernel/day.ts';
import { writtenDay } from '#kernel/written-day.ts';
import type { Instrument, TextLanguage } from '../policy.ts';
import type { Provision } from '../provision.ts';
import type { Profile } from '../redline/profile.ts';
import type { Version, VersionLine, Work } from '../view.ts';

/** What an export is made of. */
export interface Outgoing {
	readonly work: Work;
	readonly version: Version;
	/** Where this library is, without a path: `https://compact.example`. */
	readonly origin: string;
	/** The sentence on the law of the reader's state; null where none is told. */
	readonly lawSentence: string | null;
}

/** Head of a file: what it must say before its first provision. */
export interface Head {
	readonly title: string;
	/** Whose it is, as people call it. */
	readonly place: string;
	/** What a reader must know before using the words: sample, draft, translation, law of the state. Sentences. */
	readonly notices: readonly string[];
	/** Those of the notices that are in English in a text of another language. */
	readonly english: ReadonlySet<string>;
	/** Sentence where the text holds a redline that does not mark what is added; else null. */
	readonly unmarked: string | null;
	/** Where it comes from, one name and value a line. */
	readonly origin: readonly { readonly name: string; readonly value: string }[];
}

/** What a file says of itself where its form has a place for it: names and addresses as Akoma Ntoso wants them. */
export interface Identity {
	/** What the coalition took from elsewhere is an act; what a city drafts is a bill. */
	readonly document: 'act' | 'bill';
	readonly instrument: Instrument;
	readonly number: string | null;
	/** `us-ny`; `us` where it is of no place. */
	readonly country: string;
	/** Addresses of the policy, of this version and of this file. */
	readonly work: string;
	readonly version: string;
	readonly file: string;
	/** Whose words they are, and where that is told. */
	readonly author: { readonly id: string; readonly address: string; readonly name: string };
	/** Where this library is. */
	readonly origin: string;
	/** Texts that it was copied from. */
	readonly sources: readonly { readonly address: string; readonly title: string }[];
}

/** A text as the writers of files take it, whether it is a version of the library or a draft. */
export interface Paper {
	readonly head: Head;
	readonly language: TextLanguage;
	/** Of the version, or on which the draft goes out. */
	readonly day: Day;
	readonly provisions: readonly Written[];
	/** Whose the tracked changes are. */
	readonly changedBy: string;
	/** How what is added and removed looks; null: as the form of the file has it, tracked changes in Word. */
	readonly look: Profile | null;
	/** Whether a Word file has a part that says title, language and day. */
	readonly properties: boolean;
	readonly identity: Identity;
}

/** A provision, and where it stands else if it moved: struck there or new there. */
export type Written = Provision & { readonly moved?: string | null };

const MODEL: Readonly<Record<TextLanguage, string>> = {
	en: 'Working draft written with software. No attorney has reviewed it. Not law in any city.',
	es: 'Borrador de trabajo escrito con software. Ningún abogado lo ha revisado. No es ley en ninguna ciudad.',
};
/** Of what is invented. */
export const SAMPLE: Readonly<Record<TextLanguage, string>> = {
	en: 'SAMPLE. An invented text of an invented place. Not law anywhere.',
	es: 'SAMPLE (MUESTRA). Un texto inventado de un lugar inventado. No es ley en ninguna parte.',
};
const TRANSLATION: Readonly<Record<TextLanguage, string>> = {
	en: 'Unofficial translation. The text in the language it was enacted in is the official one.',
	es: 'Traducción no oficial. El texto en el idioma en que se promulgó es el oficial.',
};
/** Of what was drafted for states that restrict local limits. */
export const COUNSEL: Readonly<Record<TextLanguage, string>> = {
	en: 'Drafted for states that restrict local limits: ask counsel before using this text.',
	es: 'Redactado para estados que restringen los límites locales: consulte con su abogado antes de usar este texto.',
};
const UNMARKED: Readonly<Record<TextLanguage, string>> = {
	en: 'The source marks what is removed and not what is added: how the text read before is not known.',
	es: 'La fuente marca lo que se suprime y no lo que se añade: no se sabe cómo decía antes el texto.',
};
const COPY: Readonly<Record<TextLanguage, string>> = {
	en: 'Unofficial copy.',
	es: 'Copia no oficial.',
};
/** Of where a version comes from. */
export const ORIGIN_NAMES: Readonly<
	Record<TextLanguage, Readonly<Record<'number' | 'place' | 'day' | 'address' | 'source', string>>>
> = {
	en: { number: 'Number', place: 'Place', day: 'Version of', address: 'Permanent address', source: 'Source' },
	es: { number: 'Número', place: 'Lugar', day: 'Versión del', address: 'Dirección permanente', source: 'Fuente' },
};
const RETRIEVED: Readonly<Record<TextLanguage, string>> = { en: 'retrieved', es: 'obtenido el' };
const WITHDRAWN: Readonly<Record<TextLanguage, string>> = {
	en: 'Taken from the shelf on',
	es: 'Retirado de la biblioteca el',
};
const COALITION = 'City Compact';

/** Permanent address of a version, whole. */
export function permanentAddress({ address }: Pick<VersionLine, 'address'>, origin: string): string {
	return `${origin}/library/${address}`;
}

/** The notices of a file: in English, and after it in the language of the text where that is another. */
export function headOf({ work, version, origin, lawSentence }: Outgoing): Head {
	const languages: readonly TextLanguage[] = version.language === 'es' ? ['en', 'es'] : ['en'];
	const said = (words: Readonly<Record<TextLanguage, string>>) => languages.map((language) => words[language]);
	const notices = [
		...(work.sample ? said(SAMPLE) : []),
		...(work.instrument === 'model' ? said(MODEL) : []),
		...(work.askCounsel ? said(COUNSEL) : []),
		...(work.withdrawn
			? [`${WITHDRAWN[version.language]} ${writtenDay(work.withdrawn.day, version.language)}: ${work.withdrawn.reason}`]
			: []),
		...(version.official ? [] : said(TRANSLATION)),
		...(lawSentence ? [lawSentence] : []),
		...said(COPY),
	];
	const english = new Set(
		version.language === 'en' ? [] : [SAMPLE, MODEL, COUNSEL, TRANSLATION, COPY].map(({ en }) => en),
	);
	const silent = version.provisions.some(({ state, before }) => state === 'changed' && before === null);
	const unmarked = silent ? said(UNMARKED).join(' ') : null;
	const names = ORIGIN_NAMES[version.language];
	const lines: { name: string; value: string }[] = [];
	if (work.number) lines.push({ name: names.number, value: work.number });
	lines.push({ name: names.place, value: placeName(work) });
	lines.push({ name: names.day, value: writtenDay(version.day, version.language) });
	lines.push({ name: names.address, value: permanentAddress(version, origin) });
	lines.push({ name: names.source, value: sourceOf(version) });
	return { title: version.title, place: placeName(work), notices, english, unmarked, origin: lines };
}

/** A version of the library as the writers take it. */
export function paperOf(out: Outgoing): Paper {
	const { work, version, origin } = out;
	const [head, whole, address] = [headOf(out), `${origin}/library/${work.address}`, permanentAddress(version, origin)];
	return {
		head,
		language: version.language,
		day: version.day,
		provisions: version.provisions,
		changedBy: version.source.name ?? version.title,
		look: null,
		properties: true,
		identity: {
			document: 'act',
			instrument: work.instrument,
			number: work.number,
			country: work.place ? `us-${work.place.stateCode.toLowerCase()}` : 'us',
			work: whole,
			version: address,
			file: `${address}/download.xml`,
			author: { id: 'place', address: whole, name: head.place },
			origin,
			sources: [],
		},
	};
}

function placeName({ place }: Work): string {
	if (!place) return COALITION;
	return place.kind === 'state' ? place.name : `${place.name}, ${place.stateCode}`;
}

function sourceOf({ source, language }: Version): string {
	const retrieved = source.retrieved ? `${RETRIEVED[language]} ${writtenDay(source.retrieved, language)}` : null;
	const parts = [source.name, source.address, retrieved].filter((part) => part !== null);
	return parts.length > 0 ? parts.join(', ') : COALITION;
}
