import { diffArrays } from 'diff';
import * as DiffMatchPatch from 'diff-match-patch';
import { diff as fastMyers } from 'fast-myers-diff';
import { applied, redlined } from '../../src/concordance/redline.ts';
import type { Part } from '../library/part.ts';
import { demand, median, tell, timed } from '../measure.ts';
import { neighbours, type Related, reintroduced, seeded } from './related.ts';

/** Related texts: bills brought in again first, then other bills of neighbouring titles. */
const PAIRS = 500;
/** Characters of a text that counts as one of 21 KB. */
const LONG = [18_000, 25_000] as const;
const LONG_PAIRS = 20;
/** Rounds of ours, of which the median counts; and of the peers with --full, else one. */
const ROUNDS = 5;
const PEER_ROUNDS = 3;
const SEED = 6;
/** Pairs that a peer gets without --full, drawn by a seed from all and from those of 21 KB: the slow ones take minutes for all. */
const SAMPLES: Readonly<Record<string, readonly [number, number]>> = {
	'fast-myers-diff': [PAIRS, 10],
	jsdiff: [60, 3],
	'diff-match-patch': [60, 3],
};

/** Words, space and signs as every peer gets them; the cutting counts for the peer as it does for us. */
function words(text: string): string[] {
	return text.match(/[\p{L}\p{N}]+(?:['’\-.][\p{L}\p{N}]+)*|\s+|[^\s]/gu) ?? [];
}

const PEERS: Readonly<Record<string, (before: string, after: string) => number>> = {
	'fast-myers-diff': (before, after) => [...fastMyers(words(before), words(after))].length,
	jsdiff: (before, after) => edits(diffArrays(words(before), words(after)).map((one) => !one.added && !one.removed)),
	'diff-match-patch': (before, after) => {
		const differ = new DiffMatchPatch.diff_match_patch();
		differ.Diff_Timeout = 0;
		const made = differ.diff_main(before, after, false);
		differ.diff_cleanupSemantic(made);
		return edits(made.map(([op]) => op === 0));
	},
};

/** Runs of steps that are no `same`. */
function edits(same: readonly boolean[]): number {
	return same.filter((one, n) => !one && (n === 0 || same[n - 1] === true)).length;
}

function ours(before: string, after: string): number {
	return (redlined(before, after) ?? []).reduce(
		(sum, part) => sum + edits(part.operations.map((one) => one.op === 'same')),
		0,
	);
}

/** Time and number of hunks on pairs of related texts, and whether the steps give the second text to the letter. */
export function redlinePart(full: boolean): Part {
	return async (data, say) => {
		const again = reintroduced(data);
		const pairs = [...again, ...neighbours(data, PAIRS - again.length, seeded(SEED))];
		const wrong = pairs.filter(({ before, after }) => applied(before, redlined(before, after) ?? []) !== after);
		const long = neighbours(data, LONG_PAIRS, seeded(SEED), LONG);
		const letters = pairs.reduce((sum, one) => sum + one.before.length + one.after.length, 0);
		say(`${pairs.length} pairs, ${Math.round(letters / 1_000)} KB; ${long.length} pairs of some 21 KB`);
		const all = await beside(pairs, 0, full, say);
		const some = await beside(long, 1, full, say);
		const alone = { all: await timeOf(pairs, ours, ROUNDS), long: await timeOf(long, ours, ROUNDS) };
		const hunks = pairs.reduce((sum, { before, after }) => sum + ours(before, after), 0);
		return {
			redline_pairs: demand(pairs.length, 'pairs of related texts', { least: PAIRS }),
			redline_exact: demand(1 - wrong.length / pairs.length, 'of pairs give the second text', { least: 1 }),
			redline_hunks: tell(hunks, 'hunks of all pairs'),
			redline_all: tell(alone.all / pairs.length, 'ms a pair; peer: the fastest', fastest(all)),
			redline_all_share: tell(largest(all), "of a peer's time on the same pairs, the largest share"),
			redline_21kb: demand(
				alone.long / long.length,
				'ms a pair of some 21 KB; peer: the fastest',
				{ most: 50 },
				fastest(some),
			),
			redline_21kb_share: demand(largest(some), "of a peer's time on the same pairs of some 21 KB, the largest share", {
				most: 0.2,
			}),
			redline_21kb_worst: tell(
				Math.max(...some.map(({ worst }) => worst)),
				"of a peer's time, the pair of some 21 KB where ours fares worst",
			),
		};
	};
}

/** Ours and a peer on the same pairs; milliseconds. */
interface Beside {
	readonly pairs: number;
	readonly own: number;
	readonly peer: number;
	/** Largest share of the peer's time that ours takes for one pair. */
	readonly worst: number;
}

function fastest(all: readonly Beside[]): number {
	return Math.min(...all.map(({ peer, pairs }) => peer / pairs));
}

function largest(all: readonly Beside[]): number {
	return Math.max(...all.map(({ own, peer }) => own / peer));
}

async function beside(
	pairs: readonly Related[],
	nth: 0 | 1,
	full: boolean,
	say: (line: string) => void,
): Promise<Beside[]> {
	const found: Beside[] = [];
	for (const [name, peer] of Object.entries(PEERS)) {
		const chosen = full ? pairs : sampled(pairs, SAMPLES[name]?.[nth] ?? pairs.length, seeded(SEED));
		const one: { -readonly [key in keyof Beside]: number } = { pairs: chosen.length, own: 0, peer: 0, worst: 0 };
		let hunks: readonly [number, number] = [0, 0];
		for (const pair of chosen) {
			const own = await timeOf([pair], ours, ROUNDS);
			let count = 0;
			const its = await timeOf(
				[pair],
				(before, after) => {
					count = peer(before, after);
					return count;
				},
				full ? PEER_ROUNDS : 1,
			);
			hunks = [hunks[0] + ours(pair.before, pair.after), hunks[1] + count];
			one.own += own;
			one.peer += its;
			one.worst = Math.max(one.worst, own / its);
		}
		say(
			`${name}, ${chosen.length} pairs: ours ${one.own.toFixed(1)} ms, ${hunks[0]} hunks; peer ${one.peer.toFixed(1)} ms, ${hunks[1]} hunks`,
		);
		found.push(one);
	}
	return found;
}

/** Median of the rounds, for all pairs. */
async function timeOf(
	pairs: readonly Related[],
	work: (before: string, after: string) => number,
	rounds: number,
): Promise<number> {
	const times: number[] = [];
	for (let round = 0; round < rounds; round++)
		times.push(
			await timed(() => {
				for (const { before, after } of pairs) work(before, after);
			}),
		);
	return median(times);
}

function sampled(pairs: readonly Related[], most: number, random: () => number): Related[] {
	return [...pairs]
		.map((pair) => ({ pair, place: random() }))
		.sort((one, other) => one.place - other.place)
		.slice(0, most)
		.map(({ pair }) => pair);
}
