import { tokens } from './token.ts';

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

interface Reading {
	readonly words: readonly string[];
	readonly count: ReadonlyMap<string, number>;
}

interface Candidate extends Pair {
	readonly alike: number;
	readonly rank: number;
}

/**
 * Which provisions of two versions are the same, whatever their numbers: candidates share rare rows of words or their
 * eId; the best fitting is taken first, a kept eId and a kept parent counting for it. Close to linear in the length of
 * the texts, because a row of words that is everywhere makes no candidates.
 */
export function pairs(before: readonly Clause[], after: readonly Clause[]): Pair[] {
	const [left, right] = [before.map(reading), after.map(reading)];
	const candidates = [...inPlace(before, after, left, right), ...elsewhere(before, after, left, right)].sort(
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

function reading({ heading, text }: Clause): Reading {
	const words = tokens(`${heading ?? ''} ${text}`)
		.filter(({ word }) => word)
		.map(({ key }) => key.toLowerCase());
	const count = new Map<string, number>();
	for (const word of words) count.set(word, (count.get(word) ?? 0) + 1);
	return { words, count };
}

/** Share of words in common, from 0 to 1, each as often as it stands in both (Dice). */
function alike(one: Reading, other: Reading): number {
	const all = one.words.length + other.words.length;
	if (all === 0) return 1;
	const [few, many] = one.count.size < other.count.size ? [one, other] : [other, one];
	let common = 0;
	for (const [word, times] of few.count) common += Math.min(times, many.count.get(word) ?? 0);
	return (2 * common) / all;
}

function inPlace(
	before: readonly Clause[],
	after: readonly Clause[],
	left: readonly Reading[],
	right: readonly Reading[],
): Candidate[] {
	const places = new Map(before.map(({ eId }, index) => [eId, index]));
	return after.flatMap(({ eId, kind }, j) => {
		const i = places.get(eId);
		if (i === undefined || before[i]?.kind !== kind) return [];
		const score = alike(left[i] as Reading, right[j] as Reading);
		return score >= ALIKE_IN_PLACE ? [{ before: i, after: j, alike: score, rank: score + 0.25 }] : [];
	});
}

function elsewhere(
	before: readonly Clause[],
	after: readonly Clause[],
	left: readonly Reading[],
	right: readonly Reading[],
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
			const score = alike(left[i] as Reading, other);
			if (score < ALIKE || before[i]?.kind === undefined) return [];
			const level = before[i]?.kind === after[j]?.kind ? 0.1 : 0;
			const number = before[i]?.number === after[j]?.number ? 0.05 : 0;
			return [{ before: i, after: j, alike: score, rank: score + level + number }];
		});
	});
}

function shingles({ words }: Reading): Set<string> {
	const rows = new Set<string>();
	if (words.length < FEWEST_WORDS) return rows;
	for (let at = 0; at + SHINGLE <= words.length; at++) rows.add(words.slice(at, at + SHINGLE).join(' '));
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
