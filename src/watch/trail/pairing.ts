import type { Confidence } from '../event.ts';
import type { Bodies } from '../identity/body.ts';
import {
	containedName,
	mayBeOne,
	nearSpelling,
	sameCounty,
	sameDocument,
	samePlace,
	sharedWord,
} from '../identity/likeness.ts';
import { closeDates, redate } from './redate.ts';
import type { Keyed } from './series.ts';
import type { Line, Seen } from './track.ts';

/** What became of a row that went, in a row that came on the same list. */
export type Outcome = 'corrected' | 'relabelled' | 'renewed' | 'model_switched';

export interface Pair {
	readonly line: Line;
	readonly keyed: Keyed;
	readonly outcome: Outcome;
	readonly confidence: Confidence;
	/** The two names are one body from now on. */
	readonly joins: boolean;
}

type Verdict = Pick<Pair, 'outcome' | 'confidence' | 'joins'> | null;

interface Rule {
	/** Only rows with the same date are compared. */
	readonly sameDate: boolean;
	readonly judge: (old: Seen, next: Seen, bodies: Bodies, others: Others) => Verdict;
}

/** Whether the body of a row stands on the other list too, with other rows than those in question. */
export interface Others {
	/** The old body is still on the new list, or the new one was on the old list. */
	apart(old: Seen, next: Seen): boolean;
}

const sure = { outcome: 'corrected', confidence: 'certain', joins: true } as const;
const likely = { outcome: 'corrected', confidence: 'likely', joins: true } as const;
const arguable = { outcome: 'corrected', confidence: 'arguable', joins: true } as const;

/** In order: a rule is asked only about what those before it left over. */
const RULES: readonly Rule[] = [
	{ sameDate: true, judge: (old, next, bodies) => (bodies.same(old.spelling.body, next.spelling.body) ? sure : null) },
	{
		sameDate: false,
		judge: (old, next, bodies) =>
			bodies.same(old.spelling.body, next.spelling.body) && closeDates(old.signed, next.signed) ? sure : null,
	},
	{ sameDate: true, judge: (old, next, bodies) => (oneName(nearSpelling, old, next, bodies) ? likely : null) },
	{ sameDate: true, judge: (old, next, bodies) => (oneName(containedName, old, next, bodies) ? likely : null) },
	{ sameDate: true, judge: renamed },
	{ sameDate: true, judge: byDocument },
	{
		sameDate: false,
		judge: (old, next, bodies) =>
			bodies.same(old.spelling.body, next.spelling.body)
				? { outcome: redate(old, next), confidence: 'likely', joins: true }
				: null,
	},
	{
		sameDate: false,
		judge: (old, next, bodies) =>
			closeDates(old.signed, next.signed) && oneName(nearSpelling, old, next, bodies) ? arguable : null,
	},
	{ sameDate: false, judge: byDocument },
];

/**
 * Pairs rows that went with rows that came on the same list, inside one state and model, each row once. Work is in
 * proportion to the unmatched rows of a state and model, not to the list.
 */
export function pairRows(
	gone: readonly Line[],
	came: readonly Keyed[],
	bodies: Bodies,
	others: Others,
): { pairs: Pair[]; gone: Line[]; came: Keyed[] } {
	const groups = new Map<string, { gone: Set<Line>; came: Set<Keyed> }>();
	for (const line of gone) group(groups, line.seen)?.gone.add(line);
	for (const keyed of came) group(groups, keyed.seen)?.came.add(keyed);
	const pairs: Pair[] = [];
	for (const { gone: left, came: right } of groups.values()) {
		if (left.size === 0 || right.size === 0) continue;
		for (const rule of RULES)
			if (left.size > 0 && right.size > 0) pairs.push(...apply(rule, left, right, bodies, others));
	}
	const [oldOnes, newOnes] = [new Set(pairs.map((pair) => pair.line)), new Set(pairs.map((pair) => pair.keyed))];
	return {
		pairs,
		gone: gone.filter((line) => !oldOnes.has(line)),
		came: came.filter((keyed) => !newOnes.has(keyed)),
	};
}

function apply(rule: Rule, left: Set<Line>, right: Set<Keyed>, bodies: Bodies, others: Others): Pair[] {
	const pairs: Pair[] = [];
	for (const line of left) {
		let best: { keyed: Keyed; verdict: NonNullable<Verdict>; gap: number } | null = null;
		for (const keyed of right) {
			if (rule.sameDate && keyed.seen.signed !== line.seen.signed) continue;
			const verdict = rule.judge(line.seen, keyed.seen, bodies, others);
			if (!verdict) continue;
			const gap = dayGap(line.seen, keyed.seen);
			if (!best || gap < best.gap) best = { keyed, verdict, gap };
		}
		if (!best) continue;
		pairs.push({ line, keyed: best.keyed, ...best.verdict });
		left.delete(line);
		right.delete(best.keyed);
	}
	return pairs;
}

function oneName(like: typeof nearSpelling, old: Seen, next: Seen, bodies: Bodies): boolean {
	const [a, b] = [old.spelling.body, next.spelling.body];
	if (!like(a, b)) return false;
	// Part of an agency's rows put right, part not: then both spellings share the list, and something else has to speak for
	// them: another cell, or the date of a row that went, on the first list that ever printed the name so.
	if (mayBeOne(a, b, bodies) || sameDocument(old, next) || sameCounty(old, next)) return true;
	return old.signed !== null && old.signed === next.signed && b.lists[0] === next.list;
}

/** The same place under another kind of body, on the same date and of the same type, while neither body has other rows. */
function renamed(old: Seen, next: Seen, bodies: Bodies, others: Others): Verdict {
	const [a, b] = [old.spelling.body, next.spelling.body];
	if (!samePlace(a, b) || others.apart(old, next) || !mayBeOne(a, b, bodies)) return null;
	return old.row.type === next.row.type ? arguable : null;
}

/**
 * One document, and a word that says which body in both names: the same agreement. Under another body where either has
 * rows of its own. Without such a word the date and the type have to be the same too, and a person is asked.
 */
function byDocument(old: Seen, next: Seen, bodies: Bodies, others: Others): Verdict {
	const [a, b] = [old.spelling.body, next.spelling.body];
	if (!sameDocument(old, next)) return null;
	if (others.apart(old, next) || !mayBeOne(a, b, bodies)) {
		return samePlace(a, b) && sharedWord(a, b) ? { outcome: 'relabelled', confidence: 'arguable', joins: false } : null;
	}
	if (sharedWord(a, b)) return likely;
	return old.signed === next.signed && old.row.type === next.row.type ? arguable : null;
}

function dayGap(a: Seen, b: Seen): number {
	if (a.signed === null || b.signed === null) return 0;
	return Math.abs(Date.parse(a.signed) - Date.parse(b.signed));
}

function group(groups: Map<string, { gone: Set<Line>; came: Set<Keyed> }>, seen: Seen) {
	const key = `${seen.spelling.body.state.name}|${seen.model}`;
	let found = groups.get(key);
	if (!found) {
		found = { gone: new Set(), came: new Set() };
		groups.set(key, found);
	}
	return found;
}
