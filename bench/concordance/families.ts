import { backgroundOf, weighing } from '../../src/concordance/background.ts';
import { gramsOf, kinship, profileOf } from '../../src/concordance/kinship.ts';
import { termsOf } from '../../src/concordance/term.ts';
import { readIntroductions } from '../library/introductions.ts';
import { demand, type Measures, tell } from '../measure.ts';
import { averagePrecision, lines } from './corpus.ts';

interface Bill {
	readonly family_merged: number;
	readonly text: string;
}

/** From the best peer the kinship may stay so far behind on the bills that are here; with all 57 the bars are absolute. */
const BEHIND = 0.005;
const ALL_BILLS = 57;

/**
 * Pairs of model bills of one family: average precision of kinship with the introductions as background, beside three-word
 * Jaccard and plain TF-IDF of the same terms; and F1 of a threshold found without the family it is tried on.
 */
export async function families(data: string, say: (line: string) => void): Promise<Measures> {
	const bills = lines<Bill>(data, 'lid_bills.jsonl');
	const grams = bills.map(({ text }) => gramsOf(termsOf(text)));
	const background = readIntroductions(data).map(({ text }) => gramsOf(termsOf(text)));
	const scores = {
		ours: kinships(grams, background),
		tfidf: kinships(grams, grams),
		jaccard: jaccard(bills.map(({ text }) => termsOf(text).keys)),
	};
	const pairs = (of: (i: number, j: number) => number) =>
		bills.flatMap((one, i) =>
			bills.slice(0, i).map((other, j) => ({
				score: of(i, j),
				right: one.family_merged === other.family_merged,
				families: [one.family_merged, other.family_merged],
			})),
		);
	const [ours, tfidf, plain] = [pairs(scores.ours), pairs(scores.tfidf), pairs(scores.jaccard)];
	const peer = Math.max(averagePrecision(tfidf), averagePrecision(plain));
	const all = bills.length >= ALL_BILLS;
	say(`families: ${bills.length} bills, ${new Set(bills.map((bill) => bill.family_merged)).size} families`);
	return {
		families_ap: demand(
			averagePrecision(ours),
			'average precision; peer: the better of the next two',
			{
				least: all ? 0.945 : peer - BEHIND,
			},
			peer,
		),
		families_tfidf: tell(averagePrecision(tfidf), 'average precision, TF-IDF of the bills alone'),
		families_jaccard: tell(averagePrecision(plain), 'average precision, Jaccard of three words'),
		families_f1: all
			? demand(leftOut(ours), 'F1, each family with the threshold of the others', { least: 0.93 })
			: tell(leftOut(ours), 'F1, each family with the threshold of the others'),
	};
}

function kinships(grams: readonly Uint32Array[], background: readonly Uint32Array[]) {
	const weights = weighing(backgroundOf(background));
	const profiles = grams.map((one) => profileOf(one, weights));
	return (i: number, j: number) => {
		const [one, other] = [profiles[i], profiles[j]];
		return one && other ? kinship(one, other) : 0;
	};
}

function jaccard(texts: readonly Uint32Array[]) {
	const sets = texts.map((keys) => new Set(Array.from(keys, (_, n) => keys.slice(n, n + 3).join())));
	return (i: number, j: number) => {
		const [one, other] = [sets[i] ?? new Set(), sets[j] ?? new Set()];
		let both = 0;
		for (const row of one) if (other.has(row)) both++;
		return both / (one.size + other.size - both);
	};
}

interface Judged {
	readonly score: number;
	readonly right: boolean;
	readonly families: readonly number[];
}

/** F1 over all families, the pairs of each told by the threshold that is best on pairs without it. */
function leftOut(pairs: readonly Judged[]): number {
	let [hits, told, there] = [0, 0, 0];
	for (const family of new Set(pairs.flatMap((pair) => pair.families))) {
		const inside = pairs.filter((pair) => pair.families.includes(family));
		const bound = best(pairs.filter((pair) => !pair.families.includes(family)));
		for (const { score, right } of inside) {
			if (score >= bound) told++;
			if (right) there++;
			if (right && score >= bound) hits++;
		}
	}
	return told + there === 0 ? 0 : (2 * hits) / (told + there);
}

function best(pairs: readonly Judged[]): number {
	const sorted = pairs.toSorted((a, b) => b.score - a.score);
	const there = sorted.filter(({ right }) => right).length;
	let [hits, top, bound] = [0, -1, 1];
	sorted.forEach(({ score, right }, n) => {
		if (right) hits++;
		const f1 = (2 * hits) / (n + 1 + there);
		// Half way to the next: a threshold on the edge of what was seen fits nothing else.
		if (f1 > top) [top, bound] = [f1, (score + (sorted[n + 1]?.score ?? 0)) / 2];
	});
	return bound;
}
