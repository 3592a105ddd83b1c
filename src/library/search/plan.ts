import { HEADING, quoted } from './entry.ts';
import type { Query, Term } from './query.ts';
import type { Token } from './token.ts';

/** What a word of a question is found by. */
export interface Sought {
	/** Empty for words that every text has: they are not looked for. */
	readonly lexemes: readonly string[];
	/** Provisions that have one of them, about. */
	readonly provisions: number;
}

export type Seek = (token: Token, prefix: boolean) => Sought;

/** What PostgreSQL is asked. */
export interface Plan {
	/** A `tsquery`; null where nothing is left to look for. */
	readonly matching: string | null;
	/** The same, found in numbers and headings. */
	readonly heading: string | null;
	/** The words that rank, in the order they were typed. */
	readonly words: readonly Sought[];
}

/** Relaxed, so many words are asked for at most, the rarest first. */
const MOST_TELLING = 10;
/** Provisions that the words of a relaxed question may have together: what ranking can look at. */
const MOST_RELAXED = 1_500;

/** Everything that was asked for, as it was asked for. */
export function strict(query: Query, seek: Seek): Plan {
	const groups = query.all.map((terms) => alternatives(terms, seek)).filter((group) => group !== null);
	const none = query.none.map((term) => termQuery(term, seek, '')).filter((one) => one !== null);
	const without = none.map((one) => `!${one}`);
	const heads = query.all.map((terms) => alternatives(terms, seek, HEADING)).filter((group) => group !== null);
	return {
		matching: groups.length + without.length === 0 ? null : [...groups, ...without].join(' & '),
		heading: heads.length === 0 ? null : [...heads, ...without].join(' & '),
		words: wordsOf(query, seek),
	};
}

/** The most telling words of a question that nothing matches whole, any of them; null where it has too few. */
export function relaxed(query: Query, seek: Seek): (Plan & { readonly tokens: readonly Token[] }) | null {
	const known = new Map<string, { readonly token: Token; readonly sought: Sought }>();
	for (const token of query.sequence) {
		const sought = seek(token, false);
		const [first] = sought.lexemes;
		if (first !== undefined && sought.provisions > 0 && !known.has(first)) known.set(first, { token, sought });
	}
	const rarest = [...known.values()].toSorted((a, b) => a.sought.provisions - b.sought.provisions);
	const taken: typeof rarest = [];
	let sum = 0;
	for (const one of rarest.slice(0, MOST_TELLING)) {
		sum += one.sought.provisions;
		if (taken.length > 0 && sum > MOST_RELAXED) break;
		taken.push(one);
	}
	if (taken.length === 0) return null;
	const without = query.none.map((term) => termQuery(term, seek, '')).filter((one) => one !== null);
	const any = `(${taken.map(({ sought }) => anyOf(sought.lexemes, '')).join(' | ')})`;
	return {
		matching: [any, ...without.map((one) => `!${one}`)].join(' & '),
		heading: null,
		words: wordsOf(query, seek),
		tokens: taken.map(({ token }) => token),
	};
}

function wordsOf(query: Query, seek: Seek): readonly Sought[] {
	return query.all.flat().flatMap((term) => term.tokens.map((token) => seek(token, term.kind === 'prefix')));
}

function alternatives(terms: readonly Term[], seek: Seek, behind = ''): string | null {
	const found = terms.map((term) => termQuery(term, seek, behind)).filter((one) => one !== null);
	return found.length === 0 ? null : `(${found.join(' | ')})`;
}

function termQuery(term: Term, seek: Seek, behind: string): string | null {
	let query: string | null = null;
	let distance = 0;
	for (const token of term.tokens) {
		distance++;
		const { lexemes } = seek(token, term.kind === 'prefix');
		if (lexemes.length === 0) continue;
		const one = anyOf(lexemes, behind);
		query = query === null ? one : `(${query} <${distance}> ${one})`;
		distance = 0;
	}
	return query;
}

function anyOf(lexemes: readonly string[], behind: string): string {
	return `(${lexemes.map((lexeme) => quoted(behind + lexeme)).join(' | ')})`;
}
