import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { demand, ownCity } from '#access/can.ts';
import { Forbidden, Invalid, NotFound } from '#kernel/error.ts';
import { subtree } from '#library/export/tree.ts';
import type { Instrument } from '#library/policy.ts';
import type { Provision } from '#library/provision.ts';
import { version } from '#library/version.server.ts';
import type { Blank } from '#library/view.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Answers } from './answer.ts';
import { copiedOf } from './copied.ts';
import { keptDangling } from './dangling.server.ts';
import { type DraftProvision, identity } from './draft.ts';
import { edit, keep, keepSource, MOST_PROVISIONS, outlineOf } from './edit.server.ts';
import { usesOf } from './fill.ts';
import { takeUp } from './hold.server.ts';
import { speaking } from './spoken.ts';
import { stateOf } from './state.server.ts';
import { placed } from './structure/placed.ts';
import { restructured } from './structure/restructure.ts';
import { readTitle } from './title.ts';

/** What is copied: a version of a policy, whole or some of its provisions with all that lies in them. */
export interface Copied {
	readonly workId: string;
	readonly expressionId: string;
	/** eIds; null for the whole. */
	readonly only: readonly string[] | null;
}

/**
 * Begins a draft of the actor's city with a copy, and returns its id. Blanks that the city filled in another draft are filled
 * the same here. Throws `Forbidden`, `Invalid` for a title of no letters or nothing to copy, `NotFound` for no such text.
 */
export async function beginDraft(
	{ title, copied }: { readonly title: string; readonly copied: Copied },
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<string> {
	const { city } = actor;
	demand(actor, 'change', 'draft', ownCity(actor));
	if (city === null) throw new Forbidden('Only a city drafts. Sign in with a seat of a city.');
	const named = readTitle(title);
	const { work, provisions, whole } = await copy(copied, 1, world, tx);
	const id = world.random.uuid();
	const now = world.clock.now();
	await sql`
		insert into adoption_draft (id, owner_city, title, instrument, language, sample, begun_at, begun_by)
		values (${id}, ${city}, ${named}, ${work.form ?? work.instrument}, ${work.language},
			${work.sample} or exists (select 1 from place where id = ${city} and sample), ${now}, ${actor.person ?? null})`.execute(
		tx,
	);
	await keepSource(id, 1, sourceOf(copied, 1), actor, world, tx);
	const words = { outline: outlineOf(provisions), words: provisions };
	const answers = Object.entries(await remembered(provisions, work.blanks, tx));
	const dangling = keptDangling(spokenHere(provisions, whole, provisions, provisions).dangling, provisions);
	await keep(id, 1, { act: 'copied' }, { ...words, answers, dangling }, actor, world, tx);
	await record({ actor, action: 'draft_begun', subject: `draft:${id}`, owner: city }, world, tx);
	return id;
}

/**
 * Copies provisions of one more text into a draft, after one of its provisions (null: at its end), and returns the number of
 * the edit. Throws as `beginDraft` does, and `NotFound` for no such draft or place.
 */
export async function copyInto(
	id: string,
	{ copied, after }: { readonly copied: Copied; readonly after: string | null },
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<number> {
	// Two who copy at once: the second counts its source after that of the first.
	await takeUp(id, actor, world, tx);
	const { sources } = await stateOf(id, actor, tx);
	const known = sources.find(({ expressionId }) => expressionId === copied.expressionId);
	const nth = known?.nth ?? sources.length + 1;
	const { provisions, whole } = await copy(copied, nth, world, tx);
	const seq = await edit(
		id,
		{ act: 'copied', provision: provisions[0]?.id ?? null },
		(state) => {
			const found = placed(state.provisions, provisions, after === null ? 'end' : { after });
			if (!found) throw new NotFound('The provision after which the copy was to stand is gone. Choose another place.');
			const { text, dangling } = restructured(state.provisions, found, state.draft.language);
			const all = [...state.provisions, ...provisions].filter(({ from }) => from?.source === nth);
			const said = spokenHere(text, whole, all, provisions);
			return { provisions: said.text, dangling: [...dangling, ...said.dangling] };
		},
		actor,
		world,
		tx,
	);
	if (!known) await keepSource(id, seq, sourceOf(copied, nth), actor, world, tx);
	return seq;
}

/** A draft in which what was copied just now speaks of the other provisions that it has of the same text. */
function spokenHere(
	text: readonly DraftProvision[],
	whole: readonly Provision[],
	all: readonly DraftProvision[],
	copied: readonly DraftProvision[],
) {
	const ids = new Map(all.map(({ id, from }) => [from?.eId ?? '', id]));
	return speaking(text, whole, ids, new Set(copied.map(({ id }) => id)));
}

function sourceOf({ workId, expressionId, only }: Copied, nth: number) {
	return { nth, workId, expressionId, whole: only === null };
}

interface Copy {
	readonly work: {
		readonly instrument: Instrument;
		readonly form: string | null;
		readonly language: 'en' | 'es';
		readonly sample: boolean;
		readonly blanks: readonly Blank[];
	};
	readonly provisions: readonly DraftProvision[];
	/** The version that they are of. */
	readonly whole: readonly Provision[];
}

/** Provisions of a version as those of a draft, each with an identity of its own. What an act struck is left behind. */
async function copy(
	{ workId, expressionId, only }: Copied,
	source: number,
	{ random }: Pick<World, 'random'>,
	tx: Tx,
): Promise<Copy> {
	const found = await version(workId, expressionId, tx);
	const { rows } = await sql<Copy['work']>`
		select instrument, form, sample, blanks from library_work where id::text = ${workId}`.execute(tx);
	const [work] = rows;
	if (!found || !work) throw new NotFound('This text is not in the library. Open it there and copy it again.');
	const chosen = only && new Set(only.flatMap((eId) => subtree(found.provisions, eId).map((one) => one.eId)));
	const provisions = copiedOf(source, found.provisions, chosen).map((one) => ({ ...one, id: identity(random.uuid()) }));
	if (provisions.length > MOST_PROVISIONS)
		throw new Invalid(`A draft has at most ${MOST_PROVISIONS} provisions. Copy some parts of this text.`);
	if (provisions.length === 0) throw new Invalid('Choose at least one provision to copy.');
	return { work: { ...work, language: found.language }, provisions, whole: found.provisions };
}

/** What the city last answered in its other drafts, of the blanks of a text. */
async function remembered(provisions: readonly DraftProvision[], blanks: readonly Blank[], tx: Tx): Promise<Answers> {
	const used = new Set(usesOf(provisions).map(({ id }) => id));
	const asked = blanks.filter(({ id }) => used.has(id));
	const { rows } = await sql<{ blank: string; answer: string }>`
		select distinct on (a.blank) a.blank, a.answer
		from adoption_answer a join adoption_edit e on e.draft_id = a.draft_id and e.seq = a.seq
		where a.blank = any(${asked.map(({ id }) => id)}) order by a.blank, e.at desc`.execute(tx);
	const fits = ({ blank, answer }: { blank: string; answer: string }) => {
		const { kind, choices } = asked.find(({ id }) => id === blank) ?? {};
		// A day belongs to one draft; a choice must be among those of this text.
		if (answer === '' || kind === 'date') return false;
		return kind !== 'choice' || choices?.some(({ value }) => value === answer) === true;
	};
	return Object.fromEntries(rows.filter(fits).map(({ blank, answer }) => [blank, answer]));
}
