import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import { Conflict, NotFound } from '#kernel/error.ts';
import { WORD_TYPE } from '#kernel/media-type.ts';
import { isUuid } from '#kernel/uuid.ts';
import { headingGap } from '#library/export/stretch.ts';
import type { Refusal } from '#library/read/block.ts';
import { readFile } from '#library/read/read.server.ts';
import { putBlob } from '#platform/blob.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { type DraftProvision, identity, type State } from '../draft.ts';
import { type Edited, edit } from '../edit.server.ts';
import { takeUp } from '../hold.server.ts';
import { demandNoQuorum } from '../remark/quorum.server.ts';
import { draftOf, stateOf } from '../state.server.ts';
import { added, type Change, moved, type Place, type Refused, removed } from '../structure/outline.ts';
import { restructured } from '../structure/restructure.ts';
import { lyingIn } from '../structure/tree.ts';
import { landings, numberedWords } from './landing.ts';
import { anchored } from './neighbour.server.ts';
import { otherFileOfOurs } from './ours.ts';
import { readRevisionsAside } from './read.server.ts';
import type { Revised, WordProblem } from './revision.ts';
import { sentOf, sentPart, withPart } from './sent.ts';
import { asideOf, type SetAside } from './set-aside.ts';
import { likeness, type Suggested, suggestionsOf } from './suggest.ts';
import { type Suggestion, standing, taken, type Unplaced } from './suggestion.ts';

/** A file that came back for a draft. */
export interface Upload {
	readonly id: string;
	readonly name: string;
	/** Account of who sent it. */
	readonly person: string | null;
	readonly at: Date;
	/** Number of the edit that it is a file of. */
	readonly seq: number;
	readonly unplaced: readonly Unplaced[];
	readonly problems: readonly WordProblem[];
	readonly suggestions: readonly KeptSuggestion[];
	/** When all of it that was open was refused at once; null: it was not, or is open again. */
	readonly aside: SetAside | null;
}

export interface KeptSuggestion extends Suggestion {
	readonly state: 'open' | 'taken' | 'refused';
	/** Whether it was refused with all that was open of its file. */
	readonly aside: boolean;
	readonly decidedBy: string | null;
	readonly decidedAt: Date | null;
}

/** Nobody reviews a draft in its packet: that has each provision twice, and pages that are none of the draft's. */
interface NotTheDraft {
	readonly refused: 'packet';
	readonly detail: string;
}

/** Bytes of a Word file: a code of a thousand pages without pictures has two million. */
const LARGEST = 10_000_000;
/** A file may be of an earlier state of the draft; what is further back is compared with the last. */
const MOST_STATES = 60;

/**
 * Takes in a Word file that came back for a draft of the actor's city: keeps it, and what it suggests for the state of the draft
 * that it is a file of. The same file of the same draft is taken in once. Nothing of the draft changes. A refusal says what is
 * wrong with the file; throws as `stateOf` does, and `Forbidden` where the actor may not change the draft.
 */
