import type { Provision } from '#library/provision.ts';
import type { State } from '../draft.ts';
import { filled } from '../fill.ts';
import { signOf } from '../structure/label.ts';
import { type Lookup, lookup } from '../structure/lookup.ts';
import { meantBy, withinWhole } from '../structure/meaning.ts';
import { type Link, mentions } from '../structure/mention.ts';
import { quotedIn } from '../structure/tree.ts';
import type { Finding } from './finding.ts';

type Read = Pick<State, 'provisions' | 'blanks' | 'answers'> & { readonly draft: Pick<State['draft'], 'language'> };

/** What is to be looked at in the words of a draft as they read with what was answered, in the order of the text. */
export function foundInWords({ provisions, blanks, answers, draft }: Read): readonly Finding[] {
	const text = filled(provisions, blanks, answers, draft.language);
	const named = lookup(text);
	const counts = countsOf(text);
	const parents = new Set(text.map(({ parent }) => parent));
	const bare = text.map((one, at) => one.text.trim() === '' && !parents.has(at) && isToSay(one));
	const doubled = doubledIn(text, draft.language);
	return text.flatMap((one, at): readonly Finding[] => {
		const { id: provision } = one;
		// Several beside each other are a table of contents.
		const empty = bare[at] && !bare[at - 1] && !bare[at + 1];
		const quoted = one.kind === 'quoted' || quotedIn(text, at);
		const missing = quoted ? [] : partsOf(one).flatMap((words) => missingIn(words, at, named, counts));
		return [
			...doubled.flatMap(({ first, words, n }) =>
				first === at ? [{ what: 'doubled', provision, words, n } as const] : [],
			),
			...(empty ? [{ what: 'empty', provision } as const] : []),
			...[...new Set(missing)].map((words) => ({ what: 'reference', provision, words }) as const),
		];
	});
}

/** Articles that no sentence has beside each other. A street can be called A, and it can be `la una`. */
const DOUBLED = {
	en: /(?<!\p{L})(?:[Tt]he|THE|a|[Aa]n|AN) +(?:[Tt]he|THE|a|[Aa]n|AN)(?= +\p{L})/gu,
	es: /(?<!\p{L})(?:el|la|los|las|una?|unos|unas|del|al) +(?:el|la|los|las|the)(?= +\p{L})/giu,
} as const;

/** Both articles with the word behind them, once where an answer stands in many places: where first, and in how many provisions. */
function doubledIn(
	text: readonly Pick<Provision, 'heading' | 'text'>[],
	language: 'en' | 'es',
): readonly { readonly first: number; readonly words: string; readonly n: number }[] {
	const found = new Map<string, { first: number; words: string; at: Set<number> }>();
	text.forEach((one, at) => {
		for (const part of partsOf(one))
			for (const { 0: articles, index } of part.matchAll(DOUBLED[language])) {
				const [next = ''] = /^ +\p{L}+/u.exec(part.slice(index + articles.length)) ?? [];
				const words = articles + next;
				const known = found.get(words.toLowerCase()) ?? { first: at, words, at: new Set() };
				known.at.add(at);
				found.set(words.toLowerCase(), known);
			}
	});
	return [...found.values()].map(({ first, words, at }) => ({ first, words, n: at.size }));
}

function partsOf({ heading, text }: Pick<Provision, 'heading' | 'text'>): readonly string[] {
	return [heading ?? '', text];
}

/** What a code calls a number that nothing stands under. */
const LEFT_FREE = /\b(?:reserved|repealed|deleted|omitted|vacant|reservad[oa]|derogad[oa]|suprimid[oa]|omitid[oa])\b/i;

/** Whether a provision with no words should have some. */
function isToSay({ kind, number, heading }: Pick<Provision, 'kind' | 'number' | 'heading'>): boolean {
	if (kind === 'preface' || kind === 'formula' || kind === 'conclusion') return false;
	return (number ?? heading ?? '') !== '' && !LEFT_FREE.test(`${number ?? ''} ${heading ?? ''}`);
}

/** References in words that name nothing of the text, and no other law as far as words tell. */
function missingIn(words: string, from: number, text: Lookup, counts: Counts): readonly string[] {
	return mentions(words).flatMap((found) => {
		const { links, start, end } = withinWhole(found, text);
		if (!links.some((link) => isOwn(link, counts)) || !meantBy([...links], from, text).includes(null)) return [];
		return AMENDS.test(sentenceAt(words, start)) ? [] : [words.slice(start, end)];
	});
}

/** `is amended by adding a new section 9-131`: of another text, which such a sentence changes. */
const AMENDS =
	/\b(?:(?:is|are)\s+(?:hereby\s+)?(?:amended|added|repealed|renumbered|redesignated)|as\s+(?:added|amended)\s+by|amending|adding|repealing|se\s+(?:enmiendan?|modifican?|añaden?|adicionan?|derogan?|reforman?))(?!\p{L})/iu;

/** Letters of a sentence on either side: a longer one is looked at in part. */
const SENTENCE = 400;

/** The sentence around a place in words, as far as full stops before a capital tell. */
function sentenceAt(words: string, at: number): string {
	const [before, behind] = [words.slice(Math.max(0, at - SENTENCE), at), words.slice(at, at + SENTENCE)];
	const stop = /\.\s+(?=\p{Lu})/u;
	return (before.split(stop).at(-1) ?? '') + (behind.split(stop, 1)[0] ?? '');
}

/** How many figures the last part of a number has at most, by kind and by what stands before it: `section 9.40.` has 3. */
type Counts = ReadonlyMap<string, number>;

function countsOf(text: readonly Pick<Provision, 'kind' | 'number'>[]): Counts {
	const counts = new Map<string, number>();
	for (const { kind, number } of text) {
		const { count, figures } = countOf(kind, signOf(number));
		if (figures > 0) counts.set(count, Math.max(figures, counts.get(count) ?? 0));
	}
	return counts;
}

/** Figures of the number of a section in a text that has fewer. */
const FEW = 2;

/** Whether a level names a section as this text counts its own: of fifteen sections `section 99` is one, `section 287(g)` of a statute. */
function isOwn({ unit, pins }: Link, counts: Counts): boolean {
	return pins.some(({ head }) => {
		const { count, figures } = countOf(unit.kind, head ?? '');
		const most = counts.get(count);
		return figures > 0 && most !== undefined && figures <= Math.max(FEW, most);
	});
}

function countOf(kind: string, sign: string): { readonly count: string; readonly figures: number } {
	const [, before = '', last = ''] = /^(.*[.:-])?(\d*)/.exec(sign) ?? [];
	return { count: `${kind} ${before}`, figures: last.length };
}
