import { type Operation, worded } from '#concordance/redline.ts';
import { conditionOf, type Shown, shown } from '../blank-words.ts';
import type { DraftProvision, State } from '../draft.ts';

/** A stretch [start, end) of the words of a provision. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** Where the words of a comment stand now. */
export interface Anchored extends Span {
	/** What share of the letters of then is still there, 0 to 1; 1: the words are the same to the letter. */
	readonly kept: number;
}

/** What became of the words that a comment was made on. `gone`: they stand nowhere; `provision` is null where that is gone too. */
export type Place =
	| { readonly kind: 'stands'; readonly provision: string; readonly span: Span | null; readonly changed: boolean }
	| { readonly kind: 'gone'; readonly provision: string | null };

/** Below this share of its letters a comment is not on these words any more: articles and prepositions stay by chance. */
const SAME_WORDS = 1 / 3;
/** The same for another provision than it was made on, where more is the same by chance. */
const SAME_ELSEWHERE = 1 / 2;
/** How far from where the provision stood its parts are looked for, in provisions. */
const NEAR = 8;
/** The same words more often than this in one provision are told apart by where they stand alone. */
const MOST_TWINS = 50;

/** What offsets of a comment count in: heading, line feed and words with their blanks as the draft has them. */
export function wordsOf({ heading, text }: Pick<DraftProvision, 'heading' | 'text'>): string {
	return heading === null ? text : `${heading}\n${text}`;
}

/**
 * Where words stand after an edit: carried over by the redline of both readings, so that they stay themselves whatever was
 * written around them. Where that says that they went and the same words stand in a place that no others came from, they were
 * moved there. Null where less than a third of their letters is left.
 */
export function anchored(span: Span, then: string, now: string): Anchored | null {
	const steps = worded(then, now);
	const words = then.slice(span.start, span.end);
	const { found, at } = carried(steps, span, then, now);
	if (found?.kept === 1) return found;
	const [twins, places] = [standing(then, words), standing(now, words)];
	if (places.length > 0 && twins.length <= MOST_TWINS) {
		const taken = twins
			.filter((start) => start !== span.start)
			.map((start) => carried(steps, { start, end: start + words.length }, then, now).found)
			.flatMap((twin) => (twin?.kept === 1 ? [twin.start] : []));
		const [nearest] = places
			.filter((start) => !taken.includes(start))
			.toSorted((one, other) => Math.abs(one - at) - Math.abs(other - at));
		if (nearest !== undefined) return { start: nearest, end: nearest + words.length, kept: 1 };
	}
	return found && found.kept >= SAME_WORDS ? found : null;
}

/**
 * Finds the words of a comment in a draft as it reads now: in the provision they were in; else in one that was split off,
 * joined or written near it and has words that it did not have then.
 * @param then words of every provision at the edit of the comment, by id, in order
 * @param now the same of now
 */
export function placed(
	{ provision, span }: { readonly provision: string; readonly span: Span | null },
	then: ReadonlyMap<string, string>,
	now: ReadonlyMap<string, string>,
): Place {
	const before = then.get(provision) ?? '';
	const own = now.get(provision);
	if (own !== undefined && span === null) return { kind: 'stands', provision, span: null, changed: own !== before };
	const stretch = span ?? { start: 0, end: before.length };
	const here = own === undefined ? null : anchored(stretch, before, own);
	if (here?.kept === 1) return stands(provision, here);
	const words = before.slice(stretch.start, stretch.end);
	let best = here && { provision, found: here };
	for (const id of near(provision, then, now)) {
		const [was, is] = [then.get(id), now.get(id) ?? ''];
		if (was === is || (was !== undefined && standing(was, words).length > 0)) continue;
		const found = anchored(stretch, before, is);
		if (found && found.kept >= SAME_ELSEWHERE && found.kept > (best?.found.kept ?? 0)) best = { provision: id, found };
	}
	if (best) return stands(best.provision, best.found);
	return { kind: 'gone', provision: own === undefined ? null : provision };
}

function stands(provision: string, { start, end, kept }: Anchored): Place {
	return { kind: 'stands', provision, span: { start, end }, changed: kept < 1 };
}

/** Whether words that stand as they did cannot be others that read alike: they stand once, or between the same words as then. */
export function certain(span: Span, then: string, at: Span, now: string): boolean {
	const words = then.slice(span.start, span.end);
	if (standing(then, words).length === 1 && standing(now, words).length === 1) return true;
	const [was, is] = [around(then, span), around(now, at)];
	return was.before === is.before && was.after === is.after;
}

function around(text: string, { start, end }: Span) {
	return {
		before: /\S*\s*$/.exec(text.slice(0, start))?.[0].trim(),
		after: /^\s*\S*/.exec(text.slice(end))?.[0].trim(),
	};
}

