import type { SnippetPiece } from './found.ts';
import { sign } from './shorthand.ts';
import { type Token, tokens, unaccented } from './token.ts';

/** Words of a snippet: two lines on a wide page. */
const WORDS = 42;
/** Words before the first hit, so that it is read in its sentence. */
const BEFORE = 8;

/**
 * The words around the best place of a text, with what was asked for marked.
 * @param signs the text in shorthand, from its first word
 * @param lexemes what was asked for
 * @param typed the words as typed
 */
export function snippet(
	text: string,
	signs: string,
	lexemes: ReadonlySet<string>,
	typed: ReadonlySet<string>,
): SnippetPiece[] {
	const found = tokens(text);
	const wanted = new Set([...lexemes].map(sign));
	const hits = found.map(
		(token, i) =>
			wanted.has(signs[i] ?? '') || token.forms.some((form) => lexemes.has(form)) || typed.has(unaccented(token.word)),
	);
	const first = bestStart(found, signs, hits);
	const last = Math.min(found.length, first + WORDS) - 1;
	const start = first === 0 ? 0 : (found[first]?.start ?? 0);
	const end = last === found.length - 1 ? text.length : (found[last]?.end ?? text.length);
	const pieces: SnippetPiece[] = [];
	const put = (piece: string, hit: boolean): void => {
		if (piece !== '') pieces.push({ text: piece, hit });
	};
	let at = start;
	if (first > 0) put('… ', false);
	for (let i = first; i <= last; i++) {
		const token = found[i];
		if (!token || !hits[i]) continue;
		put(text.slice(at, token.start), false);
		put(text.slice(token.start, token.end), true);
		at = token.end;
	}
	put(text.slice(at, end) + (end < text.length ? ' …' : ''), false);
	return pieces;
}

/** Where the window begins that has most different words asked for, then most of them. */
function bestStart(found: readonly Token[], signs: string, hits: readonly boolean[]): number {
	let best = { start: 0, score: -1 };
	for (const [i, hit] of hits.entries()) {
		if (!hit) continue;
		const start = Math.max(0, Math.min(i - BEFORE, found.length - WORDS));
		const within = hits.slice(start, start + WORDS).flatMap((one, j) => (one ? [signs[start + j] ?? ''] : []));
		const score = new Set(within).size * WORDS + within.length;
		if (score > best.score) best = { start, score };
	}
	return best.start;
}
