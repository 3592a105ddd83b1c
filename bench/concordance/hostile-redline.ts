import { merged } from '../../src/concordance/merge.ts';
import { applied, redlined } from '../../src/concordance/redline.ts';
import { demand, type Measures, tell, timed } from '../measure.ts';

const RESERVED = '(a) Reserved for later use by the council.\n';
const CASES: readonly (readonly [string, () => readonly [string, string]])[] = [
	['one word a million times', () => ['word '.repeat(1_000_000), `${'word '.repeat(999_000)}end`]],
	['ten megabytes without a space', () => ['x'.repeat(10_000_000), `${'x'.repeat(9_999_999)}y`]],
	['ten thousand provisions alike', () => [RESERVED.repeat(10_000), RESERVED.repeat(9_000)]],
	['two words in two orders', () => ['a b '.repeat(100_000), 'b b a '.repeat(70_000)]],
];
/** Nobody waits longer for a page; a job has more time. */
const LONGEST_MS = 30_000;

/** Time of a redline and of a merge of texts made to be slow, and whether the redline still gives the second to the letter. */
export async function hostileRedline(_data: string, say: (line: string) => void): Promise<Measures> {
	let [worst, wrong] = [0, 0];
	for (const [name, make] of CASES) {
		const [before, after] = make();
		const line = await timed(() => {
			if (applied(before, redlined(before, after) ?? []) !== after) wrong++;
		});
		const merge = await timed(() => merged(before, after, `${before} more`));
		say(`${name}: redline ${Math.round(line)} ms, merge ${Math.round(merge)} ms`);
		worst = Math.max(worst, line, merge);
	}
	return {
		redline_hostile_worst: demand(worst, 'ms, the slowest of texts made to be slow', { most: LONGEST_MS }),
		redline_hostile_wrong: demand(wrong, 'of them not to the letter', { most: 0 }),
		redline_hostile_memory: tell(Math.round(process.resourceUsage().maxRSS / 1024), 'MB resident at the most'),
	};
}
