import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import { Conflict, Invalid } from '#kernel/error.ts';
import { depths } from '#library/export/tree.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Answers } from './answer.ts';
import { type Hanging, keptDangling } from './dangling.server.ts';
import type { DraftProvision, EditAct, Origin, Source, State } from './draft.ts';
import { takeUp } from './hold.server.ts';
import type { KeptName } from './name/kept.ts';
import { type Outline, stateOf } from './state.server.ts';

/** A chapter of a code has a few hundred provisions; what is longer is not drafted in one piece. */
export const MOST_PROVISIONS = 3_000;
/** Letters of one provision. */
const LONGEST_WORDS = 40_000;

/** What an edit makes of a draft; what is left out stays. */
export interface Edited {
	readonly provisions?: readonly DraftProvision[];
	/** Answers that changed, by blank; empty: the blank is open again. */
	readonly answers?: Answers;
	/** References that mean what is not there now. */
	readonly dangling?: readonly Hanging[];
	/** Names of another city that stay. */
	readonly namesKept?: readonly KeptName[];
}

/** What was done, and to which provision where it was one. */
export interface Deed {
	readonly act: EditAct;
	readonly provision?: string | null;
	/** Of one that brings an earlier state back: the edit after which it read so. */
	readonly restored?: number;
	/** Of one that gives the draft another title: what it was called before. */
	readonly formerTitle?: string;
	/** Of one that takes words of another text: which provision of which source. */
	readonly borrowed?: Origin;
	/** Whether it is an edit though no word, answer or place became other. */
	readonly always?: boolean;
}

/**
 * Makes an edit: locks the draft, shows its state to `change`, keeps what that makes of it under the next number, and returns
 * that number. Where nothing became other, nothing is kept, and it is the number that was. Throws `NotFound` where the actor's
 * city has no such draft, `Forbidden` where the actor may not change it, `Conflict` where it was adopted, is closed or the rule of open
 * meetings stands against it, and `Invalid` for what is too long.
 */
