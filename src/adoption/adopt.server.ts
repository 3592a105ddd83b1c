import { sql } from 'kysely';
import { type Actor, SYSTEM } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { byline } from '#access/byline.server.ts';
import { demand, ownCity } from '#access/can.ts';
import { addDays, type Day, dayAt } from '#kernel/day.ts';
import { addVersion, settleWork } from '#library/add.server.ts';
import { policySlug, workAddress } from '#library/address.ts';
import { addFact, addRelation, SHORTEST_SOURCE } from '#library/history.server.ts';
import type { Place } from '#places/place.ts';
import { hold } from '#platform/advisory.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { actOf } from './act.ts';
import { openBlanksOf } from './counsel/question.ts';
import type { State } from './draft.ts';
import { filled } from './fill.ts';
import { takeUp } from './hold.server.ts';
import { clean } from './out/marked.ts';
import { stateOf } from './state.server.ts';
import { sayStage } from './way/stages.server.ts';

/** What the city says of the vote, or of the day on which an office issued it. */
export interface Adoption {
	/** As it is counted: `Ordinance 2027-3`. */
	readonly number: string;
	readonly adopted: Day;
	/** As the minutes have it: `5 to 2, Reyes and Ode dissenting`; null: not told, or nobody votes on it. */
	readonly vote: string | null;
	/** Day from which it is in force; null: not known yet. */
	readonly inForce: Day | null;
	/** Whether the library says what it was copied from. */
	readonly tellsSources: boolean;
}

/** Where the policy stands now below /library; or why it was not recorded. */
export type Adopted =
	| { readonly address: string }
	| { readonly refused: 'blanks_open'; readonly n: number }
	| {
			readonly refused:
				| 'number_wanted'
				| 'number_taken'
				| 'before_adoption'
				| 'in_future'
				| 'adopted_before'
				| 'no_vote';
	  };

/**
 * Puts a draft on the shelf as the policy that the city adopted: its text with every blank filled, the dated facts of its
 * adoption, and what it was copied from where the city agrees. The draft, its edits and what was said of it stay private.
 * Throws `NotFound` where the actor's city has no such draft, and `Forbidden` where the actor may not change it.
 */
export async function adopt(
	id: string,
	voted: Adoption,
	actor: Actor,
	world: Pick<World, 'db' | 'clock' | 'random' | 'queue' | 'keys'>,
): Promise<Adopted> {
	demand(actor, 'change', 'draft', ownCity(actor));
	const ready = await world.db.as(actor, (tx) => reserved(id, voted, actor, world, tx));
	if ('refused' in ready) return ready;
	// What is public is written for the coalition: a city's own transaction reaches its own rooms only.
	const put = await world.db.as(SYSTEM, (tx) => shelved(ready, voted, byline(actor.person ?? '', world), world, tx));
	if ('refused' in put) return put;
	const { adopted, inForce } = voted;
	await world.db.as(actor, async (tx) => {
		await sayStage(id, 'adopted', { done: adopted }, actor, world, tx);
		if (inForce !== null) await sayStage(id, 'in_force', { due: inForce }, actor, world, tx);
		await record({ actor, action: 'draft_adopted', subject: `draft:${id}`, owner: actor.city }, world, tx);
	});
	return put;
}

/** A draft that can be adopted, and the id that its policy will have: it counts as adopted once that is on the shelf. */
interface Ready {
	readonly state: State;
	readonly workId: string;
}

