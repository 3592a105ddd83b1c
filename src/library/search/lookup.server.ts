import type { Tx } from '#platform/world.ts';
import { TEXT_LANGUAGES, type TextLanguage } from '../policy.ts';
import { lexemesOf, type Stems } from './entry.ts';
import { stemsIn } from './lexicon.server.ts';
import type { Seek, Sought } from './plan.ts';
import type { Query } from './query.ts';
import type { Token } from './token.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Words } from './words.ts';

/** Shorter words are not taken for others: too many are like them. */
const SHORTEST_MISTYPED = 4;
/** Mistyped words of one question that are looked up. */
const MOST_MISTYPED = 6;

/** Words of a question with what they are found by, and words that were taken for others. */
export interface LookedUp {
	readonly seek: Seek;
	/** As taken, in order; empty where nothing was mistyped. */
	readonly corrected: readonly string[];
}

/** Looks up every word of a question, in the languages that are looked through. */
export async function lookUp(
	query: Query,
	languages: readonly TextLanguage[],
	words: Words,
	vocabulary: Vocabulary,
	tx: Tx,
): Promise<LookedUp> {
	const terms = [...query.all.flat(), ...query.none];
	const wanted = languages.length > 0 ? languages : TEXT_LANGUAGES;
	const typed = terms.flatMap((term) => term.tokens.flatMap((token) => [token.word, ...token.forms]));
	const stems = await stemsOfTyped(typed, wanted, vocabulary, tx);
	const having = (lexeme: string) => words.having(lexeme);
	const found = new Map<string, readonly string[]>();
	const corrected: string[] = [];
	for (const term of terms)
		for (const token of term.tokens) found.set(keyOf(token, term.kind === 'prefix'), termLexemes(token, stems));
	for (const token of terms.flatMap((term) => (term.kind === 'prefix' ? term.tokens : []))) {
		const lexemes = token.plain ? vocabulary.beginning(token.word) : words.beginning(token.word);
		if (lexemes.length > 0) found.set(keyOf(token, true), lexemes);
	}
	const mistyped = query.all
		.flat()
		.flatMap((term) => (term.kind === 'word' ? term.tokens : []))
		.filter((token) => isUnknown(token, found.get(keyOf(token, false)) ?? [], having));
	for (const token of mistyped.slice(0, MOST_MISTYPED)) {
		const taken = vocabulary.likest(token.word, having);
		if (taken.length === 0) continue;
		found.set(keyOf(token, false), [...new Set(taken.flatMap(({ lexemes }) => lexemes))]);
		corrected.push(...taken.map(({ word }) => word));
	}
	const seek = (token: Token, prefix: boolean): Sought => {
		const lexemes = found.get(keyOf(token, prefix)) ?? [];
		return { lexemes, provisions: lexemes.reduce((sum, one) => sum + having(one), 0) };
	};
	return { seek, corrected };
}

/** PostgreSQL is asked only where no text has one of the words as it was typed. */
async function stemsOfTyped(
	words: readonly string[],
	languages: readonly TextLanguage[],
	vocabulary: Vocabulary,
	tx: Tx,
): Promise<readonly Stems[]> {
	const unknown = words.filter((word) => vocabulary.lexemes(word, 'en') === null);
	const given = unknown.length > 0 ? await stemsIn(unknown, tx) : null;
	return languages.map((language) => (word) => vocabulary.lexemes(word, language) ?? given?.[language](word) ?? []);
}

function keyOf(token: Token, prefix: boolean): string {
	return `${prefix ? '*' : '='}${token.word} ${token.forms.join(' ')}`;
}

/** A number as it was typed, and nothing it lies in; a word by its stems, and by none where one language has it in every text. */
function termLexemes(token: Token, stems: readonly Stems[]): readonly string[] {
	if (!token.plain) return [token.forms[0] ?? token.word];
	const each = stems.map((one) => lexemesOf({ ...token, forms: [] }, one));
	return each.some((lexemes) => lexemes.length === 0) ? [] : [...new Set(each.flat())];
}

function isUnknown(token: Token, lexemes: readonly string[], having: (lexeme: string) => number): boolean {
	const long = token.plain && token.word.length >= SHORTEST_MISTYPED;
	return long && lexemes.length > 0 && lexemes.every((lexeme) => having(lexeme) === 0);
}
