import { sql } from 'kysely';
import { ACCESS, type Actor } from '#access/actor.ts';
import { seatsToTell } from '#coalition/addressee.server.ts';
import { type Day, dayAt } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import { newerOf } from './newer.server.ts';
import { stateOf } from './state.server.ts';

/** A draft, or what became of one, of which a model has a newer version that says something else where it was copied. */
export interface Overtaken {
	readonly draft: string;
	readonly title: string;
	/** Address of the policy that it became; null as long as it is a draft. */
	readonly became: string | null;
	/** Title of the model, and the day of its newest version. */
	readonly model: string;
	readonly day: Day;
	/** Changes that nobody decided on. */
	readonly changes: number;
}

/** Drafts that are looked into: more that wait for a decision nobody reads in one list. */
const MOST = 50;
/** Letters about several texts that come within this time are one, in seconds: a new release brings all its models at once. */
const TOGETHER = 600;

/**
 * Of which drafts of the actor's city a source has a newer version with changes that nobody decided on, the latest version first. One
 * that was closed is left out, and a policy for which a draft that amends it is open.
 * @param which `adopted`: only what was adopted; a work: only what came from it
 */
export async function overtaken(
	which: 'adopted' | { readonly workId: string },
	actor: Actor,
	tx: Tx,
): Promise<readonly Overtaken[]> {
	const only = which === 'adopted' ? sql`d.became_work_id is not null` : sql`w.id::text = ${which.workId}`;
	const { rows } = await sql<{ id: string; nth: number; day: Day }>`
		select d.id, s.nth, n.day::text as day
		from adoption_draft d
		cross join lateral (
			select distinct on (nth) nth, work_id, expression_id from adoption_source where draft_id = d.id
			order by nth, seq desc) s
		join library_work w on w.id = s.work_id and w.withdrawn_at is null
		join library_expression own on own.work_id = s.work_id and own.id = s.expression_id
		cross join lateral (
			select day, nth from library_expression e where e.work_id = s.work_id and e.language = own.language
			order by e.day desc, e.nth desc limit 1) n
		where d.closed_at is null and ${only} and (n.day, n.nth) > (own.day, own.nth)
			and (d.became_work_id is null or not exists (
				select from adoption_draft a where a.amends_work_id = d.became_work_id and a.closed_at is null))
		order by n.day desc, d.id limit ${MOST}`.execute(tx);
	const found: Overtaken[] = [];
	for (const id of new Set(rows.map((row) => row.id))) {
		const state = await stateOf(id, actor, tx);
		for (const { source, version, offers } of await newerOf(state, tx)) {
			if (offers.length === 0 || !rows.some((row) => row.id === id && row.nth === source.nth)) continue;
			const { title, became } = state.draft;
			found.push({ draft: id, title, became, model: source.title, day: version.day, changes: offers.length });
		}
	}
	return found;
}

/**
 * The job after a text got a newer version. A draft is behind the wall of its city, so each city with seats is asked by itself, as
 * one who only reads there, whether anything of it came from that text and has changes to decide on; where it has, its seats are
 * written to.
 */
export async function tellNewer(workId: string, world: Pick<World, 'db' | 'clock' | 'queue'>): Promise<void> {
	const today = dayAt(world.clock.now());
	const cities = await world.db.as(ACCESS, async (tx) => {
		const { rows } = await sql<{ city: string }>`
			select distinct owner_city as city from coalition_seat
			where owner_city is not null and person is not null and ended_at is null order by 1`.execute(tx);
		return rows.map(({ city }) => city);
	});
	for (const city of cities) {
		const reader: Actor = { role: 'observer', city };
		const found = await world.db.as(reader, (tx) => overtaken({ workId }, reader, tx));
		if (found.length === 0) continue;
		await world.db.as(ACCESS, async (tx) => {
			for (const to of await seatsToTell(city, today, tx))
				await world.queue.add(tx, 'adoption.newer_letter', { to }, `adoption.newer_letter:${to}`, TOGETHER);
		});
	}
}
