import { sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import { type ClauseKey, keyOf, type VersionKey } from './clause.ts';
import { type Kin, likeness } from './kin.ts';
import { MOST_CLAUSES } from './lineage.ts';

/** Steps from the clause that a lineage is asked for: kin of kin of kin. */
const MOST_STEPS = 3;
/** A version of a policy stands for it whose likeness is at least this share of that of its likest version. */
const NEARLY = 0.9;

/**
 * Of each other policy the clause that is likest to each clause of a version, by the order of its eId and day; versions that
 * stand for the same policy are one: the earliest that has nearly the words. Only what the actor of the transaction may read; what is
 * invented is no kin of what is not.
 * @param eId of one clause; null: of every provision of the version
 * @param invented whether an invented city asks, to which invented kin is shown
 */
export async function kinOf(
	workId: string,
	expressionId: string,
	eId: string | null,
	tx: Tx,
	invented = false,
): Promise<Kin[]> {
	return earliest(await linked([{ workId, expressionId, eId }], tx, invented));
}

/** The clauses that a lineage is made of, and the kin of the one that it was asked of, as `kinOf` gives them. */
export interface Around {
	readonly clauses: readonly ClauseKey[];
	readonly kin: readonly Kin[];
}

/** The clauses of a lineage: the one asked for, and what is linked to it over a few steps; at most 60 policies. */
export async function around(start: ClauseKey, tx: Tx): Promise<Around> {
	const found = new Map<string, ClauseKey>([[start.workId, start]]);
	const own = earliest(await linked([start], tx));
	let kin = own;
	for (let step = 1; ; step++) {
		const edge: ClauseKey[] = [];
		for (const { workId, expressionId, eId } of kin.toSorted((one, other) => likeness(other) - likeness(one))) {
			if (found.has(workId) || found.size >= MOST_CLAUSES) continue;
			const key = { workId, expressionId, eId };
			found.set(workId, key);
			edge.push(key);
		}
		if (step === MOST_STEPS || edge.length === 0 || found.size >= MOST_CLAUSES)
			return { clauses: [...found.values()], kin: own };
		kin = earliest(await linked(edge, tx));
	}
}

/**
 * The same for every provision of a version, of the latest version of each other policy in its language: what stands there now.
 * @param invented whether an invented city asks, to which invented kin is shown
 */
export async function kinNow(workId: string, expressionId: string, invented: boolean, tx: Tx): Promise<readonly Kin[]> {
	const latest = sql`not exists (
		select from library_expression n where n.work_id = x.work_id and n.language = x.language and (n.day, n.nth) > (x.day, x.nth))`;
	return linked([{ workId, expressionId, eId: null }], tx, invented, latest);
}

async function linked(
	clauses: readonly (VersionKey & { readonly eId: string | null })[],
	tx: Tx,
	invented = false,
	version = sql`true`,
): Promise<Kin[]> {
	const asked = clauses.map(({ workId, expressionId, eId }) => ({ w: workId, e: expressionId, p: eId }));
	// First the links of the versions asked for, by their key: nothing else is read of a table that has those of the whole shelf.
	const { rows } = await sql<Omit<Kin, 'of'> & { w: string; e: string; p: string }>`
		with link as materialized (
			select l.* from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked (w uuid, e uuid, p text)
			join reuse_link l on l.work_id = asked.w and l.expression_id = asked.e and (asked.p is null or l.e_id = asked.p)
		)
		select l.work_id as w, l.expression_id as e, l.e_id as p, l.other_work_id as "workId",
			l.other_expression_id as "expressionId", l.other_e_id as "eId", x.day, o.place_id as "placeId", l.same, l.terms,
			l.other_terms as "otherTerms"
		from link l
		join library_work own on own.id = l.work_id
		join library_work o on o.id = l.other_work_id and o.withdrawn_at is null and (${invented} or own.sample or not o.sample)
		join library_expression x on x.work_id = l.other_work_id and x.id = l.other_expression_id and ${version}
		order by l.e_id, x.day, l.other_work_id, l.other_expression_id`.execute(tx);
	return rows.map(({ w, e, p, ...kin }) => ({ ...kin, of: { workId: w, expressionId: e, eId: p } }));
}

/** Of each policy one version; rows come by rising day. */
function earliest(kin: readonly Kin[]): Kin[] {
	const likest = new Map<string, number>();
	const group = (one: Kin) => `${keyOf(one.of)} ${one.workId}`;
	for (const one of kin) likest.set(group(one), Math.max(likeness(one), likest.get(group(one)) ?? 0));
	const taken = new Set<string>();
	return kin.filter((one) => {
		if (taken.has(group(one)) || likeness(one) < NEARLY * (likest.get(group(one)) ?? 0)) return false;
		taken.add(group(one));
		return true;
	});
}
