import { type Box, matches } from './diff.ts';
import { type Lexicon, type Scan, shared } from './scan.ts';
import type { Segments } from './segment.ts';
import { anchors } from './shingle.ts';

/** Provisions [a0, a1) of the first text that became [b0, b1) of the second; one side is empty where they came or went. */
export interface Block {
	readonly a0: number;
	readonly a1: number;
	readonly b0: number;
	readonly b1: number;
	/** Whether it stands in another order than the others. */
	readonly moved: boolean;
}

/** A text cut into provisions. */
export interface Cut {
	readonly scan: Scan;
	readonly segments: Segments;
}

interface Edge {
	readonly i: number;
	readonly j: number;
	weight: number;
}

/** Share of the rows of words of the shorter of two provisions from which they belong together. */
const TOGETHER = 0.2;
/** The same, of both, from which a provision at another place is taken for moved: a false move misleads, a missed one is only longer. */
const MOVED = 0.5;
/** Provisions with fewer words than this are never said to have moved. */
const FEWEST_MOVED = 8;
/** Share of words in common from which neighbours with one number are the same, and those without it. */
const ALIKE_NUMBER = 0.3;
const ALIKE = 0.5;
/** Provisions further on that one is held against where nothing else tells its partner. */
const LOOK_AHEAD = 6;

/**
 * Which provisions of two texts are the same, as blocks that cover each text once: in the order of the second, with what
 * went where it stood. Rows of words that stand once in both texts vote for pairs; the heaviest chain of pairs keeps its
 * order (a heaviest increasing subsequence); what is left and alike has moved. A provision cut in two, or two made one, are
 * one block. Close to linear in the texts.
 */
export function blocks(before: Cut, after: Cut, words: Pick<Lexicon, 'size'>): Block[] {
	const edges = votes(before, after);
	const groups = chained(edges, after.segments.count);
	const placed: Block[] = [];
	let [i, j] = [0, 0];
	for (const group of [...groups, { a0: before.segments.count, a1: 0, b0: after.segments.count, b1: 0 }]) {
		placed.push(...between(before, after, { a0: i, a1: group.a0, b0: j, b1: group.b0 }, words));
		if (group.a1 > 0) placed.push({ ...group, moved: false });
		[i, j] = [group.a1, group.b1];
	}
	return ordered(placed, moves(placed, edges, before, after));
}

/** Tokens of a block. */
export function boxOf({ a0, a1, b0, b1 }: Block, one: Cut, other: Cut): Box {
	return {
		a0: one.segments.from[a0] as number,
		a1: one.segments.from[a1] as number,
		b0: other.segments.from[b0] as number,
		b1: other.segments.from[b1] as number,
	};
}

/** Pairs of provisions by the number of rows of words that stand once in each text, by the first and then the second. */
function votes(before: Cut, after: Cut): Edge[] {
	const [a, b] = [before.scan.id, after.scan.id];
	const marks = anchors(a, 0, a.length, b, 0, b.length);
	const found = new Map<number, Edge>();
	const many = after.segments.count;
	const ofB = owners(after);
	let i = 0;
	let last: Edge | null = null;
	for (let n = 0; n < marks.count; n++) {
		while ((before.segments.from[i + 1] as number) <= (marks.a[n] as number)) i++;
		const j = ofB[marks.b[n] as number] as number;
		if (last === null || last.i !== i || last.j !== j) {
			const key: number = i * many + j;
			last = found.get(key) ?? { i, j, weight: 0 };
			found.set(key, last);
		}
		last.weight++;
	}
	return [...found.values()]
		.filter((edge) => share(edge, before, after, Math.min) >= TOGETHER)
		.sort((one, other) => one.i - other.i || one.j - other.j);
}

function owners({ scan, segments }: Cut): Int32Array {
	const owner = new Int32Array(scan.count);
	for (let n = 0; n < segments.count; n++) owner.fill(n, segments.from[n], segments.from[n + 1]);
	return owner;
}

