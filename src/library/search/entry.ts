import { type Token, tokens, unaccented } from './token.ts';

/** Stems of words of one language: what a word is found by, best first; empty for words that every text has. */
export type Stems = (word: string) => readonly string[];

/** A provision as the index keeps it. */
export interface Entry {
	/** Words and numbers of number and heading, which come first. */
	readonly above: number;
	/** Words and numbers in all. */
	readonly length: number;
	/** By lexeme: which of the words have it, from 0. */
	readonly places: ReadonlyMap<string, readonly number[]>;
}

/** Of one provision so many words are found: a long chapter in one piece. */
const MOST_WORDS = 30_000;

/** Words whose stems an entry needs. */
export function plainWords(text: string): string[] {
	return tokens(text).flatMap((token) => (token.plain ? [token.word, ...token.forms] : []));
}

/** What a word or number of a text or a question is found by, best first; empty for words that every text has. */
export function lexemesOf(token: Token, stems: Stems): readonly string[] {
	if (!token.plain) return token.forms.length > 0 ? token.forms : [token.word];
	return [...new Set([token.word, ...token.forms].flatMap(stems))];
}

/** Makes the entry of a provision; null where it has no words. */
export function entryOf(heading: string, text: string, stems: Stems): Entry | null {
	const above = tokens(heading, MOST_WORDS);
	const below = tokens(text, MOST_WORDS);
	if (above.length + below.length === 0) return null;
	const places = new Map<string, number[]>();
	for (const [place, token] of [...above, ...below].entries())
		for (const lexeme of lexemesOf(token, stems)) {
			const known = places.get(lexeme);
			if (!known) places.set(lexeme, [place]);
			else if (known.at(-1) !== place) known.push(place);
		}
	return { above: above.length, length: above.length + below.length, places };
}

/** Stems as the dictionaries gave them, and those of the word without accents, which people leave out. */
export function stemsOf(given: ReadonlyMap<string, string | null>): Stems {
	return (word) => {
		const stem = given.get(word);
		if (stem === null) return [];
		const bare = unaccented(word);
		const other = bare === word ? null : (given.get(bare) ?? bare);
		return [...new Set([unaccented(stem ?? word), ...(other === null ? [] : [unaccented(other)])])];
	};
}
