import { diffArrays } from 'diff';
import * as DiffMatchPatch from 'diff-match-patch';
import { diff as fastMyers } from 'fast-myers-diff';
import { applied, redlined } from '../../src/concordance/redline.ts';
import { demand, type Measures, median, tell, timed } from '../measure.ts';
import { neighbours, type Related, reintroduced, seeded } from './related.ts';

/** Related texts: bills brought in again first, then other bills of neighbouring titles. */
const PAIRS = 500;
/** Characters of a text that counts as one of 21 KB. */
const LONG = [18_000, 25_000] as const;
const LONG_PAIRS = 10;
const ROUNDS = 3;
const SEED = 6;

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
export async function redlinePart(data: string, say: (line: string) => void): Promise<Measures> {
	const again = reintroduced(data);
	const pairs = [...again, ...neighbours(data, PAIRS - again.length, seeded(SEED))];
	const wrong = pairs.filter(({ before, after }) => applied(before, redlined(before, after) ?? []) !== after);
	say(
		`${pairs.length} pairs, ${Math.round(pairs.reduce((sum, one) => sum + one.before.length + one.after.length, 0) / 1_000)} KB`,
	);
	const long = neighbours(data, LONG_PAIRS, seeded(SEED), LONG);
	const measures: Record<string, Measures[string]> = {
		redline_pairs: demand(pairs.length, 'pairs of related texts', { least: PAIRS }),
		redline_exact: demand(1 - wrong.length / pairs.length, 'of pairs give the second text', { least: 1 }),
	};
	const all = await timesOf(pairs, 1);
	const some = await timesOf(long, ROUNDS);
	for (const [name, { time, count }] of Object.entries(all)) {
		say(
			`${name}: ${time.toFixed(1)} ms for all pairs, ${count} hunks; ${some[name]?.time.toFixed(2)} ms for ${long.length} pairs of some 21 KB`,
		);
	}
	const best = (of: typeof all) =>
		Math.min(...Object.entries(of).flatMap(([name, { time }]) => (name === 'ours' ? [] : [time])));
	return {
		...measures,
		redline_hunks: tell(all.ours?.count ?? 0, 'hunks; peer: jsdiff', all.jsdiff?.count ?? 0),
		redline_all: tell((all.ours?.time ?? 0) / pairs.length, 'ms a pair; peer: the fastest', best(all) / pairs.length),
		redline_all_share: tell((all.ours?.time ?? 0) / best(all), "of the fastest peer's time, all pairs"),
		redline_21kb: demand(
			(some.ours?.time ?? 0) / long.length,
			'ms a pair of some 21 KB; peer: the fastest',
			{ most: 50 },
			best(some) / long.length,
		),
		redline_21kb_share: demand((some.ours?.time ?? 0) / best(some), "of the fastest peer's time, some 21 KB", {
			most: 0.2,
		}),
	};
}

async function timesOf(
	pairs: readonly Related[],
	rounds: number,
): Promise<Record<string, { time: number; count: number }>> {
	const found: Record<string, { time: number; count: number }> = {};
	const run = (work: (before: string, after: string) => number) => () =>
		pairs.reduce((sum, { before, after }) => sum + work(before, after), 0);
	const own: number[] = [];
	for (const [name, peer] of Object.entries(PEERS)) {
		const times: number[] = [];
		let count = 0;
		for (let round = 0; round < rounds; round++) {
			run(ours)();
			own.push(await timed(run(ours)));
			times.push(
				await timed(() => {
					count = run(peer)();
				}),
			);
		}
		found[name] = { time: median(times), count };
	}
	return { ...found, ours: { time: median(own), count: run(ours)() } };
}