function size({ segments }: Cut, n: number): number {
	return (segments.from[n + 1] as number) - (segments.from[n] as number);
}

function share(edge: Edge, before: Cut, after: Cut, of: (one: number, other: number) => number): number {
	return edge.weight / Math.max(1, of(size(before, edge.i), size(after, edge.j)) - 3);
}

/** The heaviest chain of edges that never goes back, as groups of provisions that hang together. */
function chained(edges: readonly Edge[], many: number): Omit<Block, 'moved'>[] {
	// tree: the best chain that ends at a provision of the second text up to an index (Fenwick tree of maxima).
	const tree = new Int32Array(many + 1).fill(-1);
	const total = new Float64Array(edges.length);
	const previous = new Int32Array(edges.length);
	let best = -1;
	edges.forEach((edge, n) => {
		let chain = -1;
		for (let at = edge.j + 1; at > 0; at -= at & -at) {
			const other = tree[at] as number;
			if (other >= 0 && (chain < 0 || (total[other] as number) > (total[chain] as number))) chain = other;
		}
		previous[n] = chain;
		total[n] = edge.weight + (chain < 0 ? 0 : (total[chain] as number));
		for (let at = edge.j + 1; at <= many; at += at & -at) {
			const other = tree[at] as number;
			if (other < 0 || (total[n] as number) > (total[other] as number)) tree[at] = n;
		}
		if (best < 0 || (total[n] as number) > (total[best] as number)) best = n;
	});
	const groups: { a0: number; a1: number; b0: number; b1: number }[] = [];
	for (let n = best; n >= 0; n = previous[n] as number) {
		const { i, j } = edges[n] as Edge;
		const next = groups.at(-1);
		if (next && (i === next.a0 || j === next.b0)) [next.a0, next.b0] = [i, j];
		else groups.push({ a0: i, a1: i + 1, b0: j, b1: j + 1 });
	}
	return groups.reverse();
}

/** Pairs what lies between two groups: equal lines first, then neighbours by number and words. */
function between(before: Cut, after: Cut, gap: Omit<Block, 'moved'>, words: Pick<Lexicon, 'size'>): Block[] {
	const { a0, a1, b0, b1 } = gap;
	if (a0 === a1 && b0 === b1) return [];
	if (a0 === a1 || b0 === b1) return [...gone(a0, a1, b0), ...come(a1, b0, b1)];
	const [one, other] = hashes(before, a0, a1, after, b0, b1);
	const made: Block[] = [];
	let [i, j] = [a0, b0];
	for (const { a, b, length } of [...matches(one, other), { a: a1 - a0, b: b1 - b0, length: 0 }]) {
		made.push(...near(before, after, { a0: i, a1: a0 + a, b0: j, b1: b0 + b }, words));
		for (let n = 0; n < length; n++)
			made.push({ a0: a0 + a + n, a1: a0 + a + n + 1, b0: b0 + b + n, b1: b0 + b + n + 1, moved: false });
		[i, j] = [a0 + a + length, b0 + b + length];
	}
	return made;
}

function gone(from: number, to: number, at: number): Block[] {
	return Array.from({ length: to - from }, (_, n) => ({
		a0: from + n,
		a1: from + n + 1,
		b0: at,
		b1: at,
		moved: false,
	}));
}

function come(at: number, from: number, to: number): Block[] {
	return Array.from({ length: to - from }, (_, n) => ({
		a0: at,
		a1: at,
		b0: from + n,
		b1: from + n + 1,
		moved: false,
	}));
}

