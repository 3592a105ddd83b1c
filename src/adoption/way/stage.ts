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
}

/** Where a stage stands on a day. `left`: days until it is due, 0 is today, negative where it is overdue; null where it has no day or is done. */
export interface Standing {
	readonly stage: Stage;
	readonly state: 'done' | 'now' | 'ahead' | 'overdue';
	readonly left: number | null;
}

/** Whether a key is one of ours. */
export function isStageKey(key: string): key is StageKey {
	return (STAGES as readonly string[]).includes(key);
}

/** Every stage of ours, with what was said of it, and those that the city added, in their order: also what is not needed. */
export function allStages(said: readonly Stage[], copied: Day): readonly Stage[] {
	const known = new Map(said.map((stage) => [stage.key, stage]));
	const ours = STAGES.map((key, i): Stage => {
		const blank = { key, name: null, position: i * APART, due: null, done: null, who: null, note: null, needed: true };
		const stage = { ...blank, ...known.get(key) };
		return key === 'copied' ? { ...stage, done: stage.done ?? copied, needed: true } : stage;
	});
	return [...ours, ...said.filter(({ key }) => !isStageKey(key))].sort((a, b) => a.position - b.position);
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

/** Where each stage stands: `now` is the first that is not done, unless it is overdue. */
export function standings(way: readonly Stage[], today: Day): readonly Standing[] {
	const next = way.find(({ done }) => done === null);
	return way.map((stage) => {
		if (stage.done !== null) return { stage, state: 'done', left: null };
		const left = stage.due === null ? null : daysBetween(today, stage.due);
		if (left !== null && left < 0) return { stage, state: 'overdue', left };
		return { stage, state: stage === next ? 'now' : 'ahead', left };
	});
}
