import type { TAXONOMY } from './taxonomy.ts';

/** A code that a machine points to, with the words that made it. A person decides; nobody counts it before. */
export interface Suggestion {
	readonly code: string;
	/** The words as they stand in the text, whole. */
	readonly words: string;
	/** Stretch of the text that was given, [start, end). */
	readonly start: number;
	readonly end: number;
}

/** Longest text that is looked through, in characters: ten times the longest chapter known. */
const LONGEST_TEXT = 2_000_000;
/** Suggestions of one code in one text; a person who has seen so many knows. */
const MOST_OF_A_CODE = 20;

/**
 * Codes to which the indicator phrases of a taxonomy point in a text, in its order. A phrase is found without regard to
 * capitals and to the shape of quotation marks, as whole words (a plural `s` may follow), or as the beginning of a word
 * where the taxonomy says so. Of overlapping finds of one code the longest stays. Text beyond two million characters is
 * not looked at.
 */
export function suggest(text: string, { areas }: Pick<typeof TAXONOMY, 'areas'>): Suggestion[] {
	const folded = fold(text.slice(0, LONGEST_TEXT));
	const found = areas
		.flatMap((area) => area.protections)
		.flatMap(({ code, indicators }) =>
			apart(indicators.flatMap((indicator) => [...stretches(folded, indicator)]))
				.slice(0, MOST_OF_A_CODE)
				.map(({ start, end }) => ({ code, words: text.slice(start, end), start, end })),
		);
	return found.sort((a, b) => a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : 1));
}

interface Stretch {
	readonly start: number;
	readonly end: number;
}

const SHAPES: Readonly<Record<string, string>> = {
	'“': '"',
	'”': '"',
	'‘': "'",
	'’': "'",
	'‐': '-',
	'‑': '-',
	'–': '-',
	'\u{a0}': ' ',
	'\t': ' ',
	'\n': ' ',
};

/** Letter for letter, so that places hold. */
function fold(text: string): string {
	let folded = '';
	for (const unit of text.split('')) {
		const small = unit.toLowerCase();
		folded += SHAPES[unit] ?? (small.length === 1 ? small : unit);
	}
	return folded;
}

function* stretches(text: string, indicator: string): Generator<Stretch> {
	const beginning = indicator.endsWith('*');
	const phrase = beginning ? indicator.slice(0, -1) : indicator;
	for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
		if (isLetter(text[at - 1]) && isLetter(phrase[0])) continue;
		const end = at + phrase.length;
		if (beginning) yield { start: at, end: endOfWord(text, end) };
		else if (!isLetter(phrase.at(-1)) || !isLetter(text[end])) yield { start: at, end };
		else if (text[end] === 's' && !isLetter(text[end + 1])) yield { start: at, end: end + 1 };
	}
}

function endOfWord(text: string, from: number): number {
	let end = from;
	while (isLetter(text[end])) end++;
	return end;
}

function isLetter(sign: string | undefined): boolean {
	return sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
}

function apart(stretches: readonly Stretch[]): Stretch[] {
	const kept: Stretch[] = [];
	for (const one of stretches.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
		const last = kept.at(-1);
		if (!last || one.start >= last.end) kept.push(one);
	}
	return kept;
}
