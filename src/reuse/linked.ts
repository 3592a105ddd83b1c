import type { Day } from '#kernel/day.ts';
import type { RelationKind } from '#library/policy.ts';
import type { WorkLine } from '#library/view.ts';
import type { ClauseKey } from './clause.ts';

/** What names a link: ids of policy and version and the eId of its later clause, ids of policy and version of the earlier one. */
export type LinkKey = readonly [string, string, string, string, string];

/** An end of a link. */
export interface LinkedClause extends ClauseKey {
	readonly work: WorkLine;
	readonly day: Day;
	/** Path below /library. */
	readonly address: string;
}

/** That most words of a clause stand in one of another policy; `from` is the earlier one. */
export interface Linked {
	/** Its key as one text. */
	readonly id: string;
	readonly from: LinkedClause;
	readonly to: LinkedClause;
	/** Terms that stand in both, in order; terms of each. */
	readonly same: number;
	readonly fromTerms: number;
	readonly toTerms: number;
	/** What says which is the earlier one: their days, or a source that says how the later policy stands to the earlier. */
	readonly basis: RelationKind | 'inferred' | 'same_day';
	readonly source: string | null;
}

/** A key as one text. */
export function cursorOf([workId, expressionId, eId, otherWorkId, otherExpressionId]: LinkKey): string {
	return [workId, expressionId, otherWorkId, otherExpressionId, eId].join('.');
}

const UUID = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';
const CURSOR = new RegExp(`^${UUID}\\.${UUID}\\.${UUID}\\.${UUID}\\.([^\\s\\0]{0,400})$`);

/** The key that a text stands for; null where it is none. */
export function keyIn(text: string): LinkKey | null {
	const [whole, workId = '', expressionId = '', otherWorkId = '', otherExpressionId = '', eId = ''] =
		CURSOR.exec(text) ?? [];
	return whole === undefined ? null : [workId, expressionId, eId, otherWorkId, otherExpressionId];
}
