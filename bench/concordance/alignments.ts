import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backgroundOf, weighing } from '../../src/concordance/background.ts';
import { scoreOf } from '../../src/concordance/span.ts';
import { termsOf } from '../../src/concordance/term.ts';
import { readIntroductions } from '../library/introductions.ts';
import { demand, type Measures, tell } from '../measure.ts';
import { parseCsv } from '../watch/csv.ts';
import { averagePrecision } from './corpus.ts';

/** So far above the sum of idf the score must be, as long as that can be: from here on an order of these labels is saturated, and one pair decides. */
const OVER = 0.02;
const SATURATED = 0.99;
/** From so many rows on the file is taken for all 367 of LID. */
const ALL_ROWS = 300;
const ALL_BAR = 0.95;

/** Alignments that people called substantive or boilerplate: average precision of the score of a span, beside the sum of idf, Smith-Waterman's score and both together. */
export async function alignments(data: string, say: (line: string) => void): Promise<Measures> {
	const rows = parseCsv(readFileSync(join(data, 'policy/lid_alignments.csv'), 'utf8'));
	const background = weighing(backgroundOf(readIntroductions(data).map(({ text }) => termsOf(text).keys)));
	const judged = rows.map(({ score, left = '', right = '', label }) => {
		const [one, other] = [left, right].map((text) => termsOf(text.replaceAll(' - ', ' ')).keys) as [
			Uint32Array,
			Uint32Array,
		];
		const shared = common(one, other).map((key) => background.of(key));
		return {
			right: label === '1',
			ours: scoreOf(shared),
			idf: shared.reduce((sum, weight) => sum + weight, 0),
			theirs: Number(score),
		};
	});
	const ap = (of: (row: (typeof judged)[number]) => number) =>
		averagePrecision(judged.map((row) => ({ score: of(row), right: row.right })));
	const idf = ap((row) => row.idf);
	const [spread, spreadTheirs] = [deviation(judged.map((row) => row.idf)), deviation(judged.map((row) => row.theirs))];
	const least = rows.length >= ALL_ROWS ? ALL_BAR : Math.max(idf, Math.min(idf + OVER, SATURATED));
	say(`alignments: ${rows.length}, ${judged.filter(({ right }) => right).length} substantive`);
	return {
		alignments_ap: demand(
			ap((row) => row.ours),
			'average precision; peer: idf sum',
			{ least },
			idf,
		),
		alignments_smith_waterman: tell(
			ap((row) => row.theirs),
			'average precision, the score in the file',
		),
		alignments_both: tell(
			ap((row) => row.idf / spread + row.theirs / spreadTheirs),
			'average precision, idf sum and that score, each by its deviation',
		),
	};
}

function deviation(values: readonly number[]): number {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Terms of the longest row common to both. */
function common(a: Uint32Array, b: Uint32Array): number[] {
	const best = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
	const at = (i: number, j: number) => best[i]?.[j] ?? 0;
	for (let i = a.length - 1; i >= 0; i--)
		for (let j = b.length - 1; j >= 0; j--)
			(best[i] as Uint32Array)[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
	const keys: number[] = [];
	for (let i = 0, j = 0; i < a.length && j < b.length; ) {
		if (a[i] === b[j]) {
			keys.push(a[i] as number);
			i++;
			j++;
		} else if (at(i + 1, j) >= at(i, j + 1)) i++;
		else j++;
	}
	return keys;
}
