import { type Clause, pairs } from './pair.ts';
import { type Piece, redline } from './words.ts';

/** What became of a provision from one version to the next. */
export interface Change {
	readonly state: 'same' | 'changed' | 'added' | 'removed';
	/** Index in the earlier version; null for an added one. */
	readonly before: number | null;
	/** Index in the later version; null for a removed one. */
	readonly after: number | null;
	/** Whether it stands in another order among those that stayed. */
	readonly moved: boolean;
	/** Whether its number as printed is another. */
	readonly renumbered: boolean;
	readonly number: readonly Piece[];
	readonly heading: readonly Piece[];
	readonly text: readonly Piece[];
}

/** How much changed. */
export interface Tally {
	readonly same: number;
	readonly changed: number;
	readonly added: number;
	readonly removed: number;
	readonly moved: number;
	/** Words that only the later, and only the earlier version has. */
	readonly wordsAdded: number;
	readonly wordsRemoved: number;
}

/**
 * What changed from one version of a text to another, provision by provision: in the order of the later version, with what
 * was removed where it stood. A provision that moved or was renumbered is compared with itself, never shown as struck here
 * and new there.
 */
export function compare(before: readonly Clause[], after: readonly Clause[]): Change[] {
	const found = pairs(before, after);
	const stayed = inOrder(found.map((pair) => pair.before));
	const partner = new Map(found.map((pair, n) => [pair.after, { before: pair.before, moved: !stayed.has(n) }]));
	const kept = new Set(found.map((pair) => pair.before));
	const changes: Change[] = [];
	let passed = 0;
	const removedUpTo = (end: number) => {
		for (; passed < end; passed++) if (!kept.has(passed)) changes.push(change(before, after, passed, null, false));
	};
	// What was struck is read before what was put in its place.
	const next = (from: number) => {
		let at = from;
		while (at < before.length && !kept.has(at)) at++;
		return at;
	};
	after.forEach((_, j) => {
		const pair = partner.get(j);
		if (!pair?.moved) removedUpTo(pair ? pair.before + 1 : next(passed));
		changes.push(change(before, after, pair?.before ?? null, j, pair?.moved ?? false));
	});
	removedUpTo(before.length);
	return changes;
}

/** Adds up what `compare` found. */
export function tally(changes: readonly Change[]): Tally {
	const count = (state: Change['state']) => changes.filter((one) => one.state === state).length;
	const words = (op: Piece['op']) =>
		changes
			.flatMap(({ number, heading, text }) => [...number, ...heading, ...text])
			.filter((piece) => piece.op === op)
			.reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0), 0);
	return {
		same: count('same'),
		changed: count('changed'),
		added: count('added'),
		removed: count('removed'),
		moved: changes.filter(({ moved }) => moved).length,
		wordsAdded: words('added'),
		wordsRemoved: words('removed'),
	};
}

function change(
	before: readonly Clause[],
	after: readonly Clause[],
	i: number | null,
	j: number | null,
	moved: boolean,
): Change {
	const [old, now] = [i === null ? undefined : before[i], j === null ? undefined : after[j]];
	const number = redline(old?.number ?? '', now?.number ?? '');
	const heading = redline(old?.heading ?? '', now?.heading ?? '');
	const text = redline(old?.text ?? '', now?.text ?? '');
	const marked = [...number, ...heading, ...text].some(({ op }) => op !== 'same');
	return {
		state: !old ? 'added' : !now ? 'removed' : marked ? 'changed' : 'same',
		before: i,
		after: j,
		moved,
		renumbered: old !== undefined && now !== undefined && number.some(({ op }) => op !== 'same'),
		number,
		heading,
		text,
	};
}

/** Positions of a longest rising row of a list of different numbers; what is not in it was moved. */
function inOrder(list: readonly number[]): Set<number> {
	// ends[n]: position of the smallest last entry of a rising row of n + 1 entries.
	const ends: number[] = [];
	const previous = new Int32Array(list.length).fill(-1);
	list.forEach((value, at) => {
		let [low, high] = [0, ends.length];
		while (low < high) {
			const half = (low + high) >> 1;
			if ((list[ends[half] as number] as number) < value) low = half + 1;
			else high = half;
		}
		if (low > 0) previous[at] = ends[low - 1] as number;
		ends[low] = at;
	});
	const row = new Set<number>();
	for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] as number) row.add(at);
	return row;
}
