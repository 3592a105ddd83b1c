import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Actor, SYSTEM } from '#access/actor.ts';
import { byline } from '#access/byline.server.ts';
import { demand, ownCity } from '#access/can.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { oneLine } from '#kernel/one-line.ts';
import { PAPER_KINDS, type PaperKind, paperKind } from '#library/paper.ts';
import { addPaper, withdrawPaper } from '#library/papers.server.ts';
import { type Blob, getBlob, putBlob } from '#platform/blob.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { lockDraft } from './hold.server.ts';
import { draftOf } from './state.server.ts';

/** A certified copy of what a city adopted, as its clerk has it. Private to the city; what is public of it stands in the library. */
export interface Certified {
	/** Counted from 1 at its draft. */
	readonly nth: number;
	readonly name: string;
	readonly kind: PaperKind;
	readonly sha256: string;
	/** Bytes. */
	readonly size: number;
	readonly person: string | null;
	readonly at: Date;
	/** Since when everybody can read it; null: nobody outside the city does. */
	readonly published: Date | null;
	readonly withdrawn: { /** ISO instant. */ readonly at: string; readonly reason: string } | null;
}

type Writing = Pick<World, 'db' | 'clock' | 'keys'>;

const LONGEST_NAME = 200;
const LONGEST_REASON = 500;

/** The certified copies of a draft that was adopted, in the order they came. Throws as `draftOf` does. */
export async function certifiedOf(id: string, actor: Actor, tx: Tx): Promise<readonly Certified[]> {
	const draft = await draftOf(id, actor, tx);
	const { rows } = await sql<Certified>`
		select c.nth, c.name, c.kind, c.sha256, c.size, c.person, c.at, p.at as published, case when w.at is not null
			then jsonb_build_object('at', w.at, 'reason', w.reason) end as withdrawn
		from adoption_certified c
			left join adoption_certified_act p on p.draft_id = c.draft_id and p.nth = c.nth and p.act = 'published'
			left join adoption_certified_act w on w.draft_id = c.draft_id and w.nth = c.nth and w.act = 'withdrawn'
		where c.draft_id = ${draft.id} order by c.nth`.execute(tx);
	return rows;
}

/** The bytes of one. Throws `NotFound` where there is none. */
export async function certifiedFile(id: string, nth: number, actor: Actor, tx: Tx): Promise<Blob & Certified> {
	const one = await copyOf(id, nth, actor, tx);
	const { rows } = await sql<{ blob: string }>`
		select blob_id as blob from adoption_certified where draft_id = ${id} and nth = ${nth}`.execute(tx);
	return { ...one, ...(await getBlob(rows[0]?.blob ?? '', tx)) };
}

/**
 * Keeps a certified copy of what a draft became, for the city alone; the same bytes once. `unreadable`: it is no PDF, Word file
 * or picture; nothing was kept. Throws `Forbidden`, `NotFound`, `Conflict` for a draft that was not adopted, and `Invalid` above 50 MB.
 */
export async function attach(
	id: string,
	{ name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<{ readonly kind: 'kept'; readonly nth: number } | { readonly kind: 'unreadable' }> {
	await workOf(id, actor, tx);
	const kind = paperKind(bytes);
	if (!kind) return { kind: 'unreadable' };
	await lockDraft(id, tx);
	const { mediaType } = PAPER_KINDS[kind];
	const blob = await putBlob({ owner: actor.city, room: 'city', bytes, mediaType }, world, tx);
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	await sql`
		insert into adoption_certified (draft_id, nth, owner_city, name, blob_id, sha256, size, kind, person, at)
		select ${id}::uuid, coalesce(max(nth), 0) + 1, ${actor.city}, ${oneLine(name).slice(0, LONGEST_NAME) || kind}, ${blob}::uuid,
			${sha256}, ${bytes.length}::integer, ${kind}, ${actor.person ?? null}::uuid, ${world.clock.now()}::timestamptz
		from adoption_certified where draft_id = ${id}
		on conflict (draft_id, blob_id) do nothing`.execute(tx);
	const { rows } = await sql<{ nth: number }>`
		select nth from adoption_certified where draft_id = ${id} and blob_id = ${blob}`.execute(tx);
	return { kind: 'kept', nth: rows[0]?.nth ?? 0 };
}

/**
 * Lets everybody read a certified copy beside the policy; one that they read already stays so. Throws as `attach` does, and
 * `Conflict` for one that was withdrawn.
 */
export async function publishCertified(id: string, nth: number, actor: Actor, world: Writing): Promise<void> {
	const { workId, file } = await world.db.as(actor, async (tx) => {
		const workId = await workOf(id, actor, tx);
		await lockDraft(id, tx);
		const file = await certifiedFile(id, nth, actor, tx);
		if (file.withdrawn) throw new Conflict('This copy was withdrawn. Send the right one.');
		await say(id, nth, 'published', null, actor, world, tx);
		return { workId, file };
	});
	// What is public is written for the coalition: a city's own transaction reaches its own rooms only.
	await world.db.as(SYSTEM, (tx) => addPaper(workId, file, byline(actor.person ?? '', world), world, tx));
}

/**
 * Withdraws a wrong copy with the reason, which is public where the copy was. It stays with the city; what is public of it are its hash and
 * the reason. Throws as `attach` does, and `Invalid` without a reason.
 */
export async function withdrawCertified(
	id: string,
	nth: number,
	typed: string,
	actor: Actor,
	world: Writing,
): Promise<void> {
	const reason = oneLine(typed);
	if (!/\p{L}/u.test(reason) || reason.length > LONGEST_REASON)
		throw new Invalid(`Write the reason, in at most ${LONGEST_REASON} letters.`);
	const { workId, sha256 } = await world.db.as(actor, async (tx) => {
		const workId = await workOf(id, actor, tx);
		await lockDraft(id, tx);
		const { sha256 } = await copyOf(id, nth, actor, tx);
		await say(id, nth, 'withdrawn', reason, actor, world, tx);
		return { workId, sha256 };
	});
	await world.db.as(SYSTEM, (tx) => withdrawPaper(workId, sha256, reason, world, tx));
}

async function copyOf(id: string, nth: number, actor: Actor, tx: Tx): Promise<Certified> {
	const found = (await certifiedOf(id, actor, tx)).find((copy) => copy.nth === nth);
	if (!found) throw new NotFound('There is no such certified copy.');
	return found;
}

/** Keeps what was done with a copy; the first time holds. */
async function say(
	id: string,
	nth: number,
	act: 'published' | 'withdrawn',
	reason: string | null,
	actor: Actor,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	await sql`
		insert into adoption_certified_act (draft_id, nth, act, owner_city, reason, person, at)
		values (${id}, ${nth}, ${act}, ${actor.city}, ${reason}, ${actor.person ?? null}, ${clock.now()})
		on conflict do nothing`.execute(tx);
}

/** The policy that a draft became. */
async function workOf(id: string, actor: Actor, tx: Tx): Promise<string> {
	demand(actor, 'change', 'draft', ownCity(actor));
	const draft = await draftOf(id, actor, tx);
	if (draft.became === null) throw new Conflict('This draft was not adopted. Record the adoption first.');
	const { rows } = await sql<{ workId: string }>`
		select became_work_id as "workId" from adoption_draft where id = ${draft.id}`.execute(tx);
	return rows[0]?.workId ?? '';
}
