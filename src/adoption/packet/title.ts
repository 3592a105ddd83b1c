import { type Speech, speech } from '#i18n/message.ts';
import { draftPaper, type Outgoing, readBase, readDraft } from '../out/outgoing.ts';
import { numberOf, type Pair, type Sections, sectionsOf } from './section.ts';

/** A number of a code: `9.40.010`, `12-3`. A text that counts from 1 is no part of one. */
const OF_CODE = /^\d+[A-Za-z]?(?:[.-]\d+[A-Za-z]?)+$/;
/** How a text begins that states its own long title. */
const LONG = /^(?:an?|una?)?\s*(?:ordinance|resolution|ordenanza|resolución|acuerdo)\b/i;
export const LONGEST_TITLE = 1_000;

/**
 * The long title as far as numbers tell it: which sections of the city's own text are amended, added and repealed, or which
 * sections of a code are new. Everything else goes by the title of the draft. Whoever makes the packet can write another.
 * @param own whether the draft was copied from a policy of its own city
 */
export function titleOf(out: Outgoing, own: boolean): string {
	const { title, instrument, language } = out.draft;
	const t = speech(language);
	const kind = instrument === 'resolution' ? 'resolution' : 'ordinance';
	if (!['ordinance', 'code_chapter', 'resolution'].includes(instrument)) return title;
	const long = draftPaper(out, 'clean', null).provisions.find(({ kind }) => kind === 'preface');
	if (!own && long && LONG.test(long.text) && long.text.length <= LONGEST_TITLE) return long.text;
	const told = own ? said(sectionsIn(out), t) : added(out, t);
	return told === '' ? title : t.say(`packet.title.${kind}`, { acts: told, title });
}

/** What became of the sections of the text that a draft was copied from. */
export function sectionsIn(out: Outgoing): Sections {
	return sectionsOf(readBase(out), readDraft(out));
}

/** `Sections 3, 4, and 9`, each by its number. */
export function cited(unit: Sections['unit'], numbers: readonly string[], t: Speech): string {
	return t.say(`packet.title.${unit}s`, { n: numbers.length, list: listed(numbers, t) });
}

/** What the draft does to the sections of a text in force, each by the number that it has there. */
function said({ unit, changed, moved, numbered, ...rest }: Sections, t: Speech): string {
	const there = (list: readonly Pair[]) => list.map(({ was }) => was);
	const acts = {
		amending: [...new Set([...there(changed), ...there(moved)])],
		renumbering: there(numbered),
		adding: [...rest.added, ...rest.divided.map(({ is }) => is)],
		repealing: [...rest.removed, ...there(rest.joined)],
	};
	const told = (['amending', 'renumbering', 'adding', 'repealing'] as const).filter((act) => acts[act].length > 0);
	return listed(
		told.map((act) => t.say(`packet.title.${act}`, { sections: cited(unit, acts[act], t) })),
		t,
	);
}

/** `adding Chapter 12, Sections 12.01 to 12.09`. */
function added({ provisions }: Outgoing, t: Speech): string {
	const numbers = provisions.flatMap(({ kind, number }) => (kind === 'section' ? (numberOf(number) ?? []) : []));
	if (numbers.length === 0 || !numbers.every((number) => OF_CODE.test(number))) return '';
	const chapters = provisions.flatMap(({ kind, number }) =>
		kind === 'chapter' && number ? [numberOf(number) ?? ''] : [],
	);
	const first = numbers[0] ?? '';
	const list =
		numbers.length > 2 ? t.say('packet.title.range', { first, last: numbers.at(-1) ?? '' }) : listed(numbers, t);
	const sections = t.say('packet.title.sections', { n: numbers.length, list });
	const [chapter] = chapters;
	return t.say('packet.title.adding', {
		sections: chapters.length === 1 && chapter ? t.say('packet.title.chapter', { chapter, sections }) : sections,
	});
}

function listed(items: readonly string[], t: Speech): string {
	return new Intl.ListFormat(t.language, { type: 'conjunction' }).format(items);
}
