import { AFTER_HEADING, BEFORE_FORMS, sign } from './shorthand.ts';
import { type Token, tokens, unaccented } from './token.ts';

/** Stems of words of one language: what a word is found by, best first; empty for words that every text has. */
export type Stems = (word: string) => readonly string[];

/** A provision as the index keeps it. */
export interface Entry {
	/** As PostgreSQL reads a `tsvector`. */
	readonly words: string;
	/** In shorthand: heading, words, other forms. */
	readonly signs: string;
	/** In words. */
	readonly length: number;
	readonly lexemes: ReadonlySet<string>;
}

/** In the index a lexeme of a number or heading stands a second time behind this, so that headings are found by themselves. */
export const HEADING = 'h:';
/** PostgreSQL keeps no later place of a word, and no more places of one word. */
const LAST_PLACE = 16_000;
const MOST_PLACES = 250;
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
	const above = tokens(heading).slice(0, MOST_WORDS);
	const below = tokens(text).slice(0, MOST_WORDS);
	if (above.length + below.length === 0) return null;
	const places = new Map<string, number[]>();
	const forms: string[] = [];
	const signs: string[] = [];
	for (const [i, token] of [...above, ...below].entries()) {
		const found = lexemesOf(token, stems);
		const [first = token.word, ...rest] = found;
		if (i === above.length) signs.push(AFTER_HEADING);
		signs.push(sign(first));
		forms.push(...rest.map(sign));
		for (const lexeme of found) {
			add(places, lexeme, i + 1);
			if (i < above.length) add(places, HEADING + lexeme, i + 1);
		}
	}
	if (below.length === 0) signs.push(AFTER_HEADING);
	return {
		words: [...places].map(([lexeme, at]) => `${quoted(lexeme)}:${at.join()}`).join(' '),
		signs: signs.join('') + BEFORE_FORMS + forms.join(''),
		length: above.length + below.length,
		lexemes: new Set(places.keys()),
	};
}

/** A lexeme as PostgreSQL reads it in a `tsvector` or `tsquery`. */
export function quoted(lexeme: string): string {
	return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
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

function add(places: Map<string, number[]>, lexeme: string, place: number): void {
	const known = places.get(lexeme);
	if (!known) places.set(lexeme, [Math.min(place, LAST_PLACE)]);
	else if (known.length < MOST_PLACES && place <= LAST_PLACE) known.push(place);
}
