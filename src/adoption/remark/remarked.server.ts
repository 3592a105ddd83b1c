import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { can, demand } from '#access/can.ts';
import type { Tx } from '#platform/world.ts';
import type { State } from '../draft.ts';
import { certain, type Place, placed, type Span, wordsOf } from './anchor.ts';
import type { Instead, Remark, RemarkRoom, Reply, Speaker } from './remark.ts';

/**
 * The comments on a draft, each where its words stand in this state of it, in the order in which they were made. Those of
 * counsel's room are there only where `rooms` names it and the actor may enter it: whoever makes a file of a draft leaves it
 * out unless somebody chose it for that file.
 */
export async function remarksOn(
	state: Pick<State, 'draft' | 'provisions' | 'seq'>,
	rooms: readonly RemarkRoom[],
	actor: Actor,
	tx: Tx,
): Promise<readonly Remark[]> {
	demand(actor, 'read', 'draft', { room: 'city', owner: actor.city });
	const asked = entered(rooms, actor);
	const { id } = state.draft;
	const { rows } = await sql<Row>`
		select c.id, c.room, c.nth, c.reply_to as "replyTo", c.provision_id as provision, c.seq, c.start_at as start,
			c.end_at as "end", c.quote, c.instead, c.text, c.at, c.seat, s.name, s.office
		from adoption_comment c left join coalition_seat s on s.id = c.seat
		where c.draft_id = ${id} and c.room = any(${asked}) order by c.at, c.nth, c.id`.execute(tx);
	if (rows.length === 0) return [];
	const [states, readings] = [await statesOf(id, asked, tx), await readingsOf(id, tx)];
	const now = new Map(state.provisions.map((one) => [one.id, wordsOf(one)]));
	return rows.flatMap((row) => {
		if (row.nth === null || row.provision === null || row.seq === null) return [];
		const span = row.start === null || row.end === null ? null : { start: row.start, end: row.end };
		const { assigned, resolved } = standing(states.filter(({ comment }) => comment === row.id));
		const then = readings(row.seq);
		const place =
			overtaken(row.provision, resolved, then, now) ?? placed({ provision: row.provision, span }, then, now);
		return [
			{
				...said(row),
				...{ room: row.room, nth: row.nth, quote: row.quote, assigned, resolved, place },
				suggested: insteadOf(row.instead, span, then.get(row.provision) ?? '', place, now),
				replies: rows.filter(({ replyTo }) => replyTo === row.id).map(said),
			},
		];
	});
}

function entered(rooms: readonly RemarkRoom[], actor: Actor): readonly RemarkRoom[] {
	return rooms.filter((room) => can(actor, 'read', 'draft', { room, owner: actor.city }));
}

/** What was last done with a comment, but for giving it to somebody. */
const LAST_ACT = sql<string | null>`(
	select s.act from adoption_comment_state s where s.comment_id = c.id and s.act <> 'assigned' order by s.nth desc limit 1)`;
const DECISIONS = ['taken', 'refused'];

/** Whether somebody decided on the words that a comment suggests; null where it suggests none. */
export async function suggestionIn(comment: string, tx: Tx): Promise<'open' | 'decided' | null> {
	const { rows } = await sql<{ decided: boolean }>`
		select coalesce(${LAST_ACT} = any(${DECISIONS}), false) as decided
		from adoption_comment c where c.id = ${comment} and c.instead is not null`.execute(tx);
	if (!rows[0]) return null;
	return rows[0].decided ? 'decided' : 'open';
}

/** How many comments on a draft suggest words that nobody decided on, in the rooms that whoever asks may enter. */
export async function openSuggestions(draft: string, actor: Actor, tx: Tx): Promise<number> {
	const { rows } = await sql<{ n: number }>`
		select count(*)::integer as n from adoption_comment c
		where c.draft_id = ${draft} and c.instead is not null and c.room = any(${entered(['city', 'counsel'], actor)})
			and coalesce(${LAST_ACT} <> all(${DECISIONS}), true)`.execute(tx);
	return rows[0]?.n ?? 0;
}