export async function edit(
	id: string,
	deed: Deed,
	change: (state: State) => Edited,
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<number> {
	demand(actor, 'change', 'draft', ownCity(actor));
	// Two who edit at once come one after the other, and the second sees what the first did.
	await takeUp(id, actor, world, tx);
	const state = await stateOf(id, actor, tx);
	if (state.draft.became !== null) throw new Conflict('This draft was adopted. Copy the adopted policy to change it.');
	const { provisions = state.provisions, answers = {}, dangling = [], namesKept = [] } = change(state);
	const kept = differences(state, provisions, answers) ?? (deed.always ? NOTHING : null);
	if (!kept) return state.seq;
	const seq = state.seq + 1;
	await keep(id, seq, deed, { ...kept, dangling: keptDangling(dangling, provisions), namesKept }, actor, world, tx);
	return seq;
}

/** What an edit has to keep. */
interface Kept {
	readonly outline: Outline | null;
	readonly words: readonly DraftProvision[];
	readonly answers: readonly (readonly [blank: string, answer: string])[];
	/** As `keptDangling` makes them. */
	readonly dangling: ReturnType<typeof keptDangling>;
	readonly namesKept?: readonly KeptName[];
}

const NOTHING: Kept = { outline: null, words: [], answers: [], dangling: [] };

/** Writes down an edit under a number that is free. */
export async function keep(
	id: string,
	seq: number,
	{ act, provision = null, restored, formerTitle, borrowed }: Deed,
	{ outline, words, answers, dangling, namesKept = [] }: Kept,
	actor: Actor,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	await sql`
		insert into adoption_edit (draft_id, seq, owner_city, act, provision_id, restored, former_title, borrowed, borrowed_e_id, outline,
			dangling, names_kept, person, at)
		values (${id}, ${seq}, ${actor.city}, ${act}, ${provision}, ${restored ?? null}, ${formerTitle ?? null}, ${borrowed?.source ?? null},
			${borrowed?.eId ?? null}, ${outline === null ? null : JSON.stringify(outline)},
			${listed(dangling)}, ${listed(namesKept)}, ${actor.person ?? null}, ${clock.now()})`.execute(tx);
	const rows = words.map(({ id: provision_id, kind, number, heading, text, from }) => ({
		...{ provision_id, kind, number, heading, text },
		source: from?.source ?? null,
		source_e_id: from?.eId ?? null,
	}));
	await sql`
		insert into adoption_wording (draft_id, provision_id, seq, owner_city, kind, number, heading, text, source, source_e_id)
		select ${id}::uuid, provision_id, ${seq}::integer, ${actor.city}, kind, number, heading, text, source, source_e_id
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (provision_id text, kind text, number text, heading text,
			text text, source integer, source_e_id text)`.execute(tx);
	await sql`
		insert into adoption_answer (draft_id, blank, seq, owner_city, answer)
		select ${id}::uuid, blank, ${seq}::integer, ${actor.city}, answer
		from jsonb_to_recordset(${JSON.stringify(answers.map(([blank, answer]) => ({ blank, answer })))}::jsonb)
			as a (blank text, answer text)`.execute(tx);
	await sql`update adoption_draft set seq = ${seq} where id = ${id}`.execute(tx);
}

/** A list as a column has it; null for none. */
function listed(list: readonly unknown[]): string | null {
	return list.length === 0 ? null : JSON.stringify(list);
}

/** Writes down an edit by which no word, answer or place became other. */
export async function keepNothing(
	id: string,
	seq: number,
	deed: Deed,
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	await keep(id, seq, deed, NOTHING, actor, world, tx);
}

/** Says which version of a source a draft counts as copied from, from an edit on. */
export async function keepSource(
	id: string,
	seq: number,
	{ nth, workId, expressionId, whole }: Pick<Source, 'nth' | 'workId' | 'expressionId' | 'whole'>,
	actor: Actor,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	await sql`
		insert into adoption_source (draft_id, nth, seq, owner_city, work_id, expression_id, whole, at)
		values (${id}, ${nth}, ${seq}, ${actor.city}, ${workId}, ${expressionId}, ${whole}, ${clock.now()})`.execute(tx);
}

/** The outline of provisions: ids and depths. */
export function outlineOf(provisions: readonly Pick<DraftProvision, 'id' | 'parent'>[]): Outline {
	const depth = depths(provisions);
	return provisions.map(({ id }, at) => [id, depth[at] ?? 0] as const);
}

function differences(state: State, provisions: readonly DraftProvision[], answers: Answers): Kept | null {
	if (provisions.length > MOST_PROVISIONS)
		throw new Invalid(`A draft has at most ${MOST_PROVISIONS} provisions. Make a second draft of the rest.`);
	const before = new Map(state.provisions.map((one) => [one.id, one]));
	const words = provisions.filter((one) => !alike(before.get(one.id), one));
	for (const { heading, text } of words)
		if ((heading?.length ?? 0) + text.length > LONGEST_WORDS)
			throw new Invalid(`A provision has at most ${LONGEST_WORDS} characters. Split it into two.`);
	const [was, is] = [outlineOf(state.provisions), outlineOf(provisions)];
	const same = was.length === is.length && was.every(([id, depth], n) => is[n]?.[0] === id && is[n]?.[1] === depth);
	const changed = Object.entries(answers).filter(([blank, answer]) => (state.answers[blank] ?? '') !== answer);
	if (same && words.length === 0 && changed.length === 0) return null;
	return { outline: same ? null : is, words, answers: changed, dangling: [] };
}

function alike(one: DraftProvision | undefined, other: DraftProvision): boolean {
	if (one === other) return true;
	if (!one) return false;
	return (
		one.kind === other.kind &&
		one.number === other.number &&
		one.heading === other.heading &&
		one.text === other.text &&
		one.from?.source === other.from?.source &&
		one.from?.eId === other.from?.eId
	);
}
