import type { Day } from '#kernel/day.ts';
import type { ClauseKey } from './clause.ts';

/** A clause of another policy that has words of one, and how many. */
export interface Kin extends ClauseKey {
	readonly of: ClauseKey;
	readonly day: Day;
	/** OCD id; null: the coalition's own. */
	readonly placeId: string | null;
	/** Terms that both have, in order; of the clause asked for, and of this one. */
	readonly same: number;
	readonly terms: number;
	readonly otherTerms: number;
}

/** How alike two clauses are: twice what they share by all they have, from 0 to 1. */
export function likeness({ same, terms, otherTerms }: Pick<Kin, 'same' | 'terms' | 'otherTerms'>): number {
	return (2 * same) / Math.max(1, terms + otherTerms);
}

/** Whether two policies are of one place: a series of its own. The coalition, which has no id, is none. */
export function ofOnePlace(placeId: string | null | undefined, otherId: string | null | undefined): boolean {
	return placeId !== null && placeId !== undefined && placeId === otherId;
}

/** Share of an earlier clause's words that a later one keeps, from 0 to 1. */
export function keptFrom({ same, otherTerms }: Kin): number {
	return same / otherTerms;
}

/** The same, where the other is the later one. */
export function keptBy({ same, terms }: Kin): number {
	return same / terms;
}
