import { type Speech, speech } from '#i18n/message.ts';
import type { MarkedProvision } from '../out/marked.ts';
import { draftPaper, type Outgoing } from '../out/outgoing.ts';
import { unitOf } from './unit.ts';

/** A number of a code: `9.40.010`, `12-3`. A text that counts from 1 is no part of one. */
const OF_CODE = /^\d+[A-Za-z]?(?:[.-]\d+[A-Za-z]?)+$/;
/** How a text begins that states its own long title. */
const LONG = /^(?:an?|una?)?\s*(?:ordinance|resolution|ordenanza|resolución|acuerdo)\b/i;
export const LONGEST_TITLE = 1_000;

/** Numbers of sections, by what the draft does with them. */
export interface Acts {
	/** What the text calls them. */
	readonly unit: 'section' | 'article';
	readonly amended: readonly string[];
	readonly added: readonly string[];
	readonly repealed: readonly string[];
}

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
	const told = own ? said(actsOf(out), t) : added(out, t);
	return told === '' ? title : t.say(`packet.title.${kind}`, { acts: told, title });
}

/** What a draft does to the sections of the text that it was copied from. */
export function actsOf(out: Outgoing): Acts {
	const provisions = draftPaper(out, 'marked', null).provisions as readonly MarkedProvision[];
	const unit = unitOf(provisions);
	const section: (number | null)[] = [];
	for (const [at, { kind, parent }] of provisions.entries())
		section[at] = kind === unit ? at : parent === null ? null : (section[parent] ?? null);
	const changed = new Set(provisions.flatMap(({ state }, at) => (state === 'same' ? [] : [section[at]])));
	const numbers = (which: (one: MarkedProvision, at: number) => boolean) =>
		provisions.flatMap((one, at) => {
			const number = numberOf(one.number ?? one.before?.number ?? null);
			return one.kind === unit && number !== null && which(one, at) ? [number] : [];
		});
	return {
		unit,
		amended: numbers(({ state }, at) => state !== 'added' && state !== 'removed' && changed.has(at)),
		added: numbers(({ state }) => state === 'added'),
		repealed: numbers(({ state }) => state === 'removed'),
	};
}

/** `Sections 3, 4, and 9`, each by its number. */
export function cited(unit: Acts['unit'], numbers: readonly string[], t: Speech): string {
	return t.say(`packet.title.${unit}s`, { n: numbers.length, list: listed(numbers, t) });
}

function said({ unit, amended, added, repealed }: Acts, t: Speech): string {
	const acts = { amending: amended, adding: added, repealing: repealed };
	const told = (['amending', 'adding', 'repealing'] as const).filter((act) => acts[act].length > 0);
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

/** `Section 9.40.010.` as `9.40.010`. */
function numberOf(number: string | null): string | null {
	return /[\p{N}][\p{L}\p{N}.-]*/u.exec(number ?? '')?.[0].replace(/[.-]+$/, '') ?? null;
}

function listed(items: readonly string[], t: Speech): string {
	return new Intl.ListFormat(t.language, { type: 'conjunction' }).format(items);
}
