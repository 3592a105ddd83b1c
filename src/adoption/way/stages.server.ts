import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { addDays, type Day, dayAt } from '#kernel/day.ts';
import { Conflict } from '#kernel/error.ts';
import { isUuid } from '#kernel/uuid.ts';
import type { Tx, World } from '#platform/world.ts';
import { type Anchor, planned } from './plan.ts';
import { type CityRules, FIRST_RULES } from './rule.ts';
import { allStages, isStageKey, type Kept, positionAfter, type Stage, type StageKey } from './stage.ts';

/** The way of a draft to the vote, with the rules by which its city counts. */
export interface Way {
	readonly draft: { readonly id: string; readonly city: string; readonly title: string; readonly sample: boolean };
	/** Whether the draft is closed: nothing in it is waited for. */
	readonly closed: boolean;
	/** All, also those not shown: `wayOf` gives the ones that are. */
	readonly stages: readonly Stage[];
	readonly rules: CityRules;
	/** Whether the city has said how it counts; else `rules` are those of a form that nobody filled in. */
	readonly ruled: boolean;
}

/** What can be said of a stage. */
export type Saying = Partial<Pick<Stage, 'name' | 'due' | 'done' | 'who' | 'note' | 'needed'>>;

/** Stages that a city adds to one draft: more than any way has. */
const MOST_OWN = 20;
/** Four times a whole way. */
const MOST_SHOWN = 40;

/** Null where there is no such draft for whoever `tx` acts for. */
export async function wayTo(draftId: string, tx: Tx): Promise<Way | null> {
	const draft = await draftOf(draftId, tx);
	if (!draft) return null;
	const { rules, ruled } = await rulesOf(draft.city, tx);
	const { begun, closed, ...rest } = draft;
	return { draft: rest, closed, stages: allStages(await said(draftId, tx), begun, closed), rules, ruled };
}

/** What was said of a stage at some time, and by whom. */
export interface Said extends Pick<Stage, 'key' | 'name' | 'due' | 'done' | 'who' | 'note' | 'needed'> {
	/** Counts what was said in the draft, from 1. */
	readonly nth: number;
	/** Account; null where no person said it. */
	readonly person: string | null;
	readonly at: Date;
}

/** What was said last of the stages of a draft, the latest first; `MOST_SHOWN` at most. */
export async function lastSaid(draftId: string, tx: Tx): Promise<readonly Said[]> {
	if (!isUuid(draftId)) return [];
	const { rows } = await sql<Said>`
		select nth, stage as key, name, due, done, who, note, needed, person, at
		from adoption_stage where draft_id = ${draftId} order by nth desc limit ${MOST_SHOWN}`.execute(tx);
	return rows;
}

/**
 * Plans a day for every stage that is needed and not done, from the day that cannot move. `unplaced`: stages for which no
 * day was found; theirs stay as they were. `over`: the stage of the anchor was done on another day. `past`: nobody can get ready
 * for a day that is past.
 */
