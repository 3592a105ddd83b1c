import { addDays, type Day, daysBetween } from '#kernel/day.ts';
import { daysIn, earliestAfter, isMeeting, latestBefore, type Span } from './deadline.ts';
import { type Closed, closedOn } from './holiday.ts';
import type { CityRules, Rule } from './rule.ts';
import { dayOf, isStageKey, STAGES, type Stage, type StageKey, type Standing, standings } from './stage.ts';

/** The day that cannot move: that of the vote, or the one until which a grant has to be answered. */
export interface Anchor {
	readonly at: 'adopted' | 'grant_answer';
	readonly day: Day;
}

/** Days by stage. `unplaced`: no day within reach suits, as where the council meets on no such day. */
export interface Plan {
	readonly days: ReadonlyMap<StageKey, Day>;
	readonly unplaced: readonly StageKey[];
}

/** A stage and the last day for it. */
export interface Step {
	readonly stage: Stage;
	readonly day: Day;
}

/** What is wrong with the days of a draft; the page says it in words. */
export type Trouble =
	/** It is not done, and its day is past. */
	| { readonly kind: 'past'; readonly stage: Stage; readonly day: Day }
	/** From today the rules need so many days more than there are before the vote; `steps` should be done already, the first one first. */
	| {
			readonly kind: 'tight';
			readonly vote: Stage;
			readonly day: Day;
			readonly short: number;
			readonly steps: readonly Step[];
			/** Day of copying, where the first step would have been before it. */
			readonly copied: Day | null;
	  }
	/** It has to be done by a day on which there was no draft yet. */
	| { readonly kind: 'uncopied'; readonly stage: Stage; readonly day: Day; readonly copied: Day }
	/** It stands earlier in the order and later in the year. */
	| { readonly kind: 'order'; readonly earlier: Stage; readonly later: Stage }
	/** Fewer days lie between the two than the rule needs. */
	| {
			readonly kind: 'short';
			readonly rule: Rule;
			readonly earlier: Stage;
			readonly later: Stage;
			readonly has: number;
	  }
	| { readonly kind: 'closed'; readonly stage: Stage; readonly day: Day; readonly closed: Closed }
	| { readonly kind: 'no_meeting'; readonly stage: Stage; readonly day: Day };

/** The council does these when it meets. */
const AT_MEETINGS: readonly string[] = ['introduced', 'hearing', 'adopted'] satisfies readonly StageKey[];
/** A notice may be out before a draft is introduced: only rules place it. */
const BESIDE: readonly string[] = ['notice'] satisfies readonly StageKey[];
/** Two years: no notice rule is longer than one. */
const AHEAD = 730;
/** Counted on from the vote, not back from it. */
const AFTER_VOTE: readonly string[] = ['in_force', 'grant_answer'] satisfies readonly StageKey[];
const SAME_DAY: Span = { days: 0, unit: 'calendar', counted: 'first' };

/**
 * Days for all that is needed and neither done nor over, backwards from the anchor: each stage on the last day from which every rule and
 * the order of the stages can still be kept. What comes after the vote is counted on from it, so that days that are to spare
 * before the answer to a grant show there. A pure calculation; `stages` come from `allStages`.
 */
export function planned(stages: readonly Stage[], { at, day }: Anchor, city: CityRules): Plan {
	const asked = stages.filter(
		({ key, needed }) => needed && key !== 'copied' && (key !== 'grant_answer' || at === key),
	);
	const todo = asked.flatMap(({ key, done, over }) => (isStageKey(key) && done === null && !over ? [key] : []));
	const days = new Map<StageKey, Day>(
		asked.flatMap(({ key, done }) => (isStageKey(key) && done !== null ? [[key, done]] : [])),
	);
	const done = new Set(days.keys());
	days.set(at, day);
	const unplaced = new Set<StageKey>();
	const place = (key: StageKey, found: Day | null | undefined) => {
		if (found) days.set(key, found);
		else if (found === null) unplaced.add(key);
	};
	const upTo = STAGES.indexOf(at);
	for (const key of [...STAGES.slice(0, upTo)].reverse()) if (todo.includes(key)) place(key, lastDay(key, days, city));
	const vote = days.get('adopted');
	if (vote && todo.includes('in_force')) {
		days.delete('in_force');
		unplaced.delete('in_force');
		place('in_force', firstDay('in_force', days, city));
	}
	return { days: new Map([...days].filter(([key]) => !done.has(key) || key === at)), unplaced: [...unplaced] };
}

