import type { Day } from '#kernel/day.ts';
import type { TextLanguage } from '#library/policy.ts';
import { type Gate, gate } from '#platform/gate.ts';
import type { Tx, World } from '#platform/world.ts';
import { candidates } from './candidates.server.ts';
import { clauses } from './clauses.server.ts';
import { linksBack } from './link.ts';
import { measured, readingOf } from './reading.ts';
import { Held } from './readings.server.ts';
import type { Having } from './record/having.ts';
import { sharing } from './sharing.server.ts';
import { yardstick } from './yardstick.server.ts';

/** Characters of a passage that is looked for: some ten pages. */
export const LONGEST_PASSAGE = 40_000;
/** Words of which a passage is certain to be found: fewer may share no fingerprint. */
export const FEWEST_WORDS = 12;
/** What a passage is called as the one provision of itself. */
const PASSAGE = 'passage';
/** Versions that are looked at, those that share most first. */
const MOST_READ = 400;
/** Passages looked for at once, and waiting: of the three pages that are made at once one is always left for reading. */
const AT_ONCE = 1;
const WAITING = 1;

/** Who has a passage, most of it first; or why nobody was asked. */
export type Search =
	| { readonly having: readonly Having[] /** Versions that were not read. */; readonly leftOut: number }
	| { readonly refused: 'too_short' | 'too_long' | 'busy' };

/**
 * Finds the policies on the shelf that have a passage in the same words, one clause of each: the earliest version that has
 * most of it. Keeps nothing of the passage and tells it to nobody.
 * @param day the day that standings are told of
 * @param words language of whoever reads the citations
 */
export async function whoHas(
	passage: string,
	day: Day,
	words: TextLanguage,
	world: Pick<World, 'keep'>,
	tx: Tx,
): Promise<Search> {
	if (passage.length > LONGEST_PASSAGE) return { refused: 'too_long' };
	const found = await world.keep.of(turns).pass(() => search(passage, day, words, world, tx));
	return found ?? { refused: 'busy' };
}

function turns(): Gate {
	return gate(AT_ONCE, WAITING);
}

async function search(
	passage: string,
	day: Day,
	words: TextLanguage,
	world: Pick<World, 'keep'>,
	tx: Tx,
): Promise<Search> {
	const measure = await yardstick(world, tx);
	const whole = { eId: PASSAGE, parent: null, number: null, start: 0, end: passage.length };
	const own = readingOf(passage, [whole]);
	if (own.terms.keys.length < FEWEST_WORDS) return { refused: 'too_short' };
	const mine = measured(own.terms.keys, measure);
	const { near, leftOut } = await candidates(mine.prints, measure.algorithm, null, MOST_READ, tx);
	const found = new Map<string, { workId: string; expressionId: string; eId: string; has: number; ofItsOwn: number }>();
	for await (const { workId, expressionId, spans, reading } of sharing(mine, near, new Held(), measure, tx)) {
		const link = linksBack(reading, own, spans).find(({ eId }) => eId === PASSAGE);
		if (!link) continue;
		const has = link.same / link.terms;
		if (has <= (found.get(workId)?.has ?? 0)) continue;
		found.set(workId, { workId, expressionId, eId: link.otherEId, has, ofItsOwn: link.same / link.otherTerms });
	}
	const list = [...found.values()].sort((one, other) => other.has - one.has || other.ofItsOwn - one.ofItsOwn);
	const shown = new Map((await clauses(list, day, words, tx)).map((clause) => [clause.workId, clause]));
	return {
		having: list.flatMap(({ workId, has, ofItsOwn }) => {
			const clause = shown.get(workId);
			return clause ? [{ clause, has, ofItsOwn }] : [];
		}),
		leftOut,
	};
}
