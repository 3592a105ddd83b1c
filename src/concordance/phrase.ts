import type { Scan } from './scan.ts';

/** Tokens that are replaced, removed ([a0, a1)) or added ([b0, b1)). */
export interface Hunk {
	a0: number;
	a1: number;
	b0: number;
	b1: number;
}

/** Words in between that are so few are not worth two edges: a lawyer would strike them and write them again. */
const FEWEST_KEPT = 4;

/**
 * What lies between the matches of a stretch of two texts, as hunks a person would draw: those that stand so close that
 * they read as one are made one; an insertion or deletion that could stand elsewhere stands where a phrase begins.
 */
export function hunks(
	a: Scan,
	a0: number,
	a1: number,
	b: Scan,
	b0: number,
	b1: number,
	partner: Int32Array,
	joints: number,
): Hunk[] {
	const merged: Hunk[] = [];
	let [i, j] = [a0, b0];
	while (i < a1 || j < b1) {
		if (i < a1 && partner[i] === j) {
			i++;
			j++;
			continue;
		}
		const next: Hunk = { a0: i, a1: i, b0: j, b1: j };
		while (next.a1 < a1 && (partner[next.a1] as number) < 0) next.a1++;
		next.b1 = next.a1 < a1 ? (partner[next.a1] as number) : b1;
		[i, j] = [next.a1, next.b1];
		const last = merged.at(-1);
		if (last && belongs(last, next, b, joints)) {
			last.a1 = next.a1;
			last.b1 = next.b1;
		} else merged.push(next);
	}
	merged.forEach((hunk, n) => {
		const [last, next] = [merged[n - 1], merged[n + 1]];
		if (hunk.a0 === hunk.a1) slide(hunk, b, hunk.b0, hunk.b1, last?.b1 ?? b0, next?.b0 ?? b1);
		else if (hunk.b0 === hunk.b1) slide(hunk, a, hunk.a0, hunk.a1, last?.a1 ?? a0, next?.a0 ?? a1);
	});
	return merged;
}

function belongs(last: Hunk, next: Hunk, b: Scan, joints: number): boolean {
	let [between, weight] = [0, 0];
	for (let at = last.b1; at < next.b0; at++) {
		if (b.word[at] === 0) continue;
		between++;
		if (between > FEWEST_KEPT) return false;
		if ((b.id[at] as number) >= joints) weight++;
	}
	const [struck, written] = [last.a1 - last.a0, last.b1 - last.b0];
	const [struckNext, writtenNext] = [next.a1 - next.a0, next.b1 - next.b0];
	if (between === 0) return struck + struckNext > 0 && written + writtenNext > 0;
	const least = Math.min(Math.max(struck, written), Math.max(struckNext, writtenNext));
	// Something is both struck and written anew on each side, and what is kept carries less than either.
	const replaced = struck > 0 && written > 0 && struckNext > 0 && writtenNext > 0;
	return replaced && weight * 2 <= least && between <= least + 1;
}

/** Moves a pure insertion or deletion along words that it repeats: `[or B] or C` reads like `or [B or] C`, but not to a person. */
function slide(hunk: Hunk, list: Scan, start: number, end: number, least: number, most: number): void {
	const { id } = list;
	let [best, by] = [edge(list, start) + edge(list, end), 0];
	for (let back = 1; start - back >= least && id[start - back] === id[end - back]; back++) {
		const value = edge(list, start - back) + edge(list, end - back);
		if (value > best) [best, by] = [value, -back];
	}
	for (let on = 1; end + on <= most && id[start + on - 1] === id[end + on - 1]; on++) {
		const value = edge(list, start + on) + edge(list, end + on);
		if (value > best) [best, by] = [value, on];
	}
	hunk.a0 += by;
	hunk.a1 += by;
	hunk.b0 += by;
	hunk.b1 += by;
}

/** How well a text can be cut before a token: at its ends, behind a sentence, behind a comma, before a joint. */
function edge(list: Scan, at: number): number {
	if (at <= 0 || at >= list.count) return 5;
	const { text, start, end, word } = list;
	const before = text.charCodeAt(start[at - 1] as number);
	if (word[at - 1] === 0 && (before === 46 || before === 58 || before === 59)) return 4;
	const from = start[at] as number;
	if ((word[at - 1] === 0 && before === 44) || text.charCodeAt(from) === 40) return 3;
	if (/^(?:and|or|y|o|unless|except|salvo)$/.test(text.slice(from, Math.min(end[at] as number, from + 8)))) return 2;
	return word[at - 1] === 1 && word[at] === 1 ? 1 : 0;
}
