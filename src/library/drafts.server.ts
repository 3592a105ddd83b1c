import { sql } from 'kysely';
import { type Actor, SYSTEM } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { NotFound } from '#kernel/error.ts';
import { getBlob, putBlob } from '#platform/blob.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { About } from './about.server.ts';
import { type Checked, check } from './check.server.ts';
import { correctionsOf, type Draft, type DraftSaid, type KeptCorrections } from './draft.ts';
import { importPolicies, type Outcome } from './import.server.ts';
import type { Refusal } from './read/block.ts';
import { corrected } from './structure/correct.ts';

/** Days that a text lies here unfinished: an editor's holiday. */
export const DRAFT_DAYS = 14;
const DAY_MS = 86_400_000;
const ANY_FILE = 'application/octet-stream';

/** Reads a file; where it can be read it is laid aside for a look, and its id is given. Nothing of it is public. */
export async function beginDraft(
	{ name, bytes, said }: { readonly name: string; readonly bytes: Uint8Array; readonly said: DraftSaid },
	by: string,
	actor: Actor,
	world: Pick<World, 'db' | 'clock' | 'random' | 'queue'>,
): Promise<{ readonly id: string } | Refusal> {
	const found = await check(bytes, name, null);
	if ('refused' in found) return found;
	const id = world.random.uuid();
	await world.db.as(actor, async (tx) => {
		const blob = await putBlob({ owner: null, room: 'city', bytes, mediaType: ANY_FILE }, world, tx);
		await sql`
			insert into library_draft (id, name, blob_id, said, made_by, made_at)
			values (${id}, ${name}, ${blob}, ${JSON.stringify(said)}, ${by}, ${world.clock.now()})`.execute(tx);
	});
	return { id };
}

/** Texts that lie aside, the latest first. */
export async function drafts(actor: Actor, world: Pick<World, 'db'>): Promise<readonly Draft[]> {
	return world.db.as(actor, (tx) => select(null, tx));
}

/** A text that lies aside, and how its file reads. Throws `NotFound`. */
export async function draftAt(
	id: string,
	actor: Actor,
	world: Pick<World, 'db'>,
): Promise<{ readonly draft: Draft; readonly found: Checked | Refusal; readonly bytes: Uint8Array }> {
	const { draft, bytes } = await world.db.as(actor, async (tx) => {
		const [one] = await select(id, tx);
		if (!one) throw new NotFound('This text was kept or dropped. Send it again if you need it.');
		const { bytes } = await getBlob(one.blobId, tx);
		const { blobId: _, ...draft } = one;
		return { draft, bytes };
	});
	return { draft, bytes, found: await check(bytes, draft.name, null) };
}

/** Keeps what a form says of a text. */
export async function saveDraft(
	id: string,
	{ said, corrections }: Pick<Draft, 'said' | 'corrections'>,
	actor: Actor,
	world: Pick<World, 'db'>,
): Promise<void> {
	await world.db.as(actor, (tx) =>
		sql`
			update library_draft set said = ${JSON.stringify(said)}, corrections = ${JSON.stringify(corrections)}
			where id = ${id}`.execute(tx),
	);
}

/** Drops a text with its file, unless a version was made of that. */
export async function dropDraft(id: string, actor: Actor, world: Pick<World, 'db'>): Promise<void> {
	await world.db.as(actor, (tx) => erase(sql`id::text = ${id}`, tx));
}

/** Puts a text on the shelf by the verb of the command line, as a person corrected it, and drops it here. */
export async function keepDraft(
	id: string,
	about: About,
	by: string,
	actor: Actor,
	world: Pick<World, 'db' | 'clock' | 'random' | 'queue'>,
): Promise<Outcome> {
	const { draft, bytes } = await draftAt(id, actor, world);
	const made = correctionsOf(draft.corrections);
	const outcomes: Outcome[] = [];
	const trace = (versionId: string, tx: Tx) =>
		record({ actor, action: 'policy_imported', subject: `version:${versionId}`, owner: actor.city }, world, tx);
	await importPolicies(
		[
			{
				name: draft.name,
				about,
				bytes: async () => bytes,
				...(made.size > 0 ? { correct: (reading) => corrected(reading, made).reading } : {}),
			},
		],
		// Read again in any case: what is known may read otherwise now that somebody looked at it.
		{ by, again: true, trace, told: (outcome) => outcomes.push(outcome), signal: null },
		world,
	);
	const [outcome] = outcomes;
	if (!outcome) throw new Error('A text was neither kept nor refused.');
	if (outcome.outcome !== 'refused') await dropDraft(id, actor, world);
	return outcome;
}

/** Erases what nobody finished. */
export async function forgetDrafts(world: Pick<World, 'db' | 'clock'>): Promise<void> {
	const before = new Date(world.clock.now().getTime() - DRAFT_DAYS * DAY_MS);
	await world.db.as(SYSTEM, (tx) => erase(sql`made_at < ${before}`, tx));
}

async function erase(which: ReturnType<typeof sql>, tx: Tx): Promise<void> {
	const { rows } = await sql<{ blob_id: string }>`
		delete from library_draft where ${which} returning blob_id`.execute(tx);
	const blobs = rows.map(({ blob_id }) => blob_id);
	await sql`
		delete from blob b where b.id = any(${blobs}::uuid[]) and b.owner_city is null and b.room = 'city'
			and not exists (select from library_draft where blob_id = b.id)
			and not exists (select from library_expression where blob_id = b.id)
			and not exists (select from watch_list where blob_id = b.id)`.execute(tx);
}

async function select(id: string | null, tx: Tx): Promise<(Draft & { readonly blobId: string })[]> {
	const { rows } = await sql<{
		id: string;
		name: string;
		blob_id: string;
		said: DraftSaid;
		corrections: KeptCorrections;
		made_by: string;
		made_at: Date;
	}>`
		select id, name, blob_id, said, corrections, made_by, made_at from library_draft
		where ${id === null ? sql`true` : sql`id::text = ${id}`} order by made_at desc, id`.execute(tx);
	return rows.map(({ blob_id, made_by, made_at, ...row }) => ({ ...row, blobId: blob_id, by: made_by, at: made_at }));
}
