import type { SnippetPiece } from './found.ts';
import { tokens } from './token.ts';

/** Words of a snippet: two lines on a wide page. */
const WORDS = 42;
/** Words before the first hit, so that it is read in its sentence. */
const BEFORE = 8;
/** Hits that are looked at for the best place: a chapter in one piece may have thousands. */
const MOST_HITS = 500;

/**
 * The words around the best place of a text, with what was asked for marked.
 * @param hits by their place in the text, from 0: which of the words asked for stands there
 */
export function snippet(text: string, hits: ReadonlyMap<number, number>): SnippetPiece[] {
	const wanted = bestStart(hits);
	// One more than is shown, to know whether there is one.
	const found = tokens(text, wanted + WORDS + 1);
	const first = Math.max(0, Math.min(wanted, found.length - WORDS));
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
		if (!token || !hits.has(i)) continue;
		put(text.slice(at, token.start), false);
		put(text.slice(token.start, token.end), true);
		at = token.end;
	}
	put(text.slice(at, end) + (end < text.length ? ' …' : ''), false);
	return pieces;
}

/** Where the window begins that has most different words asked for, then most of them. */
function bestStart(hits: ReadonlyMap<number, number>): number {
	const places = [...hits.keys()].sort((a, b) => a - b).slice(0, MOST_HITS);
	let best = { start: 0, score: -1 };
	for (const place of places) {
		const start = Math.max(0, place - BEFORE);
		const within = places.filter((one) => one >= start && one < start + WORDS);
		const score = new Set(within.map((one) => hits.get(one))).size * WORDS + within.length;
		if (score > best.score) best = { start, score };
	}
	return best.start;
}
