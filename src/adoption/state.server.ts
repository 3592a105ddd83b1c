import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import { NotFound } from '#kernel/error.ts';
import { isUuid } from '#kernel/uuid.ts';
import { versionAddress } from '#library/address.ts';
import type { TextLanguage } from '#library/policy.ts';
import type { ProvisionKind } from '#library/provision.ts';
import type { Blank } from '#library/view.ts';
import type { Tx } from '#platform/world.ts';
import type { Answers } from './answer.ts';
import type { DraftLine, DraftProvision, Source, State } from './draft.ts';

/** An id and how deep it lies, 0 at the top. */
export type Outline = readonly (readonly [id: string, depth: number])[];

/** The drafts of the actor's city, also those that were adopted or closed; the one edited last first. */
export async function draftLines(actor: Actor, tx: Tx): Promise<readonly DraftLine[]> {
	demand(actor, 'read', 'draft', ownCity(actor));
	return lines(sql`true`, tx);
}

/** A draft in a line. Throws as `stateOf` does. */
export async function draftOf(id: string, actor: Actor, tx: Tx): Promise<DraftLine> {
	demand(actor, 'read', 'draft', ownCity(actor));
	const [draft] = isUuid(id) ? await lines(sql`d.id = ${id}`, tx) : [];
	if (!draft) throw new NotFound('There is no such draft. The list of drafts of your city has those there are.');
	return draft;
}

/**
 * A draft as it reads, or read after an earlier edit. Throws `NotFound` where the actor's city has none of the id, and
 * `Forbidden` where the actor may read no drafts.
 * @param at number of an edit; left out: the last
 */
export async function stateOf(id: string, actor: Actor, tx: Tx, at?: number): Promise<State> {
	const draft = await draftOf(id, actor, tx);
	const seq = Math.max(1, Math.min(at ?? draft.seq, draft.seq));
	const [outline, words, answers] = [
		await outlineAt(id, seq, tx),
		await wordingsAt(id, seq, tx),
		await answersAt(id, seq, tx),
	];
	const found = await sourcesOf(id, seq, tx);
	const sources = found.map(({ blanks: _, ...source }) => source);
	return { draft, sources, ...assembled(outline, words), blanks: blanksOf(found), answers, seq };
}

/** Words of one provision after an edit; null where it had none yet. */
export async function wordingAt(id: string, provision: string, seq: number, tx: Tx): Promise<Wording | null> {
	const { rows } = await sql<Wording>`
		select provision_id as id, seq, kind, number, heading, text, source, source_e_id as "sourceEId" from adoption_wording
		where draft_id = ${id} and provision_id = ${provision} and seq <= ${seq} order by seq desc limit 1`.execute(tx);
	return rows[0] ?? null;
}

export interface Wording {
	readonly id: string;
	readonly seq: number;
	readonly kind: ProvisionKind;
	readonly number: string | null;
	readonly heading: string | null;
	readonly text: string;
	readonly source: number | null;
	readonly sourceEId: string | null;
}

async function lines(which: ReturnType<typeof sql>, tx: Tx): Promise<readonly DraftLine[]> {
	const { rows } = await sql<DraftLine>`
		select d.id, d.owner_city as city, d.title, d.instrument, d.language, d.sample, d.seq,
			e.at as "editedAt", e.person as "editedBy", w.address as became, d.closed_at as closed, a.address as amends, coalesce(a.number, a.title) as "amendsTitle"
		from adoption_draft d join adoption_edit e on e.draft_id = d.id and e.seq = d.seq
			left join library_work w on w.id = d.became_work_id
			left join library_work a on a.id = d.amends_work_id
		where ${which} order by e.at desc, d.id`.execute(tx);
	return rows;
}

async function sourcesOf(
	id: string,
	seq: number,
	tx: Tx,
): Promise<readonly (Source & { readonly blanks: readonly Blank[] })[]> {
	const { rows } = await sql<Stored>`
		select distinct on (s.nth) s.nth, s.seq as since, s.work_id as "workId", s.expression_id as "expressionId", s.whole, w.instrument = 'model' as model, p.name || ', ' || p.state_code as owner, w.title, w.address, w.language,
			w.blanks, e.day::text as day, e.nth as "nthOfDay", e.language as "itsLanguage"
		from adoption_source s join library_work w on w.id = s.work_id left join place p on p.id = w.place_id
			join library_expression e on e.work_id = s.work_id and e.id = s.expression_id
		where s.draft_id = ${id} and s.seq <= ${seq} order by s.nth, s.seq desc`.execute(tx);
	return rows.map(({ address, language, nthOfDay, itsLanguage, ...source }) => ({
		...source,
		address: versionAddress({ address, language }, { day: source.day, nth: nthOfDay, language: itsLanguage }),
	}));
}

interface Stored extends Source {
	readonly language: TextLanguage;
	readonly blanks: readonly Blank[];
	readonly nthOfDay: number;
	readonly itsLanguage: TextLanguage;
}

/** What the models declare, each blank once: the first model that names it says what it is. */
function blanksOf(sources: readonly { readonly blanks: readonly Blank[] }[]): readonly Blank[] {
	const found = new Map<string, Blank>();
	for (const { blanks } of sources) for (const blank of blanks) if (!found.has(blank.id)) found.set(blank.id, blank);
	return [...found.values()];
}

async function outlineAt(id: string, seq: number, tx: Tx): Promise<Outline> {
	const { rows } = await sql<{ outline: Outline }>`
		select outline from adoption_edit where draft_id = ${id} and seq <= ${seq} and outline is not null
		order by seq desc limit 1`.execute(tx);
	return rows[0]?.outline ?? [];
}

async function wordingsAt(id: string, seq: number, tx: Tx): Promise<ReadonlyMap<string, Wording>> {
	const { rows } = await sql<Wording>`
		select distinct on (provision_id) provision_id as id, seq, kind, number, heading, text, source, source_e_id as "sourceEId"
		from adoption_wording where draft_id = ${id} and seq <= ${seq} order by provision_id, seq desc`.execute(tx);
	return new Map(rows.map((row) => [row.id, row]));
}

async function answersAt(id: string, seq: number, tx: Tx): Promise<Answers> {
	const { rows } = await sql<{ blank: string; answer: string }>`
		select distinct on (blank) blank, answer from adoption_answer where draft_id = ${id} and seq <= ${seq}
		order by blank, seq desc`.execute(tx);
	return Object.fromEntries(rows.map(({ blank, answer }) => [blank, answer]));
}

function assembled(outline: Outline, words: ReadonlyMap<string, Wording>): Pick<State, 'provisions' | 'wordedAt'> {
	const provisions: DraftProvision[] = [];
	const wordedAt = new Map<string, number>();
	const open: number[] = [];
	for (const [id, depth] of outline) {
		const wording = words.get(id);
		if (!wording) throw new Error(`The outline of a draft names ${id}, which has no words.`);
		const { seq, source, sourceEId, ...reading } = wording;
		open.length = depth;
		provisions.push({
			...reading,
			parent: depth === 0 ? null : (open[depth - 1] ?? null),
			from: source === null || sourceEId === null ? null : { source, eId: sourceEId },
		});
		wordedAt.set(id, seq);
		open.push(provisions.length - 1);
	}
	return { provisions, wordedAt };
}
