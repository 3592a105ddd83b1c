import { type Numeral, numerals } from './numeral.ts';

/** Units that name themselves, `§ 9-131`, `Article III`, and the kind each is kept as. */
export const UNITS = {
	title: 'title',
	subtitle: 'title',
	division: 'part',
	chapter: 'chapter',
	subchapter: 'part',
	article: 'article',
	part: 'part',
	subpart: 'part',
	appendix: 'part',
	section: 'section',
} as const;
export type Unit = keyof typeof UNITS;

/** What stands around the sign of a list: `(a)`, `a.`, `a)`; `-` for a bullet. */
export type Wrap = '()' | '.' | ')' | '-';

export interface UnitLabel {
	readonly unit: Unit;
	/** As it names itself, `9-131`; empty where it has none. */
	readonly sign: string;
	/** Whole number that it is; null for `9-131`. */
	readonly whole: number | null;
	/** Characters of the line that it takes, blanks after it included. */
	readonly length: number;
	/** Characters without those blanks. */
	readonly printed: number;
	/** Whether the line says which unit it is by word or `§`, and not by its number alone. */
	readonly named: boolean;
}

export interface ListLabel {
	readonly wrap: Wrap;
	readonly sign: string;
	readonly numerals: readonly Numeral[];
	readonly length: number;
	readonly printed: number;
}

const WORDS: readonly (readonly [RegExp, Unit])[] = [
	[/^(?:§{1,2}(?:\s?sections?(?!\p{L}))?|sections?(?!\p{L})|secs?\.|sec(?!\p{L})|secci[oó]n\b|secc?\.)/iu, 'section'],
	[/^(?:articles?\b|art\.|art[ií]culo\b)/i, 'article'],
	[/^(?:chapter\b|ch\.|cap[ií]tulo\b)/i, 'chapter'],
	[/^subchapter\b/i, 'subchapter'],
	[/^(?:title\b|t[ií]tulo\b)/i, 'title'],
	[/^subtitle\b/i, 'subtitle'],
	[/^(?:part\b|parte\b)/i, 'part'],
	[/^subpart\b/i, 'subpart'],
	[/^division\b/i, 'division'],
	[/^(?:appendix|exhibit|ap[eé]ndice)\b/i, 'appendix'],
];
const OPENING = /^["“”'‘«]?\s*/;
/** `9-131`, `12H.2`, `28-201.2.1`, `130.65-a`, `1-A`; before it the letters of a code: `BC 1110.3`. */
const NUMBER =
	/^(?:[A-Z]{1,4} ?(?=\d))?[A-Za-z]?\d+[A-Za-z]{0,2}(?:(?:\s?[-–]\s?(?=\d)|[-–.:]|\.-)[A-Za-z]?\d+[A-Za-z]{0,2}|-[A-Za-z]{1,2}(?![A-Za-z]))*/;
const ROMAN_NUMBER = /^(?:[IVXLC]+|[ivxlc]+|[A-Z])(?![A-Za-z])/;
const WORD_NUMBER =
	/^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first|second|third|fourth|fifth|primer[oa]|segund[oa]|tercer[oa]|cuart[oa]|quint[oa]|sext[oa]|s[eé]ptim[oa]|octav[oa]|noven[oa]|d[eé]cim[oa]|[uú]nic[oa])\b/i;