interface Row {
	readonly id: string;
	readonly room: RemarkRoom;
	readonly nth: number | null;
	readonly replyTo: string | null;
	readonly provision: string | null;
	readonly seq: number | null;
	readonly start: number | null;
	readonly end: number | null;
	readonly quote: string | null;
	readonly instead: string | null;
	readonly text: string;
	readonly at: Date;
	readonly seat: string | null;
	readonly name: string | null;
	readonly office: string | null;
}

function said({ id, text, at, seat, name, office }: Row): Reply {
	return { id, by: { seat, name, office }, text, at };
}

/** Where a suggestion that the draft took over stood: its words gave way to others, and looking for them in all provisions around is slow. */
function overtaken(
	provision: string,
	resolved: Remark['resolved'],
	then: ReadonlyMap<string, string>,
	now: ReadonlyMap<string, string>,
): Place | null {
	if (resolved?.act !== 'taken' || !now.has(provision) || now.get(provision) === then.get(provision)) return null;
	return { kind: 'stands', provision, span: null, changed: true };
}

function insteadOf(
	words: string | null,
	span: Span | null,
	then: string,
	place: Place,
	now: ReadonlyMap<string, string>,
): Instead | null {
	if (words === null) return null;
	if (span === null || place.kind !== 'stands' || place.span === null || place.changed) return { words, sure: false };
	return { words, sure: certain(span, then, place.span, now.get(place.provision) ?? '') };
}

interface Dealt {
	readonly comment: string;
	readonly act: 'resolved' | 'reopened' | 'assigned' | 'taken' | 'refused';
	readonly edit: number | null;
	readonly at: Date;
	readonly by: Speaker;
	readonly to: Speaker;
}

async function statesOf(id: string, rooms: readonly RemarkRoom[], tx: Tx): Promise<readonly Dealt[]> {
	const { rows } = await sql<Dealt>`
		select c.comment_id as comment, c.act, c.edit, c.at,
			jsonb_build_object('seat', c.seat, 'name', s.name, 'office', s.office) as by,
			jsonb_build_object('seat', c.assigned, 'name', a.name, 'office', a.office) as "to"
		from adoption_comment_state c left join coalition_seat s on s.id = c.seat left join coalition_seat a on a.id = c.assigned
		where c.draft_id = ${id} and c.room = any(${[...rooms]}) order by c.comment_id, c.nth`.execute(tx);
	return rows;
}

/** What a comment is after all that was done with it. */
function standing(dealt: readonly Dealt[]): Pick<Remark, 'assigned' | 'resolved'> {
	const last = dealt.findLast(({ act }) => act !== 'assigned');
	const to = dealt.findLast(({ act }) => act === 'assigned')?.to;
	return {
		resolved: last ? settled(last) : null,
		assigned: to && to.seat !== null ? to : null,
	};
}

function settled({ act, by, at, edit }: Dealt): Remark['resolved'] {
	return act === 'reopened' || act === 'assigned' ? null : { act, by, at, edit };
}

/** How every provision of a draft read after an edit, by id, in the order of then. */
async function readingsOf(id: string, tx: Tx): Promise<(seq: number) => ReadonlyMap<string, string>> {
	const { rows: wordings } = await sql<{ id: string; seq: number; heading: string | null; text: string }>`
		select provision_id as id, seq, heading, text from adoption_wording where draft_id = ${id} order by seq`.execute(
		tx,
	);
	const { rows: outlines } = await sql<{ seq: number; outline: readonly (readonly [string, number])[] }>`
		select seq, outline from adoption_edit where draft_id = ${id} and outline is not null order by seq`.execute(tx);
	const made = new Map<number, ReadonlyMap<string, string>>();
	return (seq) => {
		const known = made.get(seq);
		if (known) return known;
		const words = new Map(wordings.filter((one) => one.seq <= seq).map((one) => [one.id, wordsOf(one)]));
		const outline = outlines.findLast((one) => one.seq <= seq)?.outline ?? [];
		const reading = new Map(outline.map(([provision]) => [provision, words.get(provision) ?? '']));
		made.set(seq, reading);
		return reading;
	};
}
