import { matches } from './diff.ts';
import { type Token, tokens } from './token.ts';

/** Stretch of a redline: words that stand in both texts, or in one. */
export interface Piece {
	readonly op: 'same' | 'added' | 'removed';
	readonly text: string;
}

/** Tokens of both texts that are replaced, removed ([a0, a1)) or added ([b0, b1)). */
interface Hunk {
	a0: number;
	a1: number;
	b0: number;
	b1: number;
}

/** Words in between that are so few are not worth two edges: a lawyer would strike them and write them again. */
const FEWEST_KEPT = 4;
/** Words that hold sentences together and say nothing alone; English and Spanish. */
const JOINTS = new Set(
	'a an and any as at be by for from in is it no not of on or such that the this to with al con de del el en la las lo los no o para por que se su un una y'.split(
		' ',
	),
);

/**
 * How one text became the other, as whole words in phrases that a person would mark. What is `same` or `added` makes
 * `after` to the letter; what is `same` or `removed` makes `before`, but for quotation marks and dashes of another cut and
 * runs of white space, which count as equal.
 */
export function redline(before: string, after: string): Piece[] {
	const [a, b] = [tokens(before), tokens(after)];
	const [left, right] = numbered(a, b);
	let [i, j] = [0, 0];
	const hunks: Hunk[] = [];
	for (const { a: at, b: to, length } of [...matches(left, right), { a: a.length, b: b.length, length: 0 }]) {
		if (at > i || to > j) hunks.push({ a0: i, a1: at, b0: j, b1: to });
		[i, j] = [at + length, to + length];
	}
	return pieces(before, after, a, b, cleaned(hunks, a, b, left, right));
}

/** Each different key gets a number. */
function numbered(a: readonly Token[], b: readonly Token[]): [Int32Array, Int32Array] {
	const known = new Map<string, number>();
	const of = (list: readonly Token[]) =>
		Int32Array.from(list, ({ key }) => {
			const number = known.get(key) ?? known.size;
			known.set(key, number);
			return number;
		});
	return [of(a), of(b)];
}

/** Hunks that stand so close that they read as one are made one; an insertion or deletion that could stand elsewhere is put where a phrase begins. */
function cleaned(
	hunks: readonly Hunk[],
	a: readonly Token[],
	b: readonly Token[],
	left: Int32Array,
	right: Int32Array,
) {
	const merged: Hunk[] = [];
	for (const next of hunks) {
		const last = merged.at(-1);
		if (last && belongs(last, next, b)) {
			last.a1 = next.a1;
			last.b1 = next.b1;
		} else merged.push({ ...next });
	}
	merged.forEach((hunk, n) => {
		const room = { from: merged[n - 1], to: merged[n + 1] };
		if (hunk.a0 === hunk.a1) slide(hunk, 'b', b, right, room.from?.b1 ?? 0, room.to?.b0 ?? b.length);
		else if (hunk.b0 === hunk.b1) slide(hunk, 'a', a, left, room.from?.a1 ?? 0, room.to?.a0 ?? a.length);
	});
	return merged;
}

function belongs(last: Hunk, next: Hunk, b: readonly Token[]): boolean {
	const between = b.slice(last.b1, next.b0).filter((token) => token.word);
	if (between.length > FEWEST_KEPT) return false;
	const [one, other] = [size(last), size(next)];
	if (between.length === 0) return one.removed + other.removed > 0 && one.added + other.added > 0;
	const weight = between.filter((token) => !JOINTS.has(token.key.toLowerCase())).length;
	const least = Math.min(Math.max(one.removed, one.added), Math.max(other.removed, other.added));
	// Something is both struck and written anew on each side, and what is kept carries less than either.
	const replaced = one.removed > 0 && one.added > 0 && other.removed > 0 && other.added > 0;
	return replaced && weight * 2 <= least && between.length <= least + 1;
}

function size(hunk: Hunk): { removed: number; added: number } {
	return { removed: hunk.a1 - hunk.a0, added: hunk.b1 - hunk.b0 };
}

/** Moves a pure insertion or deletion along words that it repeats: `[or B] or C` reads like `or [B or] C`, but not to a person. */
function slide(
	hunk: Hunk,
	side: 'a' | 'b',
	list: readonly Token[],
	keys: Int32Array,
	least: number,
	most: number,
): void {
	const start = side === 'a' ? hunk.a0 : hunk.b0;
	const end = side === 'a' ? hunk.a1 : hunk.b1;
	let [best, by] = [edge(list, start) + edge(list, end), 0];
	for (let back = 1; start - back >= least && keys[start - back] === keys[end - back]; back++) {
		const value = edge(list, start - back) + edge(list, end - back);
		if (value > best) [best, by] = [value, -back];
	}
	for (let on = 1; end + on <= most && keys[start + on - 1] === keys[end + on - 1]; on++) {
		const value = edge(list, start + on) + edge(list, end + on);
		if (value > best) [best, by] = [value, on];
	}
	hunk.a0 += by;
	hunk.a1 += by;
	hunk.b0 += by;
	hunk.b1 += by;
}

/** How well a text can be cut before a token: at its ends, behind a sentence, behind a comma, before a joint. */
function edge(list: readonly Token[], at: number): number {
	const before = list[at - 1];
	const next = list[at];
	if (!before || !next) return 5;
	if (/^[.;:]$/.test(before.key)) return 4;
	if (before.key === ',' || next.key === '(') return 3;
	if (/^(and|or|y|o|unless|except)$/.test(next.key)) return 2;
	return before.word && next.word ? 1 : 0;
}

/** Space before a token goes with it; where only one side has it, it is an edit of its own so that no words run together. */
function pieces(
	before: string,
	after: string,
	a: readonly Token[],
	b: readonly Token[],
	hunks: readonly Hunk[],
): Piece[] {
	const made: { op: Piece['op']; text: string }[] = [];
	const add = (op: Piece['op'], text: string) => {
		if (text === '') return;
		const last = made.at(-1);
		if (last?.op === op) last.text += text;
		else made.push({ op, text });
	};
	const upTo = (i: number, j: number, from: { i: number; j: number }) => {
		for (; from.i < i && from.j < j; from.i++, from.j++) {
			const [gapA, gapB] = [gap(before, a, from.i), gap(after, b, from.j)];
			if (gapA === '') add('added', gapB);
			else if (gapB === '') add('removed', gapA);
			else add('same', gapB);
			const token = b[from.j] as Token;
			add('same', after.slice(token.start, token.end));
		}
	};
	const at = { i: 0, j: 0 };
	for (const hunk of hunks) {
		upTo(hunk.a0, hunk.b0, at);
		for (; at.i < hunk.a1; at.i++) add('removed', gap(before, a, at.i) + before.slice(a[at.i]?.start, a[at.i]?.end));
		for (; at.j < hunk.b1; at.j++) add('added', gap(after, b, at.j) + after.slice(b[at.j]?.start, b[at.j]?.end));
	}
	upTo(a.length, b.length, at);
	const [tailA, tailB] = [before.slice(a.at(-1)?.end ?? 0), after.slice(b.at(-1)?.end ?? 0)];
	if (tailA === '') add('added', tailB);
	else if (tailB === '') add('removed', tailA);
	else add('same', tailB);
	return made;
}

function gap(text: string, list: readonly Token[], at: number): string {
	return text.slice(list[at - 1]?.end ?? 0, list[at]?.start);
}
