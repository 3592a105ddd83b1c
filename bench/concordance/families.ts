import { backgroundOf, weighing } from '../../src/concordance/background.ts';
import {
	beyondChance,
	centreOf,
	gramsOf,
	kinship,
	type Profile,
	profileOf,
	shelfOf,
} from '../../src/concordance/kinship.ts';
import { finished, termsOf } from '../../src/concordance/term.ts';
import { readIntroductions } from '../library/introductions.ts';
import { demand, type Measures, tell } from '../measure.ts';
import { averagePrecision, lines } from './corpus.ts';

interface Bill {
	readonly family_merged: number;
	readonly text: string;
}

/** From the best peer the kinship may stay so far behind on the bills that are here; with all 57 of LID the bars are absolute. */
const BEHIND = 0.005;
/** From so many bills on the file is taken for the whole of LID. */
const ALL_BILLS = 50;
/** Rows and minima of the peer by minhash. */
const ROW = 5;
const MINIMA = 256;

type Score = (i: number, j: number) => number;

/**
 * Pairs of model bills of one family by kinship beyond chance, the introductions as background; beside plain kinship, and peers
 * of the same run that are written here: TF-IDF of the bills alone, Jaccard of rows of three words, minhash of rows of five. Average
 * precision, and F1 of a threshold found without the family it is tried on.
 */
export async function families(data: string, say: (line: string) => void): Promise<Measures> {
	const bills = lines<Bill>(data, 'lid_bills.jsonl');
	const terms = bills.map(({ text }) => termsOf(text));
	const grams = terms.map((one) => gramsOf(one));
	const trade = readIntroductions(data).map(({ text }) => gramsOf(termsOf(text)));
	const weights = weighing(backgroundOf(trade));
	const profiles = grams.map((one) => profileOf(one, weights));
	const centre = centreOf(shelfOf(trade.map((one) => profileOf(one, weights))));
	const ownWeights = weighing(backgroundOf(grams));
	const own = grams.map((one) => profileOf(one, ownWeights));
	const at = (list: readonly Profile[], n: number) => list[n] as Profile;
	const scores = {
		ours: (i, j) => beyondChance(at(profiles, i), at(profiles, j), centre),
		kinship: (i, j) => kinship(at(profiles, i), at(profiles, j)),
		tfidf: (i, j) => kinship(at(own, i), at(own, j)),
		jaccard: jaccard(terms.map(({ keys }) => keys)),
		minhash: minhash(terms.map((one) => gramsOf(one, ROW, ROW))),
	} satisfies Record<string, Score>;
	const judged = (of: Score): Judged[] =>
		bills.flatMap((one, i) =>
			bills.slice(0, i).map((other, j) => ({
				score: of(i, j),
				right: one.family_merged === other.family_merged,
				families: [one.family_merged, other.family_merged],
			})),
		);
	const ap = (of: Score) => averagePrecision(judged(of));
	const peer = Math.max(ap(scores.tfidf), ap(scores.jaccard), ap(scores.minhash));
	const all = bills.length >= ALL_BILLS;
	const f1 = leftOut(judged(scores.ours));
	const bar = 'F1, each family with the threshold of the others; peer: Jaccard';
	const theirs = leftOut(judged(scores.jaccard));
	say(`families: ${bills.length} bills, ${new Set(bills.map((bill) => bill.family_merged)).size} families`);
	return {
		families_ap: demand(
			ap(scores.ours),
			'average precision of kinship beyond chance; peer: the best of three',
			{ least: all ? 0.945 : peer - BEHIND },
			peer,
		),
		families_kinship: tell(ap(scores.kinship), 'average precision of kinship alone'),
		families_tfidf: tell(ap(scores.tfidf), 'average precision, TF-IDF of the bills alone'),
		families_jaccard: tell(ap(scores.jaccard), 'average precision, Jaccard of three words'),
		families_minhash: tell(ap(scores.minhash), `average precision, ${MINIMA} minima of rows of ${ROW} words`),
		families_f1: all ? demand(f1, bar, { least: 0.93 }, theirs) : tell(f1, bar, theirs),
		families_f1_kinship: tell(leftOut(judged(scores.kinship)), 'the same, kinship alone'),
		families_f1_tfidf: tell(leftOut(judged(scores.tfidf)), 'the same, TF-IDF of the bills alone'),
	};
}

function jaccard(texts: readonly Uint32Array[]): Score {
	const sets = texts.map((keys) => new Set(Array.from(keys, (_, n) => keys.slice(n, n + 3).join())));
	return (i, j) => {
		const [one, other] = [sets[i] ?? new Set(), sets[j] ?? new Set()];
		let both = 0;
		for (const row of one) if (other.has(row)) both++;
		return both / (one.size + other.size - both);
	};
}

/** The share of equal minima under many orders of the rows, which comes near to their Jaccard. */
function minhash(texts: readonly Uint32Array[]): Score {
	const minima = texts.map((rows) =>
		Uint32Array.from({ length: MINIMA }, (_, n) =>
			rows.reduce((least, row) => Math.min(least, finished(Math.imul(row ^ n, 2 * n + 0x9e3779b1))), 2 ** 32 - 1),
		),
	);
	return (i, j) => (minima[i]?.reduce((sum, one, n) => sum + (one === minima[j]?.[n] ? 1 : 0), 0) ?? 0) / MINIMA;
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
	let [hits, top, bound] = [0, -1, Number.POSITIVE_INFINITY];
	sorted.forEach(({ score, right }, n) => {
		if (right) hits++;
		const f1 = (2 * hits) / (n + 1 + there);
		// Half way to the next: a threshold on the edge of what was seen fits nothing else.
		if (f1 > top) [top, bound] = [f1, (score + (sorted[n + 1]?.score ?? 0)) / 2];
	});
	return bound;
}
