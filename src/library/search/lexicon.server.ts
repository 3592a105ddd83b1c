import { sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import type { TextLanguage } from '../policy.ts';
import { type Stems, stemsOf } from './entry.ts';
import { unaccented } from './token.ts';

/** Asks PostgreSQL's dictionaries for the stems of words, those of each language by itself. */
export async function stemsIn(
	words: Iterable<string>,
	languages: readonly TextLanguage[],
	tx: Tx,
): Promise<Readonly<Record<TextLanguage, Stems>>> {
	const asked = new Set<string>();
	for (const word of words) asked.add(word).add(unaccented(word));
	const none: Stems = () => [];
	const stems = { en: none, es: none };
	if (asked.size === 0) return stems;
	const { rows } = await sql<{ word: string; en: string | null; es: string | null }>`
		select word, ${languages.includes('en') ? sql`(ts_lexize('english_stem', word))[1]` : sql`null`} as en,
			${languages.includes('es') ? sql`(ts_lexize('spanish_stem', word))[1]` : sql`null`} as es
		from unnest(${[...asked]}::text[]) as word`.execute(tx);
	for (const language of languages) stems[language] = stemsOf(new Map(rows.map((row) => [row.word, row[language]])));
	return stems;
}