export async function takeIn(
	draftId: string,
	{ name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
	actor: Actor,
	world: Pick<World, 'db' | 'clock' | 'random'>,
): Promise<{ readonly id: string } | Refusal | NotTheDraft> {
	demand(actor, 'change', 'draft', ownCity(actor));
	if (bytes.length > LARGEST)
		return { refused: 'too_large', detail: 'The file has more than 10 MB. Save it without its pictures.' };
	const read = await readFile(bytes, name);
	if ('refused' in read) return read;
	if (read.format !== 'docx') return { refused: 'unknown_format', detail: 'Send the Word file (.docx) itself.' };
	const readings = await readRevisionsAside(bytes);
	if ('refused' in readings) return readings;
	if (readings.some((file) => otherFileOfOurs(file) === 'packet'))
		return {
			refused: 'packet',
			detail: 'This is the packet for the agenda, not the draft. Send in the Word file of the draft that came back.',
		};
	return world.db.as(actor, async (tx) => {
		const now = await stateOf(draftId, actor, tx);
		if (now.draft.closed !== null) throw new Conflict('This draft is closed. Open it again to send a file in.');
		await demandNoQuorum(now.draft.id, actor, world, tx);
		const { file, state } = await fitting(readings, now, actor, tx);
		const found = suggestionsOf(file, sentOf(state), now.draft.title);
		const blob = await putBlob({ owner: actor.city, room: 'city', bytes, mediaType: WORD_TYPE }, world, tx);
		const upload = { id: world.random.uuid(), draft: now.draft.id, name, blob, seq: state.seq };
		return { id: await keep(upload, found, actor, world, tx) };
	});
}

/** The state of the draft that a file was made of: the latest of those that have most of its paragraphs. */
async function fitting(
	readings: readonly Revised[],
	now: State,
	actor: Actor,
	tx: Tx,
): Promise<{ readonly file: Revised; readonly state: State }> {
	let best: { file: Revised; state: State; fits: number } | null = null;
	for (let seq = now.seq; seq > Math.max(0, now.seq - MOST_STATES); seq--) {
		const state = seq === now.seq ? now : await stateOf(now.draft.id, actor, tx, seq);
		const sent = sentOf(state);
		for (const file of readings) {
			const fits = likeness(file, sent);
			if (best === null || fits > best.fits) best = { file, state, fits };
			if (fits === sent.length) return { file, state };
		}
	}
	return best ?? { file: readings[0] as Revised, state: now };
}

async function keep(
	upload: {
		readonly id: string;
		readonly draft: string;
		readonly name: string;
		readonly blob: string;
		readonly seq: number;
	},
	{ suggestions, unplaced, problems }: Suggested,
	{ city, person = null }: Actor,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<string> {
	const { id, draft, name, blob, seq } = upload;
	const made = await sql`
		insert into adoption_upload (draft_id, id, owner_city, name, blob_id, seq, unplaced, problems, person, at)
		values (${draft}, ${id}, ${city}, ${name}, ${blob}, ${seq}, ${JSON.stringify(unplaced)}, ${JSON.stringify(problems)},
			${person}, ${clock.now()})
		on conflict (draft_id, blob_id) do nothing returning id`.execute(tx);
	if (made.rows.length === 0) {
		const { rows } = await sql<{ id: string }>`
			select id from adoption_upload where draft_id = ${draft} and blob_id = ${blob}`.execute(tx);
		return rows[0]?.id ?? id;
	}
	await sql`
		insert into adoption_suggestion (upload_id, nth, draft_id, owner_city, kind, provision_id, behind_id, part, starts, basis,
			before, after, author, day, tracked)
		select ${id}::uuid, id::integer, ${draft}::uuid, ${city}, kind, provision, behind, part, at, basis, before, after, author,
			day, tracked
		from jsonb_to_recordset(${JSON.stringify(suggestions)}::jsonb) as s (id text, kind text, provision text, behind text,
			part text, at integer, basis text, before text, after text, author text, day date, tracked boolean)`.execute(tx);
	return id;
}

/** The files that came back for a draft, the latest first, with all that they suggest. Throws as `draftOf` does. */
export async function uploadsOf(draftId: string, actor: Actor, tx: Tx): Promise<readonly Upload[]> {
	const draft = await draftOf(draftId, actor, tx);
	const { rows } = await sql<Omit<Upload, 'suggestions' | 'aside'>>`
		select id, name, person, at, seq, unplaced, problems from adoption_upload where draft_id = ${draft.id}
		order by at desc, id`.execute(tx);
	const all = await suggestions(sql`draft_id = ${draft.id}`, tx);
	return rows.map((upload) => {
		const own = all.filter((one) => one.upload === upload.id);
		return { ...upload, suggestions: own, aside: asideOf(own) };
	});
}

interface Row extends KeptSuggestion {
	readonly upload: string;
}

async function suggestions(which: ReturnType<typeof sql>, tx: Tx): Promise<readonly Row[]> {
	const { rows } = await sql<Row>`
		select upload_id as upload, nth::text as id, kind, provision_id as provision, behind_id as behind, part, starts as at,
			basis, before, after, author, day::text as day, tracked, state, aside, decided_by as "decidedBy",
			decided_at as "decidedAt"
		from adoption_suggestion where ${which} order by upload_id, nth`.execute(tx);
	return rows;
}

/**
 * What became of a decision. `taken`: the draft has it, under this number. `refused`, `settled`: the draft stays; a comment is
 * settled. `clash`: words were changed since, and both readings are given. `gone`: its provision is no longer in the draft.
 * `inside`: something lies in a provision that would go. `no_place`: it cannot stand there. Of the last four nothing is kept.
 */
export type Decided =
	| { readonly kind: 'taken'; readonly seq: number }
	| { readonly kind: 'clash'; readonly ours: string; readonly theirs: string }
	| { readonly kind: 'refused' }
	| { readonly kind: 'settled' }
	| { readonly kind: 'gone' | 'inside' | 'no_place' };

/**
 * Takes or refuses a suggestion, once. What is still open of the same file moves along. Throws as `edit` does, `NotFound` for
 * no such suggestion, and `Conflict` where somebody decided it already.
 */
export async function decide(
	draftId: string,
	{ upload, id, take }: { readonly upload: string; readonly id: string; readonly take: boolean },
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<Decided> {
	demand(actor, 'change', 'draft', ownCity(actor));
	if (!isUuid(upload) || !isUuid(draftId)) throw new NotFound('There is no such suggestion.');
	await takeUp(draftId, actor, world, tx);
	const { provisions } = await stateOf(draftId, actor, tx);
	const kept = await suggestions(sql`draft_id = ${draftId} and upload_id = ${upload}`, tx);
	const all = await anchored(
		draftId,
		kept,
		provisions.map((provision) => provision.id),
		tx,
	);
	const one = all.find((other) => other.id === id);
	if (!one) throw new NotFound('There is no such suggestion.');
	if (one.state !== 'open') throw new Conflict('Somebody decided this already. Look at the list again.');
	const open = all.filter((other) => other.state === 'open' && other !== one);
	const settle = (which: readonly string[], state: 'taken' | 'refused') =>
		sql`
			update adoption_suggestion set state = ${state}, decided_by = ${actor.person ?? null}, decided_at = ${world.clock.now()}
			where upload_id = ${upload} and nth::text = any(${which})`.execute(tx);
	if (!take || one.kind === 'comment') {
		await settle([id], take ? 'taken' : 'refused');
		return take ? { kind: 'settled' } : { kind: 'refused' };
	}
	let step: Step = { kind: 'gone' };
	const deed = { act: 'suggestion_taken', provision: one.kind === 'added' ? null : one.provision } as const;
	const seq = await edit(
		draftId,
		deed,
		(state) => {
			step = stepOf(one, open, state, identity(world.random.uuid()));
			return step.kind === 'taken' ? step.edited : {};
		},
		actor,
		world,
		tx,
	);
	const made = step as Step;
	if (made.kind !== 'taken') return made;
	await settle([id, ...made.along], 'taken');
	await moveAlong(upload, open, made.others, tx);
	return { kind: 'taken', seq };
}

/**
 * Opens a suggestion again that was taken or refused: somebody took the edit back, or thought again. The draft stays as it is.
 * Throws `Forbidden`, `NotFound` for no such suggestion, and `Conflict` under the rule of open meetings.
 */
export async function reopen(
	draftId: string,
	{ upload, id }: { readonly upload: string; readonly id: string },
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	demand(actor, 'change', 'draft', ownCity(actor));
	await demandNoQuorum(draftId, actor, world, tx);
	const { rows } = await sql`
		update adoption_suggestion set state = 'open', aside = false, decided_by = null, decided_at = null
		where draft_id::text = ${draftId} and upload_id::text = ${upload} and nth::text = ${id} returning nth`.execute(tx);
	if (rows.length === 0) throw new NotFound('There is no such suggestion.');
}

/** What taking one makes of a draft. */
type Step =
	| {
			readonly kind: 'taken';
			readonly edited: Edited;
			readonly others: readonly Suggestion[];
			/** Others that are taken by it. */
			readonly along: readonly string[];
	  }
	| Exclude<Decided, { kind: 'taken' | 'refused' | 'settled' }>;

function stepOf(one: Suggestion, open: readonly Suggestion[], state: State, fresh: string): Step {
	const { provisions, draft } = state;
	const at = provisions.findIndex(({ id }) => id === one.provision);
	const provision = provisions[at];
	const order = provisions.map(({ id }) => id);
	const done = (change: Change, others: readonly Suggestion[], along: readonly string[] = []): Step => {
		const { text, dangling } = restructured(provisions, change, draft.language);
		return { kind: 'taken', edited: { provisions: text, dangling }, others, along };
	};
	if (one.kind === 'added') {
		const { behind, others } = standing(one, order, open, fresh);
		const { number, words } = numberedWords(one.after);
		const change = first(landings(provisions, behind, number), (place) =>
			added(provisions, { id: fresh, kind: null, heading: null, words }, place),
		);
		return change ? done(change, others) : { kind: 'no_place' };
	}
	if (!provision) return { kind: 'gone' };
	if (one.kind === 'words') {
		const made = taken(sentPart(provision, one.part ?? 'text', state), one, open);
		if (made.kind === 'clash') return made;
		const next = withPart(provision, one.part ?? 'text', made.words, state);
		return { kind: 'taken', edited: { provisions: provisions.with(at, next) }, others: made.others, along: [] };
	}
	const { behind, others } = standing(one, order, open, null);
	if (one.kind === 'removed') {
		// Somebody wrote over what the file strikes: whoever takes it has not seen these words go.
		const now = sentPart(provision, 'text', state).trim();
		if (!one.before.includes(now)) return { kind: 'clash', ours: now, theirs: wordsOf(one.before, provision, state) };
		const inside = lyingIn(provisions, at).map((n) => provisions[n]?.id ?? '');
		const along = open.filter(({ kind, provision }) => kind === 'removed' && inside.includes(provision ?? ''));
		if (along.length < inside.length) return { kind: 'inside' };
		const change = removed(provisions, provision.id);
		return 'refused' in change
			? { kind: 'gone' }
			: done(
					change,
					others,
					along.map(({ id }) => id),
				);
	}
	const change = first(landings(provisions, behind, provision.number), (place) =>
		moved(provisions, provision.id, place),
	);
	return change ? done(change, others) : { kind: 'no_place' };
}

/** Of a provision in a line of a file, its words: number and heading are not what was written over. */
function wordsOf(line: string, provision: DraftProvision, state: State): string {
	const heading = sentPart(provision, 'heading', state);
	const heads = [`${sentPart(provision, 'number', state)}\t`, heading + headingGap(heading)];
	return heads.reduce((rest, head) => (rest.startsWith(head) ? rest.slice(head.length) : rest), line);
}

/** The change at the first place that takes it. */
function first(places: readonly Place[], change: (place: Place) => Change | Refused): Change | null {
	for (const place of places) {
		const made = change(place);
		if (!('refused' in made)) return made;
	}
	return null;
}

/** Keeps where others stand now. */
async function moveAlong(
	upload: string,
	was: readonly Suggestion[],
	are: readonly Suggestion[],
	tx: Tx,
): Promise<void> {
	const changed = are.filter((one) => !was.includes(one));
	await sql`
		update adoption_suggestion s
		set provision_id = c.provision, behind_id = c.behind, starts = c.at, basis = c.basis, before = c.before
		from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as c (id text, provision text, behind text, at integer,
			basis text, before text)
		where s.upload_id = ${upload} and s.nth::text = c.id`.execute(tx);
}
