import type { Meetings, Span } from './deadline.ts';
import { type Closures, FEDERAL_CLOSURES } from './holiday.ts';
import { STAGES, type StageKey } from './stage.ts';

/** So many days have to lie between two stages. */
export interface Rule extends Span {
	readonly earlier: StageKey;
	readonly later: StageKey;
	/** Whether a deadline that falls on a closed day moves on to one when the offices are open: earlier counting back, later counting on. */
	readonly moves: boolean;
	/** Where the rule stands, as the city wrote it: `Charter, section 4.2`. Empty where nobody said. */
	readonly source: string;
}

/** How a city counts its days: kept once, for all its drafts. */
export interface CityRules {
	readonly rules: readonly Rule[];
	readonly closures: Closures;
	/** Null where the city did not say when its council meets: then any business day is proposed. */
	readonly meetings: Meetings | null;
}

/** A city has this many rules at most: two for each stage. */
export const MOST_RULES = 20;

/**
 * What stands in the form of a city that has said nothing yet. No law of any place: common spans to begin with, and each says
 * that its source is missing.
 */
export const FIRST_RULES: CityRules = {
	rules: [
		rule('blanks', 'counsel', 10, 'business'),
		rule('counsel', 'packet', 1, 'business'),
		rule('packet', 'introduced', 3, 'business'),
		rule('introduced', 'hearing', 14, 'calendar'),
		rule('notice', 'hearing', 20, 'calendar'),
		rule('hearing', 'adopted', 7, 'calendar'),
		{ ...rule('adopted', 'in_force', 30, 'calendar'), counted: 'last', moves: false },
		{ ...rule('in_force', 'grant_answer', 0, 'calendar'), moves: false },
	],
	closures: FEDERAL_CLOSURES,
	meetings: null,
};

/** Whether the stages of a rule stand in the order of the way. */
export function isOrdered({ earlier, later }: Pick<Rule, 'earlier' | 'later'>): boolean {
	return STAGES.indexOf(earlier) < STAGES.indexOf(later);
}

/** Whether two rules say something of the same: one of them would be forgotten. */
export function isSameSpan(rule: Rule, other: Rule): boolean {
	return rule.earlier === other.earlier && rule.later === other.later && rule.unit === other.unit;
}

function rule(earlier: StageKey, later: StageKey, days: number, unit: Span['unit']): Rule {
	return { earlier, later, days, unit, counted: 'first', moves: true, source: '' };
}
