import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backgroundOf, weighing } from '../../src/concordance/background.ts';
import { scoreOf } from '../../src/concordance/span.ts';
import { termsOf } from '../../src/concordance/term.ts';
import { readIntroductions } from '../library/introductions.ts';
import { demand, type Measures, tell } from '../measure.ts';
import { parseCsv } from '../watch/csv.ts';
import { averagePrecision } from './corpus.ts';

/** Above this the labels themselves are what is doubted. */
const SATURATED = 0.99;
const OVER = 0.02;

/** Alignments that people called substantive or boilerplate: average precision of the score of a span, beside idf alone and Smith-Waterman's. */
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
	const ap = (by: 'ours' | 'idf' | 'theirs') =>
		averagePrecision(judged.map((row) => ({ score: row[by], right: row.right })));
	const idf = ap('idf');
	say(`alignments: ${rows.length}, ${judged.filter(({ right }) => right).length} substantive`);
	return {
		alignments_ap: demand(
			ap('ours'),
			'average precision; peer: idf sum',
			{ least: Math.min(idf + OVER, SATURATED) },
			idf,
		),
		alignments_smith_waterman: tell(ap('theirs'), 'average precision, the score in the file'),
	};
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
