import { type Day, daysBetween } from '#kernel/day.ts';

/** Stages on the way to the vote and after it, in their order. Each has its words in both languages, `stages.name.` and the key. */
export const STAGES = [
	'copied',
	'blanks',
	'counsel',
	'packet',
	'introduced',
	'notice',
	'hearing',
	'adopted',
	'in_force',
	'grant_answer',
] as const;
export type StageKey = (typeof STAGES)[number];

/** What every draft goes through. The others appear when a day is planned for them. */
const PATH: readonly string[] = ['copied', 'blanks', 'counsel', 'packet'] satisfies readonly StageKey[];

/** How far two stages of ours lie apart; those that a city adds lie between. */
const APART = 100;

/** A stage of a draft as it was last said to be. */
export interface Stage {
	/** One of ours, or the id of one that the city added. */
	readonly key: string;
	/** What the city calls it; null for our word. */
	readonly name: string | null;
	/** Rises along the way. */
	readonly position: number;
	/** Until when, or on which day. */
	readonly due: Day | null;
	/** When it was done; null as long as it is not. */
	readonly done: Day | null;
	/** Office or person that does it, as the city wrote it. */
	readonly who: string | null;
	readonly note: string | null;
	/** Whether this draft goes through it. */
	readonly needed: boolean;
	/** Whether nobody waits for it any more though it was never done: the vote that it leads to was held, or the draft is closed. */
	readonly over: boolean;
}

/**
 * Where a stage stands on a day; `passed` is what is over, and the day on which what was voted on came into force.
 * `left`: days until it is due, 0 is today, negative where it is overdue; null where it has no day, is done or has passed.
 */
export interface Standing {
	readonly stage: Stage;
	readonly state: 'done' | 'passed' | 'now' | 'ahead' | 'overdue';
	readonly left: number | null;
}

/** Whether a key is one of ours. */
export function isStageKey(key: string): key is StageKey {
	return (STAGES as readonly string[]).includes(key);
}

/** A stage as it is kept: whether it is over follows from the others. */
export type Kept = Omit<Stage, 'over'>;

/**
 * Every stage of ours, with what was said of it, and those that the city added, in their order: also what is not needed.
 * @param copied the day on which the draft was begun
 * @param closed whether the draft is closed
 */
export function allStages(said: readonly Kept[], copied: Day, closed = false): readonly Stage[] {
	const known = new Map(said.map((stage) => [stage.key, stage]));
	const ours = STAGES.map((key, i): Kept => {
		const blank = { key, name: null, position: i * APART, due: null, done: null, who: null, note: null, needed: true };
		const stage = { ...blank, ...known.get(key) };
		return key === 'copied' ? { ...stage, done: stage.done ?? copied, needed: true } : stage;
	});
	const all = [...ours, ...said.filter(({ key }) => !isStageKey(key))].sort((a, b) => a.position - b.position);
	const voted = all.findIndex((stage) => isVote(stage) && stage.done !== null);
	return all.map((stage, i) => ({ ...stage, over: stage.done === null && (closed || i < voted) }));
}

/** The stages that a draft shows: the four of every way, and others as soon as they have a day. `grant_answer` is last. */
export function wayOf(stages: readonly Stage[]): readonly Stage[] {
	return stages.filter(
		({ key, needed, due, done }) => needed && (!isStageKey(key) || PATH.includes(key) || due !== null || done !== null),
	);
}

/** Where a stage added after another one lies: between it and the next. */
export function positionAfter(key: string, stages: readonly Stage[]): number {
	const at = stages.findIndex((stage) => stage.key === key);
	const before = stages[at]?.position ?? stages.at(-1)?.position ?? 0;
	const after = stages[at + 1]?.position ?? before + APART;
	return (before + after) / 2;
}

/**
 * Where each stage stands, in the order of their days: what has none stays behind what it follows on the way. `now` is the
 * first that somebody still waits for, unless it is overdue.
 */
export function standings(way: readonly Stage[], today: Day): readonly Standing[] {
	const voted = way.some((stage) => isVote(stage) && stage.done !== null);
	const found = byDay(way).map((stage): Standing => {
		if (stage.done !== null) return { stage, state: 'done', left: null };
		const left = stage.due === null ? null : daysBetween(today, stage.due);
		const late = left !== null && left < 0;
		if (stage.over || (late && voted && stage.key === 'in_force')) return { stage, state: 'passed', left: null };
		return { stage, state: late ? 'overdue' : 'ahead', left };
	});
	const next = found.find(isWaiting);
	return found.map((one) => (one === next && one.state === 'ahead' ? { ...one, state: 'now' } : one));
}

/** Whether somebody still waits for a stage. */
export function isWaiting({ state }: Standing): boolean {
	return state !== 'done' && state !== 'passed';
}

/** The day of a stage: when it was done, or else when it is due. */
export function dayOf({ done, due }: Pick<Stage, 'done' | 'due'>): Day | null {
	return done ?? due;
}

function isVote({ key }: Pick<Stage, 'key'>): boolean {
	return key === 'adopted';
}

/** Nothing comes before the copy, also where a day that cannot be kept does. */
function byDay(way: readonly Stage[]): readonly Stage[] {
	let last = '';
	const placed = way.map((stage) => {
		last = stage.key === 'copied' ? '' : (dayOf(stage) ?? last);
		return { stage, at: last };
	});
	return placed.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1)).map(({ stage }) => stage);
}
