import { type Speech, speech } from '#i18n/message.ts';
import type { Day } from '#kernel/day.ts';
import { COUNSEL, type Head, type Paper, SAMPLE } from '#library/export/outgoing.ts';
import type { Profile } from '#library/redline/profile.ts';
import type { Blank } from '#library/view.ts';
import { slugOf } from '#places/name.ts';
import type { Answers } from '../answer.ts';
import { blanksIn, isOpenBlank } from '../blanks-in.ts';
import type { DraftLine, Source } from '../draft.ts';
import { clean, type Drafted, marked } from './marked.ts';
import { type Brackets, readable } from './readable.ts';

/** A draft on its way out, and what its files say beside its words. */
export interface Outgoing {
	readonly draft: Pick<DraftLine, 'title' | 'instrument' | 'language' | 'sample'>;
	/** Of the city, as people call it: `Alder Falls`, and the letters of its state. */
	readonly place: { readonly name: string; readonly stateCode: string };
	/** Stands as the author: `Office of the City Attorney, Alder Falls`. */
	readonly office: string;
	/** Named before the office where the person chose so; null: nobody is. */
	readonly person: string | null;
	readonly day: Day;
	/** Where this library is, without a path: `https://compact.example`. */
	readonly origin: string;
	/** The sentence on the law of the city's state; null where none is told. */
	readonly lawSentence: string | null;
	/** Whether a text that it was copied from was drafted for states that restrict local limits. */
	readonly askCounsel: boolean;
	readonly sources: readonly Source[];
	readonly blanks: readonly Blank[];
	readonly answers: Answers;
	readonly provisions: readonly Drafted[];
	/** What a redline is drawn against: what was copied, with its blanks. */
	readonly base: readonly Drafted[];
	/** What the base is where it is another text than what was copied, and what fills its blanks; null: what was copied. */
	readonly since: {
		readonly name: string;
		readonly blanks: readonly Blank[];
		readonly answers: Answers;
	} | null;
}

const SQUARE: Brackets = ['[', ']'];
/** Where square brackets say that words are struck. */
const ANGLE: Brackets = ['‹', '›'];

/** Draft or redline as the library's writers of files take a text; a look is one of a clerk's office, null that of the form. */
export function draftPaper(out: Outgoing, what: 'clean' | 'marked', look: Profile | null): Paper {
	const { draft, place, day, origin, sources } = out;
	const { language } = draft;
	const brackets = what === 'marked' && look?.enclosed?.open.startsWith('[') ? ANGLE : SQUARE;
	const is = readDraft(out, brackets);
	const country = `us-${place.stateCode.toLowerCase()}`;
	const address = `/akn/${country}/bill/${draft.instrument}/${day}/draft`;
	const version = `${address}/${{ en: 'eng', es: 'spa' }[language]}@${day}`;
	const author = authorOf(out);
	return {
		head: headOf(out, what, brackets),
		language,
		day,
		provisions: what === 'clean' ? clean(is).provisions : marked(readBase(out, brackets), is),
		changedBy: author,
		look,
		properties: false,
		identity: {
			document: 'bill',
			instrument: draft.instrument,
			number: null,
			country,
			work: address,
			version,
			file: `${version}.xml`,
			author: { id: 'author', address: `/akn/ontology/organization/${country}/${slugOf(out.office)}`, name: author },
			origin,
			sources: sources.map((one) => ({ address: `${origin}/library/${one.address}`, title: one.title })),
		},
	};
}

/** The draft, as it is read outside the house. */
export function readDraft({ provisions, blanks, answers, draft }: Outgoing, brackets = SQUARE): readonly Drafted[] {
	return readable(provisions, blanks, answers, draft.language, brackets);
}

/** What a redline is drawn against, the same way. */
export function readBase(out: Outgoing, brackets = SQUARE): readonly Drafted[] {
	const { blanks, answers } = out.since ?? out;
	return readable(out.base, blanks, answers, out.draft.language, brackets);
}

/** How place and office are named in files: those of the sample say so. `office`: of the seat that sends; null for none. */
export function sender(
	{ draft, place }: Pick<Outgoing, 'draft' | 'place'>,
	office: string | null,
): Pick<Outgoing, 'place' | 'office'> {
	const city = draft.sample && !/\bSAMPLE\b/.test(place.name) ? `SAMPLE ${place.name}` : place.name;
	return { place: { ...place, name: city }, office: office ? `${office}, ${city}` : city };
}

/** The office, and before it the person where one is named. */
export function authorOf({ office, person }: Pick<Outgoing, 'office' | 'person'>): string {
	return person === null ? office : `${person}, ${office}`;
}

/** Whose text a draft was copied from: a place, or the coalition with its model. */
export function ownerOf({ owner, model }: Source, t: Speech): string {
	return owner ?? t.say(model ? 'takeout.model' : 'library.coalition');
}

/** How many blanks of the draft are open. */
export function openIn(out: Outgoing): number {
	return blanksIn(out).filter(isOpenBlank).length;
}

/** Notices in English, and after it in the language of the draft where that is another. */
function headOf(out: Outgoing, what: 'clean' | 'marked', [open, close]: Brackets): Head {
	const { draft, place, day, origin, sources } = out;
	const t = speech(draft.language);
	const n = openIn(out);
	const placed = `${place.name}, ${place.stateCode}`;
	const told = ({ title, day: of }: Source): string => `${title}, ${t.date(of)}`;
	const copied = sources[0] && told(sources[0]);
	const since = what === 'marked' ? (out.since?.name ?? copied) : undefined;
	const sentences: readonly ((t: Speech) => string)[] = [
		...(draft.sample ? [({ language }: Speech) => SAMPLE[language]] : []),
		({ say }) => say('takeout.draft'),
		...(out.askCounsel ? [({ language }: Speech) => COUNSEL[language]] : []),
		...(n > 0 ? [({ say }: Speech) => say('takeout.blanks', { n, open, close })] : []),
	];
	const english = draft.language === 'en' ? [] : sentences.map((sentence) => sentence(speech('en')));
	return {
		title: draft.title,
		place: placed,
		notices: [
			...sentences.flatMap((sentence, at) => [...english.slice(at, at + 1), sentence(t)]),
			...(out.lawSentence === null ? [] : [out.lawSentence]),
		],
		english: new Set(english),
		unmarked: null,
		origin: [
			{ name: t.say('takeout.place'), value: placed },
			{ name: t.say('takeout.day'), value: t.date(day) },
			{ name: t.say('takeout.author'), value: authorOf(out) },
			...sources.map((one) => ({
				name: t.say('takeout.from'),
				value: `${one.title} (${ownerOf(one, t)}), ${t.date(one.day)}, ${origin}/library/${one.address}`,
			})),
			...(since ? [{ name: t.say('takeout.since'), value: since }] : []),
		],
	};
}
