import { SECTION, type Token, tokens } from './token.ts';

/** One thing asked for. */
export interface Term {
	/** `prefix`: the word is only the beginning. A phrase has its words in order. */
	readonly kind: 'word' | 'prefix' | 'phrase';
	readonly tokens: readonly Token[];
}

/** What somebody typed, understood. */
export interface Query {
	/** Each must be there: one of its alternatives. */
	readonly all: readonly (readonly Term[])[];
	/** None may be there. */
	readonly none: readonly Term[];
	/** True where quotes, minus, OR or a star say exactly what is meant. */
	readonly exact: boolean;
	/** Every token that is asked for, in the order it was typed. */
	readonly sequence: readonly Token[];
}

/** Longest text that is looked at: a long paragraph. */
export const LONGEST_QUERY = 2_000;
/** More words than anybody types; of a pasted paragraph the first this many. */
const MOST_TOKENS = 64;
/** Terms that may be excluded, and alternatives of one term. */
const MOST_OTHERS = 16;

const QUOTES = /[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02]/g;
const PIECE = /(?<minus>(?<=^|\s)[-\u2212](?=[^\s-]))?(?:"(?<phrase>[^"]*)(?:"|$)|(?<bare>[^\s"]+))/gu;

/**
 * Understands what people type: words, "words together", -without, this OR that, begin*. Quotes may be curly, and one that
 * is never closed ends with the line. Whatever else stands there is read as words; there are no errors.
 */
export function parse(typed: string): Query {
	const text = typed
		.slice(0, LONGEST_QUERY)
		.replace(QUOTES, '"')
		.replace(/\p{Cc}/gu, ' ');
	const all: Term[][] = [];
	const none: Term[] = [];
	const sequence: Token[] = [];
	let exact = false;
	let alternative = false;
	for (const piece of pieces(text)) {
		if (piece.bare === 'OR' || piece.bare === '|') {
			alternative = all.length > 0;
			exact = true;
			continue;
		}
		exact ||= piece.minus || piece.phrase || piece.bare.endsWith('*');
		const terms = termsOf(piece, MOST_TOKENS - sequence.length);
		if (piece.minus) {
			none.push(...terms.slice(0, MOST_OTHERS - none.length));
			continue;
		}
		for (const term of terms) {
			const last = all.at(-1);
			if (alternative && last) {
				if (last.length < MOST_OTHERS) last.push(term);
			} else all.push([term]);
			alternative = false;
			sequence.push(...term.tokens);
		}
		alternative = false;
	}
	return { all, none, exact, sequence };
}

interface Piece {
	readonly minus: boolean;
	readonly phrase: boolean;
	/** Of a phrase what stands inside the quotes. */
	readonly bare: string;
}

/** Words that are no operators are kept together, so that `8 U.S.C. 1373` and `§ 1373` are cut as in a text. */
function pieces(text: string): Piece[] {
	const found: Piece[] = [];
	for (const { groups } of text.matchAll(PIECE)) {
		const minus = groups?.minus !== undefined;
		const phrase = groups?.phrase;
		const bare = phrase ?? groups?.bare ?? '';
		const last = found.at(-1);
		const simple = (piece: Piece) =>
			!piece.minus && !piece.phrase && piece.bare !== 'OR' && piece.bare !== '|' && !piece.bare.endsWith('*');
		const piece = { minus, phrase: phrase !== undefined, bare };
		if (last && simple(last) && simple(piece)) found[found.length - 1] = { ...last, bare: `${last.bare} ${bare}` };
		else found.push(piece);
	}
	return found;
}

function termsOf({ phrase, bare }: Piece, room: number): Term[] {
	const found = tokens(bare).slice(0, Math.max(0, room));
	if (found.length === 0) return [];
	if (phrase) return [found.length === 1 ? { kind: 'word', tokens: found } : { kind: 'phrase', tokens: found }];
	const prefix = bare.endsWith('*');
	return found.flatMap((token, i) => {
		// The number says it all: `§ 1373` asks for the section, not for the word.
		if (token.word === SECTION && found[i + 1]?.plain === false) return [];
		const kind = prefix && i === found.length - 1 ? 'prefix' : 'word';
		return [{ kind, tokens: [token] } as const];
	});
}
