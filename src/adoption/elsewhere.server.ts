import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { TextLanguage } from '#library/policy.ts';
import type { Tx } from '#platform/world.ts';
import type { Clause } from '#reuse/clause.ts';
import { clauses } from '#reuse/clauses.server.ts';
import { kinNow } from '#reuse/kin.server.ts';
import { type Kin, likeness } from '#reuse/kin.ts';
import { asRead, conditionOf } from './blank-words.ts';
import { copiesIn } from './copied.ts';
import type { State } from './draft.ts';
import { readsAlike, type Theirs } from './elsewhere.ts';

/**
 * What other cities on the shelf have at the provisions that a draft was copied from, in the latest version of each policy: by id of
 * the provision, one clause of each policy, the likest first. Only what the actor of the transaction may read; the draft's own city, and
 * models, are left out. An invented city is told of invented ones too.
 */
export async function elsewhere(
	{ draft, sources, provisions }: Pick<State, 'draft' | 'sources' | 'provisions'>,
	tx: Tx,
): Promise<ReadonlyMap<string, readonly Kin[]>> {
	const found = new Map<string, readonly Kin[]>();
	for (const { nth, workId, expressionId } of sources) {
		const here = copiesIn(provisions, nth);
		const clauses = new Map<string, Kin[]>();
		for (const one of await kinNow(workId, expressionId, draft.sample, tx)) {
			const own = here.get(one.of.eId);
			if (!own || one.placeId === null || one.placeId === draft.city) continue;
			clauses.set(own.id, [...(clauses.get(own.id) ?? []), one]);
		}
		for (const [id, kin] of clauses)
			found.set(
				id,
				kin.toSorted((one, other) => likeness(other) - likeness(one)),
			);
	}
	return found;
}

/**
 * Which of those cities have other words than the draft: by id of the provision the OCD ids of their places, each once. A provision without
 * words of its own, and one that every city has as the draft has it, is left out.
 * @param kin what `elsewhere` found for the state
 */
export async function differing(
	state: State,
	kin: ReadonlyMap<string, readonly Kin[]>,
	tx: Tx,
): Promise<ReadonlyMap<string, readonly string[]>> {
	const ours = state.provisions.flatMap(({ id, text }) => {
		const words = kin.has(id) ? asRead(conditionOf(text).words, state) : '';
		return words.trim() === '' ? [] : [{ id, words }];
	});
	const asked = ours.flatMap(({ id }, n) =>
		(kin.get(id) ?? []).map(({ workId, expressionId, eId, placeId }) => [workId, expressionId, eId, n + 1, placeId]),
	);
	if (asked.length === 0) return new Map();
	// Most have the same words to the letter: the others alone are sent.
	const { rows } = await sql<{ nth: number; text: string; places: string[] }>`
		select a.nth, p.text, array_agg(distinct a.place) as places
		from unnest(${column(asked, 0)}::uuid[], ${column(asked, 1)}::uuid[], ${column(asked, 2)}::text[], ${column(asked, 3)}::integer[],
			${column(asked, 4)}::text[]) as a (work, expression, e_id, nth, place)
		join library_provision p on p.work_id = a.work and p.expression_id = a.expression and p.e_id = a.e_id
		where p.text <> (${ours.map(({ words }) => words)}::text[])[a.nth]
		group by a.nth, p.text`.execute(tx);
	const found = new Map<string, string[]>();
	for (const { nth, text, places } of rows) {
		const { id, words } = ours[nth - 1] as (typeof ours)[number];
		if (readsAlike(words, text)) continue;
		found.set(id, [...new Set([...(found.get(id) ?? []), ...places])]);
	}
	return found;
}

function column(rows: readonly (readonly unknown[])[], n: number): unknown[] {
	return rows.map((row) => row[n]);
}

/** A clause with the heading and the words of its provision alone. */
export interface Elsewhere extends Theirs {
	readonly clause: Clause;
}

/** Clauses of one provision that are read side by side. */
const MOST = 40;

/** The words of clauses that `elsewhere` found, in their order. @param words language of whoever reads the citations */
export async function wordsElsewhere(
	kin: readonly Kin[],
	day: Day,
	words: TextLanguage,
	tx: Tx,
): Promise<readonly Elsewhere[]> {
	const shown = await clauses(kin.slice(0, MOST), day, words, tx);
	const asked = JSON.stringify(shown.map(({ workId, expressionId, eId }) => ({ w: workId, e: expressionId, p: eId })));
	const { rows } = await sql<{ w: string; p: string; heading: string | null; text: string }>`
		select p.work_id as w, p.e_id as p, p.heading, p.text
		from jsonb_to_recordset(${asked}::jsonb) as asked (w uuid, e uuid, p text)
		join library_provision p on p.work_id = asked.w and p.expression_id = asked.e and p.e_id = asked.p`.execute(tx);
	return shown.flatMap((clause) => {
		const own = rows.find(({ w, p }) => w === clause.workId && p === clause.eId);
		return own ? [{ clause, heading: own.heading, text: own.text, placeId: clause.work.place?.id ?? null }] : [];
	});
}
