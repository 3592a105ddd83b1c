import { distance } from '#kernel/spelling.ts';
import type { TextLanguage } from '../policy.ts';
import { unaccented } from './token.ts';

/** A word as texts have it, and what it is found by. */
interface Known {
	readonly word: string;
	/** Without accents. */
	readonly plain: string;
	readonly letters: number;
	readonly lexemes: Readonly<Record<TextLanguage, readonly string[]>>;
}

/** A word that another was taken for. */
export interface Taken {
	readonly word: string;
	readonly lexemes: readonly string[];
}

/** Words that a beginning (`detain*`) stands for at most, the shortest. */
const MOST_BEGUN = 60;
/** Words that one mistyped word is taken for. */
const MOST_TAKEN = 3;
/** Slips of the hand in a word, and in one of few letters one. */
const MOST_SLIPS = 2;
const SHORT = 5;
/** The first letter is seldom the wrong one. */
const FIRST = 0.5;

/** Every word of every text as it is written. */
export class Vocabulary {
	readonly #known = new Map<string, Known>();
	#last = 0;

	/** Number of the last word that was added. */
	get last(): number {
		return this.#last;
	}

	/** @param lexemes what it is found by as a word of each language */
	add(position: number, word: string, lexemes: Known['lexemes']): void {
		const plain = unaccented(word);
		this.#known.set(word, { word, plain, letters: lettersOf(plain), lexemes });
		this.#last = position;
	}

	/** What a word is found by in a language; null for a word that no text has. */
	lexemes(word: string, language: TextLanguage): readonly string[] | null {
		return this.#known.get(word)?.lexemes[language] ?? null;
	}

	/** What words that begin so are found by, the shortest words first. */
	beginning(begin: string): string[] {
		const plain = unaccented(begin);
		const found = [...this.#known.values()].filter((one) => one.plain.startsWith(plain));
		found.sort((a, b) => a.word.length - b.word.length || (a.word < b.word ? -1 : 1));
		return [...new Set(found.slice(0, MOST_BEGUN).flatMap(({ lexemes }) => [...lexemes.en, ...lexemes.es]))];
	}

	/**
	 * The words that a mistyped one is likest to, those that most provisions have: with the fewest slips, and no more than two,
	 * in a short word one.
	 * @param having how many provisions have a lexeme
	 */
	likest(typed: string, having: (lexeme: string) => number): Taken[] {
		const plain = unaccented(typed);
		const letters = lettersOf(plain);
		const most = typed.length <= SHORT ? 1 : MOST_SLIPS;
		let fewest = most;
		let near: { readonly taken: Taken; readonly provisions: number }[] = [];
		for (const { word, plain: other, letters: of, lexemes } of this.#known.values()) {
			if (Math.abs(other.length - plain.length) > most || ones(of ^ letters) > 2 * most) continue;
			const slips = distance(plain, other, most) + (other[0] === plain[0] ? 0 : FIRST);
			if (slips > fewest) continue;
			const all = [...new Set([...lexemes.en, ...lexemes.es])];
			const provisions = Math.max(0, ...all.map(having));
			if (provisions === 0) continue;
			if (slips < fewest) near = [];
			fewest = slips;
			near.push({ taken: { word, lexemes: all }, provisions });
		}
		near.sort((a, b) => b.provisions - a.provisions || (a.taken.word < b.taken.word ? -1 : 1));
		return near.slice(0, MOST_TAKEN).map(({ taken }) => taken);
	}
}

/** Which letters a word has, a bit each: a slip changes two at most. */
function lettersOf(word: string): number {
	let bits = 0;
	for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
	return bits;
}

function ones(bits: number): number {
	let count = 0;
	for (let left = bits; left !== 0; left &= left - 1) count++;
	return count;
}