/**
 * The first day for a vote for which nothing would have had to be done before today: a meeting of the council, or a business
 * day where nobody said when it meets. Null where none of the next `AHEAD` days is one. A later vote never makes a deadline earlier,
 * so half of what is left is ruled out at every step.
 */
export function firstVote(stages: readonly Stage[], today: Day, city: CityRules): Day | null {
	const suits = suiting('adopted', city);
	const days = Array.from({ length: AHEAD }, (_, i) => addDays(today, i)).filter(suits);
	const holds = (day: Day) => {
		const plan = planned(stages, { at: 'adopted', day }, city);
		return plan.unplaced.length === 0 && [...plan.days.values()].every((one) => one >= today);
	};
	let [low, high] = [0, days.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		const day = days[middle];
		if (day && holds(day)) high = middle;
		else low = middle + 1;
	}
	return days[low] ?? null;
}

/**
 * What is wrong with the days as they stand: first of the vote, then of each stage, then between two. Rules of stages that have
 * no day say nothing, and nothing is said of what is over: nobody can move it.
 */
export function troubles(way: readonly Stage[], city: CityRules, today: Day): readonly Trouble[] {
	const open = way.filter(({ over }) => !over);
	const copied = open.find(({ key }) => key === 'copied')?.done ?? null;
	const tight = tightness(open, copied, city, today);
	const late = new Set(tight?.steps.map(({ stage }) => stage.key));
	const each = standings(open, today).filter(({ stage }) => !late.has(stage.key));
	return [
		...(tight ? [tight] : []),
		...each.flatMap((standing) => alone(standing, copied, city)),
		...between(open, city).filter(({ later }) => later.done !== null || !late.has(later.key)),
	];
}

/** Whether a vote that is to come leaves the steps before it enough days; null where it does. */
function tightness(
	way: readonly Stage[],
	copied: Day | null,
	city: CityRules,
	today: Day,
): (Trouble & { kind: 'tight' }) | null {
	const vote = way.find(({ key }) => key === 'adopted');
	if (!vote?.due || vote.done !== null || vote.due < today) return null;
	const { days } = planned(way, { at: 'adopted', day: vote.due }, city);
	const steps = way.flatMap((stage): Step[] => {
		const day = isStageKey(stage.key) ? days.get(stage.key) : undefined;
		return day && day < today ? [{ stage, day }] : [];
	});
	const [first] = steps.sort((a, b) => daysBetween(b.day, a.day));
	if (!first) return null;
	const before = copied !== null && first.day < copied ? copied : null;
	return { kind: 'tight', vote, day: vote.due, short: daysBetween(first.day, today), steps, copied: before };
}

/** What is wrong with the day of a stage, whatever the others are. */
function alone({ stage, state }: Standing, copied: Day | null, city: CityRules): readonly Trouble[] {
	const day = dayOf(stage);
	if (day === null) return [];
	if (state === 'done' || state === 'passed') return [];
	if (copied !== null && day < copied) return [{ kind: 'uncopied', stage, day, copied }];
	const past: readonly Trouble[] = state === 'overdue' ? [{ kind: 'past', stage, day }] : [];
	const closed = closedOn(day, city.closures);
	if (closed && (isHeld(stage.key, city) || (AT_MEETINGS.includes(stage.key) && closed.kind !== 'weekday')))
		return [...past, { kind: 'closed', stage, day, closed }];
	if (city.meetings && AT_MEETINGS.includes(stage.key) && !isMeeting(day, city.meetings, city.closures))
		return [...past, { kind: 'no_meeting', stage, day }];
	return past;
}

