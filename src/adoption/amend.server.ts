import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { demand, ownCity } from '#access/can.ts';
import { Conflict } from '#kernel/error.ts';
import type { Tx, World } from '#platform/world.ts';
import { identity, type State } from './draft.ts';
import { keep, keepSource, outlineOf } from './edit.server.ts';
import { lockDraft } from './hold.server.ts';
import { demandNoQuorum } from './remark/quorum.server.ts';
import { stateOf } from './state.server.ts';

/**
 * Begins a draft that amends the policy that a draft became, and returns its id; where one is open already, that one. It begins as
 * that draft ended, with its blanks, answers and sources, so that what the model became since is offered and merged as it would have been
 * there; the policy counts among its sources. Throws `NotFound` and `Forbidden` as `stateOf` does, and `Conflict` for a draft that
 * was not adopted.
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

interface Policy {
	readonly workId: string;
	readonly expressionId: string;
}

async function begin(
	{ draft, sources, provisions, answers }: State,
	policy: Policy,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<string> {
	const id = world.random.uuid();
	await sql`
		insert into adoption_draft (id, owner_city, title, instrument, language, sample, begun_at, begun_by, amends_work_id)
		values (${id}, ${actor.city}, ${draft.title}, ${draft.instrument}, ${draft.language}, ${draft.sample}, ${world.clock.now()},
			${actor.person ?? null}, ${policy.workId})`.execute(tx);
	for (const source of sources) await keepSource(id, 1, source, actor, world, tx);
	const nth = Math.max(0, ...sources.map((one) => one.nth)) + 1;
	// Not whole: what its city corrects in it later is no newer model.
	await keepSource(id, 1, { nth, ...policy, whole: false }, actor, world, tx);
	const copied = provisions.map((one) => ({ ...one, id: identity(world.random.uuid()) }));
	const words = { outline: outlineOf(copied), words: copied, answers: Object.entries(answers), dangling: [] };
	await keep(id, 1, { act: 'copied' }, words, actor, world, tx);
	await record({ actor, action: 'draft_begun', subject: `draft:${id}`, owner: actor.city }, world, tx);
	return id;
}

/** A policy at its address, in its latest version. */
async function policyAt(address: string, tx: Tx): Promise<Policy | null> {
	const { rows } = await sql<Policy>`
		select w.id as "workId", e.id as "expressionId" from library_work w
		join library_expression e on e.work_id = w.id and e.language = w.language
		where w.address = ${address} order by e.day desc, e.nth desc limit 1`.execute(tx);
	return rows[0] ?? null;
}
