import { type Clause, pairs } from './pair.ts';
import { type Operation, worded } from './redline.ts';
import { rising } from './shingle.ts';
import { type Summary, wordsOf } from './summary.ts';

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
	readonly number: readonly Operation[];
	readonly heading: readonly Operation[];
	readonly text: readonly Operation[];
}

/** How much changed. */
export interface Tally extends Pick<Summary, 'wordsAdded' | 'wordsRemoved'> {
	readonly same: number;
	readonly changed: number;
	readonly added: number;
	readonly removed: number;
	readonly moved: number;
}

/**
 * What changed from one version of a text to another, provision by provision: in the order of the later version, with what
 * was removed where it stood. A provision that moved or was renumbered is compared with itself, never shown as struck here
 * and new there.
 */
export function compare(before: readonly Clause[], after: readonly Clause[]): Change[] {
	const found = pairs(before, after);
	const places = Int32Array.from(found, (pair) => pair.before);
	const stayed = new Set(rising(places, places.length));
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
	return {
		same: count('same'),
		changed: count('changed'),
		added: count('added'),
		removed: count('removed'),
		moved: changes.filter(({ moved }) => moved).length,
		...wordsOf(changes.flatMap(({ number, heading, text }) => [...number, ...heading, ...text])),
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
	const number = worded(old?.number ?? '', now?.number ?? '');
	const heading = worded(old?.heading ?? '', now?.heading ?? '');
	const text = worded(old?.text ?? '', now?.text ?? '');
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
