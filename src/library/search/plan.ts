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

/** Words in their order: each so many behind the one before. One alone is a word. */
export type Sequence = readonly { readonly lexemes: readonly string[]; readonly distance: number }[];

/** What is looked for. */
export interface Plan {
	/** Each must be there: one of its sequences. */
	readonly all: readonly (readonly Sequence[])[];
	/** None may be there. */
	readonly none: readonly Sequence[];
	/** The words that rank, in the order they were typed. */
	readonly words: readonly Sought[];
}

/** Relaxed, so many words are asked for at most, the rarest first. */
const MOST_TELLING = 10;
/** Provisions that the words of a relaxed question may have together: what ranking can look at. */
const MOST_RELAXED = 20_000;

/** Everything that was asked for, as it was asked for. Words that every text has are left out. */
export function strict(query: Query, seek: Seek): Plan {
	const groups = query.all.map((terms) => sequences(terms, seek));
	return {
		all: groups.filter((group) => group.length > 0),
		none: sequences(query.none, seek),
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
	return {
		all: [taken.map(({ sought }) => [{ lexemes: sought.lexemes, distance: 0 }])],
		none: sequences(query.none, seek),
		words: wordsOf(query, seek),
		tokens: taken.map(({ token }) => token),
	};
}

function wordsOf(query: Query, seek: Seek): readonly Sought[] {
	return query.all.flat().flatMap((term) => term.tokens.map((token) => seek(token, term.kind === 'prefix')));
}

function sequences(terms: readonly Term[], seek: Seek): readonly Sequence[] {
	return terms.map((term) => sequenceOf(term, seek)).filter((one) => one.length > 0);
}

function sequenceOf(term: Term, seek: Seek): Sequence {
	const steps: { lexemes: readonly string[]; distance: number }[] = [];
	let distance = 0;
	for (const token of term.tokens) {
		distance++;
		const { lexemes } = seek(token, term.kind === 'prefix');
		if (lexemes.length === 0) continue;
		steps.push({ lexemes, distance });
		distance = 0;
	}
	return steps;
}
