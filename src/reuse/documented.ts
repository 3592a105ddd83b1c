import type { RelationKind } from '#library/policy.ts';
import type { Descent } from './lineage.ts';

/** That a policy is modelled on another, amends it, repeals it: a source says so, and nobody had to infer it. */
export interface Documented {
	readonly workId: string;
	readonly otherId: string;
	readonly kind: RelationKind;
	readonly source: string;
	readonly sourceAddress: string | null;
}

/** What a source says of a clause and its parent in a lineage; null: that one goes on in the other is inferred from dates. */
export function documentedOf(
	{ clause, parent }: Descent,
	told: readonly Descent[],
	relations: readonly Documented[],
): Documented | null {
	const earlier = parent === null ? null : told[parent]?.clause.workId;
	return relations.find(({ workId, otherId }) => workId === clause.workId && otherId === earlier) ?? null;
}