/** Other provisions close to where one stands or stood, the nearest first. */
function near(
	provision: string,
	then: ReadonlyMap<string, string>,
	now: ReadonlyMap<string, string>,
): readonly string[] {
	const ids = [...now.keys()];
	const before = [...then.keys()];
	// Where it is gone, the last one before it that is still there says where it stood.
	let at = ids.indexOf(provision);
	for (let n = before.indexOf(provision) - 1; at < 0 && n >= 0; n--) at = ids.indexOf(before[n] as string);
	return ids
		.map((id, n) => ({ id, far: Math.abs(n - at) }))
		.filter(({ id, far }) => id !== provision && far <= NEAR)
		.toSorted((one, other) => one.far - other.far)
		.map(({ id }) => id);
}

/** A stretch as a redline carries it over: from the first to the last of its letters that stayed; and where it would stand. */
function carried(
	steps: readonly Operation[],
	{ start, end }: Span,
	then: string,
	now: string,
): { readonly found: Anchored | null; readonly at: number } {
	let [read, written, at] = [0, 0, 0];
	let [first, last, letters] = [-1, -1, 0];
	for (const { op, text, was } of steps) {
		const old = op === 'added' ? '' : (was ?? text);
		if (read <= start) at = written + (op === 'same' ? Math.min(start - read, text.length) : 0);
		const [from, to] = [Math.max(start, read), Math.min(end, read + old.length)];
		if (op === 'same' && from < to) {
			// One that is written differently is a single word and is carried over whole.
			const stretch = was === null ? [written + from - read, written + to - read] : [written, written + text.length];
			const trimmed = trim(now, stretch[0] as number, stretch[1] as number);
			if (trimmed) {
				if (first < 0) first = trimmed.start;
				last = trimmed.end;
				letters += count(was === null ? then.slice(from, to) : old);
			}
		}
		read += old.length;
		if (op !== 'removed') written += text.length;
	}
	if (first < 0) return { found: null, at };
	const words = then.slice(start, end);
	const same = now.slice(first, last) === words;
	// Something was written in between: all letters are there and yet it reads otherwise.
	const kept = same ? 1 : Math.min(0.99, letters / Math.max(1, count(words)));
	return { found: { start: first, end: last, kept }, at };
}

function trim(text: string, start: number, end: number): Span | null {
	let [from, to] = [start, end];
	while (from < to && /\s/.test(text[from] as string)) from++;
	while (to > from && /\s/.test(text[to - 1] as string)) to--;
	return from < to ? { start: from, end: to } : null;
}

function count(words: string): number {
	return words.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** Where words stand whole in a text. */
function standing(text: string, words: string): readonly number[] {
	const found: number[] = [];
	if (words === '') return found;
	const inside = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
	for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
		const after = at + words.length;
		const cut = (inside(text[at - 1]) && inside(text[at])) || (inside(text[after]) && inside(text[after - 1]));
		if (!cut) found.push(at);
	}
	return found;
}

/**
 * The stretch of a provision that somebody typed or pasted as it is shown to them, blanks filled: whole words, a blank whole.
 * Spacing, letter case and the kind of quotation mark or dash need not be the same. Null where the words do not stand there.
 */
export function chosen(
	typed: string,
	{ heading, text }: Pick<DraftProvision, 'heading' | 'text'>,
	{ blanks, answers, draft }: Pick<State, 'blanks' | 'answers' | 'draft'>,
): Span | null {
	const { mark, words } = conditionOf(text);
	const pieces: readonly Shown[] = [
		...(heading === null
			? []
			: [...shown(heading, blanks, answers, draft.language), { text: '\n', mark: null, blank: null, open: false }]),
		{ text: '', mark, blank: null, open: false },
		...shown(words, blanks, answers, draft.language),
	];
	const whole = pieces.map((piece) => piece.text).join('');
	const found = pattern(typed)?.exec(whole);
	if (!found || !/[\p{L}\p{N}]/u.test(found[0])) return null;
	let [start, end] = [found.index, found.index + found[0].length];
	const inside = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
	while (inside(whole[start]) && inside(whole[start - 1])) start--;
	while (inside(whole[end - 1]) && inside(whole[end])) end++;
	return { start: marked(pieces, start, 'start'), end: marked(pieces, end, 'end') };
}

/** The place of a letter that is shown among the words as the draft has them; inside a blank the beginning or the end of that. */
function marked(pieces: readonly Shown[], place: number, edge: 'start' | 'end'): number {
	let [read, at] = [0, 0];
	for (const { text, mark } of pieces) {
		const kept = mark ?? text;
		const within = edge === 'start' ? place < read + text.length : place <= read + text.length && place > read;
		if (within) return mark === null ? at + place - read : edge === 'start' ? at : at + kept.length;
		read += text.length;
		at += kept.length;
	}
	return at;
}

function pattern(typed: string): RegExp | null {
	const words = typed
		.trim()
		.split(/\s+/)
		.map((word) =>
			word
				.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
				.replaceAll(/["“”]/g, '["“”]')
				.replaceAll(/['‘’]/g, "['‘’]")
				.replaceAll(/[-‐‑–—]/g, '[-‐‑–—]'),
		);
	return words.join('') === '' ? null : new RegExp(words.join('\\s+'), 'iu');
}
