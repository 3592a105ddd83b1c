import { sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import { TEXT_LANGUAGES, type TextLanguage } from '../policy.ts';
import { lexemesOf, type Stems } from './entry.ts';
import { stemsIn } from './lexicon.server.ts';
import type { Seek, Sought } from './plan.ts';
import type { Query } from './query.ts';
import { slips } from './slip.ts';
import { type Token, unaccented } from './token.ts';

/** Words that a beginning (`detain*`) stands for at most, the shortest. */
const MOST_BEGUN = 60;
/** Shorter words are not taken for others: too many are like them. */
const SHORTEST_MISTYPED = 4;
/** Mistyped words of one question that are looked up. */
const MOST_MISTYPED = 6;
/** Words that one mistyped word is taken for. */
const MOST_TAKEN = 3;
/** Slips of the hand in a word, and in one of few letters one. */
const MOST_SLIPS = 2;
const SHORT = 5;
/** The first letter is seldom the wrong one. */
const FIRST = 0.5;

interface Known {
	word: string;
	lexeme: string;
	provisions: number;
}

/** Words of a question with what they are found by, and words that were taken for others. */
export interface Vocabulary {
	readonly seek: Seek;
	/** As taken, in order; empty where nothing was mistyped. */
	readonly corrected: readonly string[];
}

/** Looks up every word of a question, in the languages that are looked through. */
export async function lookUp(query: Query, languages: readonly TextLanguage[], tx: Tx): Promise<Vocabulary> {
	const terms = [...query.all.flat(), ...query.none];
	const wanted = languages.length > 0 ? languages : TEXT_LANGUAGES;
	const typed = terms.flatMap((term) => term.tokens.flatMap((token) => [token.word, ...token.forms]));
	const stems = await stemsIn(typed, wanted, tx);
	const found = new Map<string, readonly string[]>();
	for (const term of terms)
		for (const token of term.tokens)
			found.set(
				keyOf(token, term.kind === 'prefix'),
				termLexemes(
					token,
					wanted.map((language) => stems[language]),
				),
			);
	const begun = terms.filter((term) => term.kind === 'prefix').flatMap((term) => term.tokens);
	for (const token of begun) {
		const lexemes = await beginning(token, tx);
		if (lexemes.length > 0) found.set(keyOf(token, true), lexemes);
	}
	const counts = await provisionsWith([...found.values()].flat(), tx);
	const mistyped = query.all
		.flat()
		.filter((term) => term.kind === 'word')
		.flatMap((term) => term.tokens)
		.filter((token) => isUnknown(token, found.get(keyOf(token, false)) ?? [], counts));
	const corrected: string[] = [];
	for (const token of mistyped.slice(0, MOST_MISTYPED)) {
		const taken = await likest(token.word, tx);
		if (taken.length === 0) continue;
		found.set(keyOf(token, false), [...new Set(taken.map(({ lexeme }) => lexeme))]);
		for (const { lexeme, provisions } of taken) counts.set(lexeme, provisions);
		corrected.push(...new Set(taken.map(({ word }) => word)));
	}
	const seek = (token: Token, prefix: boolean): Sought => {
		const lexemes = found.get(keyOf(token, prefix)) ?? [];
		return { lexemes, provisions: lexemes.reduce((sum, one) => sum + (counts.get(one) ?? 0), 0) };
	};
	return { seek, corrected };
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

async function provisionsWith(lexemes: readonly string[], tx: Tx): Promise<Map<string, number>> {
	const { rows } = await sql<{ lexeme: string; provisions: number }>`
		select lexeme, provisions from library_lexeme where lexeme = any(${[...new Set(lexemes)]}::text[])`.execute(tx);
	return new Map(rows.map((row) => [row.lexeme, row.provisions]));
}

async function beginning(token: Token, tx: Tx): Promise<readonly string[]> {
	const begin = `${unaccented(token.word).replaceAll(/[\\%_]/g, '\\$&')}%`;
	const { rows } = token.plain
		? await sql<{ lexeme: string }>`
			select lexeme from library_word where word like ${begin} order by length(word), word limit ${MOST_BEGUN}`.execute(
				tx,
			)
		: await sql<{ lexeme: string }>`
			select lexeme from library_lexeme where lexeme >= ${token.word} collate "C" and lexeme like ${begin}
			order by length(lexeme), lexeme limit ${MOST_BEGUN}`.execute(tx);
	return [...new Set(rows.map(({ lexeme }) => lexeme))];
}

function isUnknown(token: Token, lexemes: readonly string[], counts: ReadonlyMap<string, number>): boolean {
	const long = token.plain && token.word.length >= SHORTEST_MISTYPED;
	return long && lexemes.length > 0 && lexemes.every((lexeme) => (counts.get(lexeme) ?? 0) === 0);
}

/** Words like a mistyped one: they share trigrams, or begin alike and are about as long; those with the fewest slips. */
async function likest(word: string, tx: Tx): Promise<readonly Known[]> {
	const { rows } = await sql<Known>`
		select w.word, w.lexeme, l.provisions
		from library_word w join library_lexeme l on l.lexeme = w.lexeme and l.provisions > 0
		where w.word % ${word} or (left(w.word, 1) = left(${word}, 1) and abs(length(w.word) - length(${word})) <= ${MOST_SLIPS})`.execute(
		tx,
	);
	const most = word.length <= SHORT ? 1 : MOST_SLIPS;
	const near = rows
		.map((one) => ({
			...one,
			slips: slips(unaccented(word), unaccented(one.word)) + (one.word[0] === word[0] ? 0 : FIRST),
		}))
		.filter((one) => one.slips <= most);
	const fewest = Math.min(...near.map((one) => one.slips));
	return near
		.filter((one) => one.slips === fewest)
		.toSorted((a, b) => b.provisions - a.provisions || (a.word < b.word ? -1 : 1))
		.slice(0, MOST_TAKEN);
}