async function reserved(
	id: string,
	{ adopted, inForce, vote }: Adoption,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<Ready | Extract<Adopted, { readonly refused: string }>> {
	await takeUp(id, actor, world, tx);
	const state = await stateOf(id, actor, tx);
	if (state.draft.became !== null) return { refused: 'adopted_before' };
	if (vote !== null && actOf(state.draft.instrument).way === 'issued') return { refused: 'no_vote' };
	// It may be a day later there than here.
	if (adopted > addDays(dayAt(world.clock.now()), 1)) return { refused: 'in_future' };
	if (inForce !== null && inForce < adopted) return { refused: 'before_adoption' };
	const { provisions, blanks, answers, draft } = state;
	// Also those that no model declares any more, and braces that somebody typed.
	const left = filled(provisions, blanks, answers, draft.language).filter(({ heading, text }) =>
		/\{\{|\}\}/.test(`${heading ?? ''} ${text}`),
	);
	const open = openBlanksOf(state).length || left.length;
	if (open > 0) return { refused: 'blanks_open', n: open };
	const { rows } = await sql<{ workId: string }>`
		update adoption_draft set became_work_id = coalesce(became_work_id, ${world.random.uuid()}) where id = ${id}
		returning became_work_id as "workId"`.execute(tx);
	return { state, workId: rows[0]?.workId ?? '' };
}

async function shelved(
	{ state, workId }: Ready,
	{ number: typed, adopted, vote, inForce, tellsSources }: Adoption,
	by: string,
	world: Pick<World, 'clock' | 'random' | 'queue'>,
	tx: Tx,
): Promise<Adopted> {
	const { draft } = state;
	const number = typed.trim();
	const slug = policySlug(number, draft.title);
	if (!slug || number === '') return { refused: 'number_wanted' };
	const place = await placeOf(draft.city, tx);
	const address = workAddress(place, slug);
	const { instrument, title, language, sample } = draft;
	const policy = { id: workId, address, place, instrument, number, title, language, sample };
	// Two who record one draft under two numbers at once: the second finds it recorded.
	await hold('adoption.shelve', tx, workId);
	const { rows } = await sql`select from library_work where id = ${workId}`.execute(tx);
	if (rows.length > 0) return { refused: 'adopted_before' };
	const work = await settleWork(policy, by, world, tx);
	// Another policy is counted so already.
	if (!work.made) return { refused: 'number_taken' };
	// A town may count from 1; a number alone says to nobody what it is of.
	const cited = number.length < SHORTEST_SOURCE ? `${title}, ${number}` : number;
	const said = { source: vote === null ? cited : `${cited}, ${vote}`, sourceAddress: null, note: null };
	await shelve(work.id, state, { day: adopted, source: said.source }, by, world, tx);
	await addFact(work.id, { ...said, kind: 'adopted', day: adopted }, by, world, tx);
	if (inForce !== null) await addFact(work.id, { ...said, kind: 'in_force', day: inForce }, by, world, tx);
	if (tellsSources) await tellSources(work.id, state, cited, by, world, tx);
	return { address };
}

async function placeOf(city: string, tx: Tx): Promise<Pick<Place, 'id' | 'kind' | 'stateCode' | 'slug'>> {
	const { rows } = await sql<Pick<Place, 'id' | 'kind' | 'stateCode' | 'slug'>>`
		select id, kind, state_code as "stateCode", slug from place where id = ${city}`.execute(tx);
	if (!rows[0]) throw new Error(`A draft is of ${city}, which is no place.`);
	return rows[0];
}

async function shelve(
	workId: string,
	{ provisions, blanks, answers, draft }: State,
	{ day, source }: { readonly day: Day; readonly source: string },
	by: string,
	world: Pick<World, 'clock' | 'random' | 'queue'>,
	tx: Tx,
): Promise<void> {
	const text = clean(filled(provisions, blanks, answers, draft.language));
	await addVersion(
		workId,
		{
			...{ day, language: draft.language, official: true, title: draft.title, format: 'text' },
			reading: { ...text, title: draft.title, profile: null, why: [], amendments: [], problems: [] },
			source: { name: source, sha256: null, address: null, retrieved: null, blobId: null },
			...{ comesAlong: false, corrected: true, by, id: null },
		},
		world,
		tx,
	);
}

async function tellSources(
	workId: string,
	{ draft, sources }: State,
	source: string,
	by: string,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<void> {
	for (const { address } of sources) {
		const other = address.slice(0, address.lastIndexOf('/'));
		const kind = other === draft.amends ? 'amends' : 'modelled_on';
		await addRelation(workId, { kind, other, source, sourceAddress: null }, by, world, tx);
	}
}
