import type { Day } from '#kernel/day.ts';

/** What kind of paper a policy is. */
export const INSTRUMENTS = [
	'ordinance',
	'code_chapter',
	'resolution',
	'executive_order',
	'police_directive',
	'statute',
	'model',
	'toolkit',
	'letter',
] as const;
export type Instrument = (typeof INSTRUMENTS)[number];

/** What a source says became of a policy on a day. */
export const FACT_KINDS = [
	'introduced',
	'adopted',
	'in_force',
	'amended',
	'enjoined',
	'injunction_lifted',
	'repealed',
	'superseded',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** A dated fact of a policy, with the source that says so. Facts are only added and withdrawn, never edited. */
export interface Fact {
	readonly id: string;
	readonly kind: FactKind;
	readonly day: Day;
	/** What says so, as people cite it: `Local Law 58 of 2014, section 4`. */
	readonly source: string;
	readonly sourceAddress: string | null;
	readonly note: string | null;
}

/** How one policy stands to another; documented, each with its source. */
export const RELATION_KINDS = ['amends', 'repeals', 'implements', 'translates', 'modelled_on'] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

/** Where a policy stands on a day, derived from its facts. `unknown`: no fact says. */
export const STANDINGS = [
	'introduced',
	'adopted',
	'in_force',
	'enjoined',
	'repealed',
	'superseded',
	'unknown',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** What a fact makes of a policy from its day on; null where it changes nothing about whether it is in force. */
const MAKES: Readonly<Record<FactKind, Standing | null>> = {
	introduced: 'introduced',
	adopted: 'adopted',
	in_force: 'in_force',
	amended: null,
	enjoined: 'enjoined',
	injunction_lifted: 'in_force',
	repealed: 'repealed',
	superseded: 'superseded',
};

/**
 * Where a policy stands on a day: what the latest fact of that day or before made of it. Of facts of one day, the one
 * further along in the life of a policy wins: what was adopted and came into force on one day is in force.
 */
export function standingOn(day: Day, facts: readonly Pick<Fact, 'kind' | 'day'>[]): Standing {
	let last: Pick<Fact, 'kind' | 'day'> | null = null;
	for (const fact of facts) {
		if (fact.day > day || MAKES[fact.kind] === null) continue;
		const later = last === null || fact.day > last.day;
		const further = last !== null && fact.day === last.day && rank(fact.kind) > rank(last.kind);
		if (later || further) last = fact;
	}
	return last === null ? 'unknown' : (MAKES[last.kind] ?? 'unknown');
}

function rank(kind: FactKind): number {
	return FACT_KINDS.indexOf(kind);
}

/** Languages a policy is enacted in or translated to; of texts, not of the interface. */
export const TEXT_LANGUAGES = ['en', 'es'] as const;
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];
