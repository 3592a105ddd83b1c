import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { type Clash, merged } from '#concordance/merge.ts';
import type { Blank } from '#library/view.ts';
import type { Tx, World } from '#platform/world.ts';
import { retyped, type Typed } from './blank-words.ts';
import type { DraftProvision, State } from './draft.ts';
import { edit } from './edit.server.ts';
import { BLANK } from './fill.ts';
import { stateOf, type Wording, wordingAt } from './state.server.ts';

/**
 * What became of typed words. `kept`: the draft has them, merged with what others wrote meanwhile where `merged` says so.
 * `clash`: somebody else changed the same words since; nothing was kept, and both readings with the one before are given.
 * `gone`: the provision was taken out meanwhile; nothing was kept.
 */
export type Saved =
	/** `was`: the last edit before; the same where nothing became other. `lost`: blanks that stand there no more, for they were written over. */
	| {
			readonly kind: 'kept';
			readonly seq: number;
			readonly was: number;
			readonly merged: boolean;
			readonly lost: readonly Blank[];
	  }
	| {
			readonly kind: 'clash';
			readonly seq: number;
			readonly part: 'heading' | 'words';
			readonly passages: readonly (string | Clash)[];
	  }
	| { readonly kind: 'gone'; readonly seq: number };

/**
 * Keeps what somebody typed over a provision as it read after the edit `since`. Blanks that were left alone stay blanks. What
 * others did to the provision since is merged word by word. Throws as `edit` does.
 */
export async function saveWords(
	id: string,
	provision: string,
	{ typed, since }: { readonly typed: Typed; readonly since: number },
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<Saved> {
	return saveOver(await stateOf(id, actor, tx, since), provision, typed, actor, world, tx);
}

/** The same for whoever has the draft already as it read when somebody typed over it. */
export async function saveOver(
	before: State,
	provision: string,
	typed: Typed,
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<Saved> {
	const { id } = before.draft;
	const base = await wordingAt(id, provision, before.seq, tx);
	const marked = base && before.blanks.length > 0 ? await markedBefore(id, base, actor, world, tx) : null;
	let saved: Saved = { kind: 'gone', seq: 0 };
	const seq = await edit(
		id,
		{ act: 'worded', provision },
		(state) => {
			const now = state.provisions.find((one) => one.id === provision);
			saved = { kind: 'gone', seq: state.seq };
			if (!now || !base) return {};
			const mine = [base, ...(marked ? [marked] : [])]
				.map((over) => retyped(over, typed, before))
				.reduce((one, other) => (blanksIn(other).length > blanksIn(one).length ? other : one));
			const made = joined(base, mine, now);
			if (!('kept' in made)) {
				saved = { kind: 'clash', seq: state.seq, ...made };
				return {};
			}
			saved = {
				kind: 'kept',
				seq: state.seq,
				was: state.seq,
				merged: (state.wordedAt.get(provision) ?? 0) > before.seq,
				lost: state.blanks.filter(
					({ id: blank }) => blanksIn(now).includes(blank) && !blanksIn(made.kept).includes(blank),
				),
			};
			return { provisions: state.provisions.map((one) => (one === now ? { ...now, ...made.kept } : one)) };
		},
		actor,
		world,
		tx,
	);
	return { ...saved, seq };
}

type Words = Pick<DraftProvision, 'heading' | 'text'>;

/** Milliseconds, and savings, in which somebody who wrote over a blank may write the same words again and have it back. */
const REMEMBERED = 60 * 60_000;
const SAVINGS = 200;

/**
 * Wording with more blanks that the actor wrote over while they typed on in a provision: an editor saves in the middle of typing,
 * and whoever then takes their keys back means the blank. Null where there is none.
 */
async function markedBefore(
	id: string,
	base: Wording,
	actor: Actor,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<Wording | null> {
	const since = new Date(clock.now().getTime() - REMEMBERED);
	const { rows } = await sql<{ seq: number; blanks: number; own: boolean }>`
		select w.seq, regexp_count(concat(w.heading, w.text), '\\{\\{') as blanks,
			e.act = 'worded' and e.person = ${actor.person ?? null} and e.at > ${since} as own
		from adoption_wording w join adoption_edit e on e.draft_id = w.draft_id and e.seq = w.seq
		where w.draft_id = ${id} and w.provision_id = ${base.id} and w.seq <= ${base.seq} order by w.seq desc limit ${SAVINGS}`.execute(
		tx,
	);
	const begun = rows.findIndex(({ own }) => !own);
	const run = begun < 0 ? rows : rows.slice(0, begun + 1);
	const marked = run.find(({ blanks }) => blanks > (run[0]?.blanks ?? 0));
	return marked ? wordingAt(id, base.id, marked.seq, tx) : null;
}

function blanksIn({ heading, text }: Words): readonly string[] {
	return [...`${heading ?? ''} ${text}`.matchAll(BLANK)].map(([, blank = '']) => blank);
}

function joined(
	base: Words,
	mine: Words,
	now: Words,
): { readonly kept: Words } | { readonly part: 'heading' | 'words'; readonly passages: readonly (string | Clash)[] } {
	const heading = merged(base.heading ?? '', mine.heading ?? '', now.heading ?? '');
	if (heading.kind !== 'clean')
		return {
			part: 'heading',
			passages: passagesOf(heading, base.heading ?? '', mine.heading ?? '', now.heading ?? ''),
		};
	const text = merged(base.text, mine.text, now.text);
	if (text.kind !== 'clean') return { part: 'words', passages: passagesOf(text, base.text, mine.text, now.text) };
	return { kept: { heading: heading.text === '' ? null : heading.text, text: text.text } };
}

function passagesOf(
	found: Exclude<ReturnType<typeof merged>, { kind: 'clean' }>,
	base: string,
	ours: string,
	theirs: string,
): readonly (string | Clash)[] {
	return found.kind === 'clash' ? found.passages : [{ base, ours, theirs }];
}
