import type { Day } from '#kernel/day.ts';

/** What can become of a city's interest and membership, in the order of a life. */
const MEMBER_FACTS = ['interested', 'verified', 'in_conversation', 'voted', 'member', 'observer', 'withdrew'] as const;
export type MemberFact = (typeof MEMBER_FACTS)[number];

export interface DatedFact {
	readonly kind: MemberFact;
	readonly day: Day;
}

/** How a city stands to the coalition on a day. `approaching`: it asked, and is no member yet. */
export type Membership = 'none' | 'approaching' | 'member' | 'observer' | 'withdrew';

/** How a city stands on a day: what the latest fact up to it makes of it; of several of one day the one further on. */
export function membershipOn(day: Day, facts: readonly DatedFact[]): Membership {
	const latest = facts
		.filter((fact) => fact.day <= day)
		.toSorted((a, b) => (a.day === b.day ? order(a) - order(b) : a.day < b.day ? -1 : 1))
		.at(-1);
	if (!latest) return 'none';
	return latest.kind === 'member' || latest.kind === 'observer' || latest.kind === 'withdrew'
		? latest.kind
		: 'approaching';
}

function order({ kind }: DatedFact): number {
	return MEMBER_FACTS.indexOf(kind);
}
