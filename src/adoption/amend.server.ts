import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { demand, ownCity } from '#access/can.ts';
import { Conflict } from '#kernel/error.ts';
import { provisions as onTheShelf } from '#library/version.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { type DraftLine, type DraftProvision, identity, type State } from './draft.ts';
import { edit, keep, keepSource, outlineOf } from './edit.server.ts';
import { lockDraft } from './hold.server.ts';
import { inForce } from './in-force.ts';
import { keptIn } from './name/names.server.ts';
import { demandNoQuorum } from './remark/quorum.server.ts';
import { stateOf } from './state.server.ts';

/**
 * Begins a draft that amends the policy that a draft became, and returns its id; where one is open already, that one. It begins
 * as that draft ended, with its blanks, answers, sources, and what was decided of a newer model and of names that stay, so that
 * what the model became since is offered and merged as it would have been there; the policy counts among its sources. Where the
 * shelf has the policy corrected by now, a second edit brings the draft to that. Throws `NotFound` and `Forbidden` as `stateOf`
 * does, and `Conflict` for a draft that was not adopted.
 */
export async function beginAmendment(
	id: string,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<string> {
	demand(actor, 'change', 'draft', ownCity(actor));
	await demandNoQuorum(id, actor, world, tx);
	// Whoever asks twice gets one.
	await lockDraft(id, tx);
	const state = await stateOf(id, actor, tx);
	const policy = state.draft.became === null ? null : await policyAt(state.draft.became, tx);
	if (!policy) throw new Conflict('This draft was not adopted. Change it as it is.');
	const { rows } = await sql<{ id: string }>`
		select id from adoption_draft
		where amends_work_id = ${policy.workId} and became_work_id is null and closed_at is null order by begun_at limit 1`.execute(
		tx,
	);
	return rows[0]?.id ?? begin(state, policy, actor, world, tx);
}

/** The edit that corrects a draft that amends, where it has one. */
const CORRECTED = 2;

interface Policy {
	readonly workId: string;
	/** The version that was adopted, and the latest. */
	readonly first: string;
	readonly latest: string;
}

async function begin(
	state: State,
	policy: Policy,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<string> {
	const { draft, sources, provisions, answers } = state;
	const id = world.random.uuid();
	await sql`
		insert into adoption_draft (id, owner_city, title, instrument, language, sample, begun_at, begun_by, amends_work_id)
		values (${id}, ${actor.city}, ${draft.title}, ${draft.instrument}, ${draft.language}, ${draft.sample}, ${world.clock.now()},
			${actor.person ?? null}, ${policy.workId})`.execute(tx);
	const nth = Math.max(0, ...sources.map((one) => one.nth)) + 1;
	const renamed = new Map(provisions.map((one) => [one.id, identity(world.random.uuid())]));
	const copied = provisions.map((one) => ({ ...one, id: renamed.get(one.id) ?? '' }));
	const shelf = await onTheShelf(policy.workId, policy.latest, tx);
	const now = inForce({ ...state, provisions: copied }, shelf, nth, () => world.random.uuid());
	// Not whole: what its city corrects in it later is no newer model.
	const own = { nth, workId: policy.workId, whole: false };
	for (const source of [...sources, { ...own, expressionId: now ? policy.first : policy.latest }])
		await keepSource(id, 1, source, actor, world, tx);
	const words = { outline: outlineOf(copied), words: copied, answers: Object.entries(answers), dangling: [] };
	const namesKept = (await keptIn(draft.id, state.seq, tx)).map((one) => ({ ...one, in: renamed.get(one.in) ?? '' }));
	await keep(id, 1, { act: 'copied' }, { ...words, namesKept }, actor, world, tx);
	if (now) {
		const seq = await edit(id, { act: 'taken_over' }, () => ({ provisions: now }), actor, world, tx);
		await keepSource(id, seq, { ...own, expressionId: policy.latest }, actor, world, tx);
	}
	await keepDecisions({ from: draft.id, to: id }, renamed, { copied, now: now ?? copied }, tx);
	await record({ actor, action: 'draft_begun', subject: `draft:${id}`, owner: actor.city }, world, tx);
	return id;
}

/**
 * Takes along what was decided of a newer model, with who decided. A change of words that were
 * corrected since is asked again; what came newly, moved or was numbered stays so.
 */
async function keepDecisions(
	{ from, to }: { readonly from: string; readonly to: string },
	renamed: ReadonlyMap<string, string>,
	{ copied, now }: { readonly copied: readonly DraftProvision[]; readonly now: readonly DraftProvision[] },
	tx: Tx,
): Promise<void> {
	const before = new Map(copied.map((one) => [one.id, one]));
	const former = new Map([...renamed].map(([was, is]) => [is, was]));
	const names = now.flatMap(({ id, heading, text }) => {
		const own = before.get(id);
		return own ? [{ was: former.get(id), is: id, same: own.heading === heading && own.text === text }] : [];
	});
	await sql`
		insert into adoption_decision (draft_id, source, expression_id, change, seq, owner_city, decision, provision_id, person, at)
		select distinct on (d.source, d.expression_id, d.change) ${to}::uuid, d.source, d.expression_id, d.change, 1, d.owner_city,
			d.decision, p."is", d.person, d.at
		from adoption_decision d left join jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as p (was text, "is" text, same boolean)
			on p.was = d.provision_id
		where d.draft_id = ${from} and (d.provision_id is null or p.same or p.same is not null and d.change ~ '^[+._]')
			and not exists (select from adoption_edit e where e.draft_id = d.draft_id and e.seq > d.seq and e.restored < d.seq)
		order by d.source, d.expression_id, d.change, d.seq desc`.execute(tx);
}

/**
 * Of a draft that amends: the number of the edit that brought it to the policy as the shelf had it when it was begun; null where
 * that read as it was adopted. `tx` acts for its city.
 */
export async function correctedAt({ id, amends }: Pick<DraftLine, 'id' | 'amends'>, tx: Tx): Promise<number | null> {
	if (amends === null) return null;
	// Whoever takes a newer version over decides on its changes first: no source is another that early.
	const { rows } = await sql<{ seq: number }>`
		select s.seq from adoption_source s join adoption_draft d on d.id = s.draft_id and d.amends_work_id = s.work_id
		where s.draft_id = ${id} and s.seq = ${CORRECTED}`.execute(tx);
	return rows[0]?.seq ?? null;
}

/** A policy at its address. */
async function policyAt(address: string, tx: Tx): Promise<Policy | null> {
	const { rows } = await sql<Policy>`
		select w.id as "workId", (array_agg(e.id order by e.added_at, e.day, e.nth))[1] as first,
			(array_agg(e.id order by e.day desc, e.nth desc))[1] as latest
		from library_work w join library_expression e on e.work_id = w.id and e.language = w.language
		where w.address = ${address} group by w.id`.execute(tx);
	return rows[0] ?? null;
}