const WHOLES: Readonly<Record<string, number>> = {
	one: 1,
	two: 2,
	three: 3,
	four: 4,
	five: 5,
	six: 6,
	seven: 7,
	eight: 8,
	nine: 9,
	ten: 10,
	first: 1,
	second: 2,
	third: 3,
	fourth: 4,
	fifth: 5,
	primero: 1,
	primera: 1,
	segundo: 2,
	segunda: 2,
	tercero: 3,
	tercera: 3,
	cuarto: 4,
	cuarta: 4,
	quinto: 5,
	quinta: 5,
	sexto: 6,
	sexta: 6,
};
/** After these a unit is spoken of, and does not begin: `Section 4 of this local law`, `Chapter 1 and`, `Section 3(a)`. */
const SPOKEN_OF =
	/^(?:,|\(|\s*\[?(?:of|is|are|was|and|or|to|through|shall|may|as|in|by|hereof|above|below|does|del?|de la|y|o|se|que)\b)/;
const BARE = /^\d+[A-Z]?(?:[-–.]\d+[A-Za-z]{0,2})+(?![\w%/-])\.?/;

/** The unit that a line begins, or null. `number` alone begins a section where words with a capital follow: `9.40.010 Purpose`. */
export function unitLabel(line: string): UnitLabel | null {
	const opening = OPENING.exec(line)?.[0].length ?? 0;
	const rest = line.slice(opening, opening + 80);
	for (const [word, unit] of WORDS) {
		const named = word.exec(rest);
		if (named) return numbered(line, rest, opening, named[0], unit);
	}
	const bare = BARE.exec(rest);
	if (!bare) return null;
	// Words that go on in small letters are a sentence that begins with a figure, unless a stop ends it.
	if (!(bare[0].endsWith('.') ? /^\s|^$/ : /^\s+["“‘([]?\p{Lu}|^\s*$/u).test(rest.slice(bare[0].length))) return null;
	// A date at the foot of a draft: `8.21.15`, `10-26-11 9:00 PM`.
	const tail = rest.slice(bare[0].length);
	if (/^\d{1,2}[-.]\d{1,2}[-.](?:\d\d|(?:19|20)\d\d)$/.test(bare[0]) && /^\s*(?:$|[AaPp]\.?[Mm]\b|\d)/.test(tail))
		return null;
	const printed = opening + bare[0].length;
	const sign = bare[0].replace(/\.$/, '');
	return { unit: 'section', sign, whole: null, printed, length: printed + blanks(line, printed), named: false };
}

function numbered(line: string, rest: string, opening: number, word: string, unit: Unit): UnitLabel | null {
	// Prose begins with a capital and a unit with a capital or §: `section 4 of` in the middle of a wrapped line is neither.
	if (/^[a-z]/.test(word)) return null;
	let at = word.length + blanks(rest, word.length);
	const tail = rest.slice(at);
	const sign = (NUMBER.exec(tail) ?? WORD_NUMBER.exec(tail) ?? ROMAN_NUMBER.exec(tail))?.[0] ?? '';
	if (sign === '') return null;
	at += sign.length;
	const after = rest.slice(at);
	const stop = /^\s?[.:]|^\s?[—–-](?=\s)/.exec(after)?.[0] ?? '';
	if (SPOKEN_OF.test(after.slice(stop.length)) && !stop.trim()) return null;
	// Without a stop, what follows must be a heading: `§ 26-906 List of contractors`, `CHAPTER 5`.
	if (!stop && !/^\s*$|^\s+["“‘[({]*[\p{Lu}\d]|^\s*[—–]|^\s+\(?[a-z]{1,2}[.)]\s/u.test(after)) return null;
	if (!stop && unit === 'section' && !word.startsWith('§') && !/\d/.test(sign)) return null;
	const printed = opening + at + stop.length;
	return { unit, sign, whole: wholeOf(sign), printed, length: printed + blanks(line, printed), named: true };
}

/** The whole number that a sign is, in figures or spelled out; null for others. */
export function wholeOf(sign: string): number | null {
	if (/^\d{1,4}$/.test(sign)) return Number(sign);
	return WHOLES[sign.toLowerCase()] ?? null;
}

const LIST_SIGNS: readonly (readonly [RegExp, Wrap])[] = [
	[/^["“”]?\(\s?([0-9]{1,3}(?:-[a-z])?|[A-Za-z]{1,6}(?:-\d{1,2})?)\s?\)\.?/, '()'],
	[
		/^["“”]?([0-9]{1,3}(?:-[a-z])?|[A-Za-z]{1,6}(?:-\d{1,2})?)\.(?=\s|$|["“(]|\p{Lu}\p{Ll}|(?<=[A-Za-z]\.)\d{1,2}\.\s)/u,
		'.',
	],
	[/^["“”]?([0-9]{1,3}|[A-Za-z]{1,5})\)(?=\s|$|\p{Lu}\p{Ll})/u, ')'],
];
const BULLET = /^[•●▪■◦·‣∙○*](?=\s)|^[-–—](?=\s\S)/;

/** The number of a list that a line begins, or null: `(a)`, `1.`, `iv)`, a bullet. */
export function listLabel(line: string): ListLabel | null {
	const head = line.slice(0, 24);
	for (const [pattern, wrap] of LIST_SIGNS) {
		const found = pattern.exec(head);
		if (!found) continue;
		const sign = found[1] as string;
		const ways = numerals(sign);
		if (ways.length === 0) continue;
		const printed = found[0].length;
		return { wrap, sign, numerals: ways, printed, length: printed + blanks(line, printed) };
	}
	const bullet = BULLET.exec(head)?.[0];
	if (!bullet) return null;
	const length = bullet.length + blanks(line, bullet.length);
	return { wrap: '-', sign: '', numerals: [{ style: '*', value: 0 }], printed: bullet.length, length };
}

/** Whether a list can begin with it. */
export function first(label: ListLabel): boolean {
	return label.numerals.some((way) => way.value <= 1);
}

function blanks(line: string, from: number): number {
	let at = from;
	while (at < line.length && /\s/.test(line[at] as string)) at++;
	return at - from;
}
