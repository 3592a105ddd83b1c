import { sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import type { TextLanguage } from '../policy.ts';
import { type Stems, stemsOf } from './entry.ts';
import { unaccented } from './token.ts';

/** Asks PostgreSQL's dictionaries for the stems of words, as words of each language. */
export async function stemsIn(words: Iterable<string>, tx: Tx): Promise<Readonly<Record<TextLanguage, Stems>>> {
	const asked = new Set<string>();
	for (const word of words) asked.add(word).add(unaccented(word));
	const { rows } = await sql<{ word: string; en: string | null; es: string | null }>`
		select word, (ts_lexize('english_stem', word))[1] as en, (ts_lexize('spanish_stem', word))[1] as es
		from unnest(${[...asked]}::text[]) as word`.execute(tx);
	return {
		en: stemsOf(new Map(rows.map(({ word, en }) => [word, en]))),
		es: stemsOf(new Map(rows.map(({ word, es }) => [word, es]))),
	};
}