/** Equal lines get equal small numbers. */
function hashes(before: Cut, a0: number, a1: number, after: Cut, b0: number, b1: number): [Int32Array, Int32Array] {
	const known = new Map<string, number>();
	const of = (cut: Cut, from: number, to: number) =>
		Int32Array.from({ length: to - from }, (_, n) => {
			const { scan, segments } = cut;
			const [first, end] = [segments.from[from + n] as number, segments.from[from + n + 1] as number];
			// Two rolling sums; lines that share both and their length by chance are paired, and then marked word by word.
			let [sum, weighed] = [0, 0];
			for (let at = first; at < end; at++) {
				sum = (Math.imul(sum, 31) + (scan.id[at] as number)) | 0;
				weighed = (Math.imul(weighed, 0x9e3779b1) ^ (scan.id[at] as number)) | 0;
			}
			const key = `${sum} ${weighed} ${end - first}`;
			const number = known.get(key) ?? known.size;
			known.set(key, number);
			return number;
		});
	return [of(before, a0, a1), of(after, b0, b1)];
}

function near(before: Cut, after: Cut, gap: Omit<Block, 'moved'>, words: Pick<Lexicon, 'size'>): Block[] {
	const { a0, a1, b0, b1 } = gap;
	if (a0 === a1 || b0 === b1) return [...gone(a0, a1, b0), ...come(a1, b0, b1)];
	const made: Block[] = [];
	const times = new Int32Array(words.size);
	const sole = a1 - a0 === 1 && b1 - b0 === 1;
	let j = b0;
	for (let i = a0; i < a1; i++) {
		let [best, at] = [0, -1];
		for (let to = j; to < Math.min(b1, j + LOOK_AHEAD); to++) {
			const score = alike(before, i, after, to, times);
			const numbered = before.segments.label[i] !== null && before.segments.label[i] === after.segments.label[to];
			const value = score - (sole || numbered ? ALIKE_NUMBER : ALIKE);
			if (value > 0 && (at < 0 || value > best)) [best, at] = [value, to];
		}
		if (at < 0) made.push(...gone(i, i + 1, j));
		else {
			made.push(...come(i, j, at), { a0: i, a1: i + 1, b0: at, b1: at + 1, moved: false });
			j = at + 1;
		}
	}
	return [...made, ...come(a1, j, b1)];
}

/** Share of tokens in common, each as often as it stands in both (Dice). */
function alike(before: Cut, i: number, after: Cut, j: number, times: Int32Array): number {
	const [one, other] = [tokensOf(before, i), tokensOf(after, j)];
	return (2 * shared(one, other, times)) / Math.max(1, one.length + other.length);
}

function tokensOf({ scan, segments }: Cut, n: number): Int32Array {
	return scan.id.subarray(segments.from[n], segments.from[n + 1]);
}

/** Pairs of provisions that went and came and are alike: the first of the second text and what it was, by the second. */
function moves(placed: readonly Block[], edges: readonly Edge[], before: Cut, after: Cut): Map<number, number> {
	const [went, came] = [new Set<number>(), new Set<number>()];
	for (const { a0, a1, b0, b1 } of placed) {
		if (b0 === b1) went.add(a0);
		if (a0 === a1) came.add(b0);
	}
	const found = new Map<number, number>();
	for (const edge of edges
		.filter(({ i, j }) => went.has(i) && came.has(j))
		.sort((one, other) => other.weight - one.weight || one.i - other.i || one.j - other.j)) {
		const long = size(before, edge.i) >= FEWEST_MOVED;
		if (!long || !went.has(edge.i) || !came.has(edge.j) || share(edge, before, after, Math.max) < MOVED) continue;
		went.delete(edge.i);
		came.delete(edge.j);
		found.set(edge.j, edge.i);
	}
	return found;
}

function ordered(placed: readonly Block[], moved: ReadonlyMap<number, number>): Block[] {
	if (moved.size === 0) return [...placed];
	const left = new Set(moved.values());
	return placed.flatMap((block) => {
		if (block.b0 === block.b1) return left.has(block.a0) ? [] : [block];
		const from = block.a0 === block.a1 ? moved.get(block.b0) : undefined;
		return from === undefined ? [block] : [{ ...block, a0: from, a1: from + 1, moved: true }];
	});
}