export async function planDays(
	draftId: string,
	anchor: Anchor,
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<{ readonly unplaced: readonly StageKey[] } | 'gone' | 'over' | 'past'> {
	const way = await held(draftId, tx);
	if (!way) return 'gone';
	const done = way.stages.find(({ key }) => key === anchor.at)?.done ?? null;
	if (done !== null && done !== anchor.day) return 'over';
	// West of Greenwich it may still be the day before.
	if (done === null && anchor.day < addDays(dayAt(world.clock.now()), -1)) return 'past';
	const stages = way.stages.map((stage) => (stage.key === anchor.at ? { ...stage, needed: true } : stage));
	const { days, unplaced } = planned(stages, anchor, way.rules);
	const moved = stages.flatMap((stage) => {
		const due = isStageKey(stage.key) ? days.get(stage.key) : undefined;
		return due && (due !== stage.due || stage.key === anchor.at) ? [{ ...stage, due }] : [];
	});
	await add(way, moved, actor, world, tx);
	return { unplaced };
}

/** Says something of a stage: a day moves, it is done, somebody takes it on, it has another name. `gone`: no such draft or stage. */
export async function sayStage(
	draftId: string,
	key: string,
	saying: Saying,
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<'done' | 'gone'> {
	const way = await held(draftId, tx);
	const stage = way?.stages.find((one) => one.key === key);
	if (!way || !stage) return 'gone';
	const next = { ...stage, ...saying };
	const changed = Object.keys(saying).some((field) => next[field as keyof Saying] !== stage[field as keyof Saying]);
	if (changed) await add(way, [next], actor, world, tx);
	return 'done';
}

/** Adds a stage of the city's own after another one. `many`: there are enough of them. */
export async function addStage(
	draftId: string,
	{ name, after, due }: { readonly name: string; readonly after: string; readonly due: Day | null },
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<'done' | 'gone' | 'many'> {
	const way = await held(draftId, tx);
	if (!way?.stages.some(({ key }) => key === after)) return 'gone';
	if (way.stages.filter(({ key }) => !isStageKey(key)).length >= MOST_OWN) return 'many';
	const blank = { done: null, who: null, note: null, needed: true };
	const stage = { ...blank, key: world.random.uuid(), name, due, position: positionAfter(after, way.stages) };
	await add(way, [stage], actor, world, tx);
	return 'done';
}

/** Keeps how a city counts its days, for all its drafts. Days that are planned already stay. */
export async function keepRules(
	city: string,
	{ rules, closures, meetings }: CityRules,
	actor: Actor,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	// Two who save at once: the second waits, and its row is the last.
	await sql`select pg_advisory_xact_lock(hashtextextended(${`adoption_rule ${city}`}, 0))`.execute(tx);
	await sql`
		insert into adoption_rule (owner_city, nth, rules, closures, meetings, person, at)
		select ${city}, coalesce(max(nth), 0) + 1, ${JSON.stringify(rules)}::jsonb, ${JSON.stringify(closures)}::jsonb,
			${meetings && JSON.stringify(meetings)}::jsonb, ${actor.person ?? null}, ${clock.now()}
		from adoption_rule where owner_city = ${city}`.execute(tx);
}

/** How a city counts its days, and whether it said so itself. `tx` acts for it. */
export async function rulesOf(city: string, tx: Tx): Promise<{ readonly rules: CityRules; readonly ruled: boolean }> {
	const { rows } = await sql<CityRules>`
		select rules, closures, meetings from adoption_rule where owner_city = ${city} order by nth desc limit 1`.execute(
		tx,
	);
	return { rules: rows[0] ?? FIRST_RULES, ruled: rows.length > 0 };
}

interface Draft {
	readonly id: string;
	readonly city: string;
	readonly title: string;
	readonly sample: boolean;
	readonly begun: Day;
	readonly closed: boolean;
}

async function draftOf(id: string, tx: Tx): Promise<Draft | null> {
	if (!isUuid(id)) return null;
	const { rows } = await sql<Omit<Draft, 'begun'> & { begunAt: Date }>`
		select id, owner_city as city, title, sample, begun_at as "begunAt", closed_at is not null as closed
		from adoption_draft where id = ${id}`.execute(tx);
	const [row] = rows;
	if (!row) return null;
	const { begunAt, ...draft } = row;
	return { ...draft, begun: dayAt(begunAt) };
}

/**
 * The same as `wayTo` for a change: nobody else says something of the draft at the same time. Throws `Conflict` where the
 * draft is closed.
 */
async function held(draftId: string, tx: Tx): Promise<Way | null> {
	if (!isUuid(draftId)) return null;
	await sql`select id from adoption_draft where id = ${draftId} for update`.execute(tx);
	const way = await wayTo(draftId, tx);
	if (way?.closed) throw new Conflict('This draft is closed. Open it again to change its dates.');
	return way;
}

async function said(draftId: string, tx: Tx): Promise<readonly Kept[]> {
	const { rows } = await sql<Kept>`
		select distinct on (stage) stage as key, name, position, due, done, who, note, needed
		from adoption_stage where draft_id = ${draftId} order by stage, nth desc`.execute(tx);
	return rows;
}

async function add(
	{ draft }: Way,
	stages: readonly Kept[],
	actor: Actor,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	const now = clock.now();
	for (const { key, name, position, due, done, who, note, needed } of stages) {
		await sql`
			insert into adoption_stage (draft_id, stage, nth, owner_city, name, position, due, done, who, note, needed, person, at)
			select ${draft.id}, ${key}, coalesce(max(nth), 0) + 1, ${draft.city}, ${name}, ${position}, ${due}, ${done}, ${who},
				${note}, ${needed}, ${actor.person ?? null}, ${now}
			from adoption_stage where draft_id = ${draft.id}`.execute(tx);
	}
}