/** What is wrong between two stages; that one comes before the copy is said of it alone. */
function between(way: readonly Stage[], city: CityRules): readonly (Trouble & { kind: 'order' | 'short' })[] {
	const known = new Map(way.map((stage) => [stage.key, stage]));
	const found: (Trouble & { kind: 'order' | 'short' })[] = [];
	const chain = way.filter(({ key, ...stage }) => dayOf(stage) !== null && key !== 'copied' && !BESIDE.includes(key));
	chain.forEach((later, i) => {
		const earlier = chain[i - 1];
		if (earlier && (dayOf(earlier) ?? '') > (dayOf(later) ?? '')) found.push({ kind: 'order', earlier, later });
	});
	for (const rule of city.rules) {
		const [earlier, later] = [known.get(rule.earlier), known.get(rule.later)];
		const [from, to] = [earlier && dayOf(earlier), later && dayOf(later)];
		if (!earlier || !later || !from || !to) continue;
		const has = daysIn(from, to, rule, city.closures);
		const told =
			earlier.key === 'copied' ||
			found.some((one) => one.kind === 'order' && one.earlier === earlier && one.later === later);
		if (from > to && !told) found.push({ kind: 'order', earlier, later });
		else if (from <= to && has < rule.days) found.push({ kind: 'short', rule, earlier, later, has });
	}
	return found;
}

/** Null where no day suits, undefined where neither a rule nor a later stage says anything. */
function lastDay(key: StageKey, days: ReadonlyMap<StageKey, Day>, city: CityRules): Day | null | undefined {
	const bounds = city.rules.flatMap((rule) => {
		const to = rule.earlier === key ? days.get(rule.later) : undefined;
		return to ? [latestBefore(to, rule, suiting(key, city), city.closures)] : [];
	});
	if (!BESIDE.includes(key)) {
		const next = STAGES.slice(STAGES.indexOf(key) + 1).find((later) => days.has(later) && !BESIDE.includes(later));
		const to = next && days.get(next);
		if (to) bounds.push(latestBefore(to, SAME_DAY, suiting(key, city), city.closures));
	}
	return outermost(bounds, (a, b) => a < b);
}

/** The same, counted on from what is earlier. */
function firstDay(key: StageKey, days: ReadonlyMap<StageKey, Day>, city: CityRules): Day | null | undefined {
	const bounds = city.rules.flatMap((rule) => {
		const from = rule.later === key ? days.get(rule.earlier) : undefined;
		return from ? [earliestAfter(from, rule, suiting(key, city), city.closures)] : [];
	});
	const before = [...STAGES.slice(0, STAGES.indexOf(key))]
		.reverse()
		.find((earlier) => days.has(earlier) && !BESIDE.includes(earlier));
	const from = before && days.get(before);
	if (from) bounds.push(earliestAfter(from, SAME_DAY, suiting(key, city), city.closures));
	return outermost(bounds, (a, b) => a > b);
}

function outermost(bounds: readonly (Day | null)[], wins: (a: Day, b: Day) => boolean): Day | null | undefined {
	if (bounds.length === 0) return undefined;
	return bounds.reduce((one, other) => (one === null || other === null ? null : wins(one, other) ? one : other));
}

/** Days on which a stage can be: meetings for what the council does, else those when the offices are open, or any. */
function suiting(key: StageKey, city: CityRules): (day: Day) => boolean {
	const { meetings, closures } = city;
	if (meetings && AT_MEETINGS.includes(key)) return (day) => isMeeting(day, meetings, closures);
	return isHeld(key, city) ? (day) => closedOn(day, closures) === null : () => true;
}

/** Whether a stage is held to days when the offices are open: not where each of its rules lets it stay on a closed one. */
function isHeld(key: string, { rules, meetings }: CityRules): boolean {
	if (AT_MEETINGS.includes(key)) return meetings === null;
	const after = AFTER_VOTE.includes(key);
	const own = rules.filter(({ earlier, later }) => (after ? later : earlier) === key);
	return own.some(({ moves }) => moves) || (own.length === 0 && !after && isStageKey(key));
}
