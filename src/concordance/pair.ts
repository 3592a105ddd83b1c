import { type Lexicon, lexicon, scan, shared } from './scan.ts';

/** A provision as far as it is compared. */
export interface Clause {
	readonly eId: string;
	readonly kind: string;
	readonly number: string | null;
	readonly heading: string | null;
	/** Its own words, without those of the provisions inside it. */
	readonly text: string;
	/** Index of the provision it lies in, smaller than its own; null at the top. */
	readonly parent: number | null;
}

/** Two clauses, one of each text, that are the same provision; indices. */
export interface Pair {
	readonly before: number;
	readonly after: number;
}

/** Words in a row that are looked up together. */
const SHINGLE = 3;
/** A row of words in more clauses than this is a phrase of the trade and says nothing about where a clause went. */
const COMMON = 8;
/** Share of words in common from which a clause with another number is taken for the same. */
const ALIKE = 0.55;
/** The same for one that kept its number: a rewritten clause is still that clause, a wholly new one is not. */
const ALIKE_IN_PLACE = 0.25;
/** Fewer words than this are no evidence: `Reserved.` is everywhere. */
const FEWEST_WORDS = 4;

interface Candidate extends Pair {
	readonly rank: number;
}

/** How alike a clause of the first and one of the second are. */
type Held = (i: number, j: number) => number;

/**
 * Which provisions of two versions are the same, whatever their numbers: candidates share rare rows of words or their
 * eId; the best fitting is taken first, a kept eId and a kept parent counting for it. Close to linear in the length of
 * the texts, because a row of words that is everywhere makes no candidates.
 */
export function pairs(before: readonly Clause[], after: readonly Clause[]): Pair[] {
	const words = lexicon();
	const [left, right] = [before, after].map((list) => list.map((one) => wordsOf(one, words))) as [
		Int32Array[],
		Int32Array[],
	];
	const times = new Int32Array(words.size);
	const held = (i: number, j: number) => alike(left[i] as Int32Array, right[j] as Int32Array, times);
	const candidates = [...inPlace(before, after, held), ...elsewhere(before, after, left, right, held)].sort(
		(one, other) => other.rank - one.rank || one.before - other.before || one.after - other.after,
	);
	const taken = { before: new Set<number>(), after: new Set<number>() };
	const found: Pair[] = [];
	const take = ({ before: i, after: j }: Pair) => {
		if (taken.before.has(i) || taken.after.has(j)) return;
		taken.before.add(i);
		taken.after.add(j);
		found.push({ before: i, after: j });
	};
	for (const candidate of candidates) take(candidate);
	for (const pair of containers(before, after, found)) take(pair);
	return found.sort((one, other) => one.after - other.after);
}

/** The words of a clause as numbers; a capital makes no other clause of it. */
function wordsOf({ heading, text }: Clause, words: Lexicon): Int32Array {
	const { id, word } = scan(`${heading ?? ''} ${text}`.toLowerCase(), words);
	return id.filter((_, at) => word[at] === 1);
}

/** Share of words in common, from 0 to 1, each as often as it stands in both (Dice); two without words are alike. */
function alike(one: Int32Array, other: Int32Array, times: Int32Array): number {
	const all = one.length + other.length;
	return all === 0 ? 1 : (2 * shared(one, other, times)) / all;
}

function inPlace(before: readonly Clause[], after: readonly Clause[], held: Held): Candidate[] {
	const places = new Map(before.map(({ eId }, index) => [eId, index]));
	return after.flatMap(({ eId, kind }, j) => {
		const i = places.get(eId);
		if (i === undefined || before[i]?.kind !== kind) return [];
		const score = held(i, j);
		return score >= ALIKE_IN_PLACE ? [{ before: i, after: j, rank: score + 0.25 }] : [];
	});
}

function elsewhere(
	before: readonly Clause[],
	after: readonly Clause[],
	left: readonly Int32Array[],
	right: readonly Int32Array[],
	held: Held,
): Candidate[] {
	const rows = new Map<string, number[]>();
	left.forEach((one, i) => {
		for (const row of shingles(one)) {
			const list = rows.get(row);
			if (!list) rows.set(row, [i]);
			else if (list.length <= COMMON) list.push(i);
		}
	});
	return right.flatMap((other, j) => {
		const near = new Set<number>();
		for (const row of shingles(other)) {
			const list = rows.get(row);
			if (list && list.length <= COMMON) for (const i of list) near.add(i);
		}
		return [...near].flatMap((i) => {
			const score = held(i, j);
			if (score < ALIKE) return [];
			const level = before[i]?.kind === after[j]?.kind ? 0.1 : 0;
			const number = before[i]?.number === after[j]?.number ? 0.05 : 0;
			return [{ before: i, after: j, rank: score + level + number }];
		});
	});
}

function shingles(words: Int32Array): Set<string> {
	const rows = new Set<string>();
	if (words.length < FEWEST_WORDS) return rows;
	for (let at = 0; at + SHINGLE <= words.length; at++) rows.add(words.subarray(at, at + SHINGLE).join(' '));
	return rows;
}

/** Provisions without words of their own are the same where most of what lies in them is. */
function containers(before: readonly Clause[], after: readonly Clause[], found: readonly Pair[]): Pair[] {
	const votes = new Map<string, { before: number; after: number; count: number }>();
	for (const pair of found) {
		const [i, j] = [before[pair.before]?.parent ?? null, after[pair.after]?.parent ?? null];
		if (i === null || j === null || before[i]?.kind !== after[j]?.kind) continue;
		const key = `${i} ${j}`;
		const vote = votes.get(key) ?? { before: i, after: j, count: 0 };
		votes.set(key, { ...vote, count: vote.count + 1 });
	}
	return [...votes.values()].sort((one, other) => other.count - one.count);
}
