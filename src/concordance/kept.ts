import { pairUp } from './diff.ts';
import { LONGEST_TEXTS } from './redline.ts';
import { lexicon, scan } from './scan.ts';

/**
 * The share of the words of `before` that stand in `after` in the same order, from 0 to 1, by the matches of which a redline
 * is made: a capital makes another word there. Numbers and citations are words, signs are none. A text without words keeps
 * all of them: 1. Null where both together are longer than `LONGEST_TEXTS`.
 */
export function kept(before: string, after: string): number | null {
	if (before.length + after.length > LONGEST_TEXTS) return null;
	const words = lexicon();
	const [one, other] = [scan(before, words), scan(after, words)];
	const partner = new Int32Array(one.count).fill(-1);
	pairUp(one.id, other.id, [{ a0: 0, a1: one.count, b0: 0, b1: other.count }], partner);
	let [all, there] = [0, 0];
	for (let at = 0; at < one.count; at++) {
		if (one.word[at] === 0) continue;
		all++;
		if ((partner[at] as number) >= 0) there++;
	}
	return all === 0 ? 1 : there / all;
}
