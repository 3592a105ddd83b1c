import type { Day } from '#kernel/day.ts';
import type { TextLanguage } from '#library/policy.ts';
import type { WorkLine } from '#library/view.ts';

/** What names a version of a policy. */
export interface VersionKey {
	readonly workId: string;
	readonly expressionId: string;
}

/** What names a clause: a provision of a version, or with an empty eId the whole of it. */
export interface ClauseKey extends VersionKey {
	readonly eId: string;
}

/** A clause as lists, trees and tables show it. */
export interface Clause extends ClauseKey {
	readonly work: WorkLine;
	readonly day: Day;
	readonly language: TextLanguage;
	/** Path below /library of its version, and of the clause itself. */
	readonly version: string;
	readonly address: string;
	/** `§ 9-131(b)`; null for a whole text, and where nothing has a number. */
	readonly cited: string | null;
	/** As it reads after the act, without its own number; one line for each provision in it. */
	readonly words: string;
}

/** One string for each clause. */
export function keyOf({ workId, expressionId, eId }: ClauseKey): string {
	return `${workId} ${expressionId} ${eId}`;
}
