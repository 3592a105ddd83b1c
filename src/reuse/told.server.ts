import type { Day } from '#kernel/day.ts';
import type { TextLanguage } from '#library/policy.ts';
import type { Tx } from '#platform/world.ts';
import type { ClauseKey } from './clause.ts';
import { clauses } from './clauses.server.ts';
import { documented } from './documented.server.ts';
import type { Documented } from './documented.ts';
import { type Descent, lineage } from './lineage.ts';

/** The lineage of some clauses with what sources say of their policies, of those that stand on the shelf. */
export async function toldOf(
	keys: readonly ClauseKey[],
	day: Day,
	words: TextLanguage,
	tx: Tx,
): Promise<{ readonly told: readonly Descent[]; readonly documented: readonly Documented[] }> {
	const told = lineage(await clauses(keys, day, words, tx));
	return { told, documented: await documented([...new Set(told.map(({ clause }) => clause.workId))], tx) };
}
