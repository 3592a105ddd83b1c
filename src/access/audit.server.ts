import { sql } from 'kysely';
import { type Day, dayAt } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Act } from './act.ts';
import type { Actor } from './actor.ts';
import { seal } from './chain.ts';

/** Something a person did. */
export interface Done {
	readonly actor: Actor;
	readonly action: Act;
	/** Kind and id of what it was done to, as `seat:` and its id; never a name, which could not be erased. */
	readonly subject: string;
	/** OCD id of the city whose room keeps the trace, `matter:` and an id, or null for the coalition. */
	readonly owner: string | null;
	/** Left out: the city's own room, or the stewards'. */
	readonly room?: 'city' | 'counsel' | 'joint';
	/** What says who somebody is, by lower-case name: kept apart, so that it can be erased. The account of the actor is added. */
	readonly personal?: Readonly<Record<string, string>>;
}

/** As a hash has: more than anybody can try. */
const SALT_BYTES = 32;
const FIELD = /^[a-z][a-z_]*$/;

/**
 * Appends to the chain of the owner's room in the caller's transaction, so that the trace exists exactly when the act does.
 * A transaction for the coalition or for sign-in may leave a trace with any city, one of a city only with that city. The
 * chain is held to the end of the transaction: who records in two chains begins with the coalition's.
 */
export async function record(
	{ actor, action, subject, owner, room = 'city', personal = {} }: Done,
	{ clock, random }: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<void> {
	const said = { ...personal, ...(actor.person ? { person: actor.person } : {}) };
	const fields = Object.entries(said)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([field, value]) => {
			if (!FIELD.test(field)) throw new Error(`${field} cannot be the name of a personal field.`);
			return { field, value, salt: Buffer.from(random.bytes(SALT_BYTES)).toString('hex') };
		});
	const seals = fields.map(({ field, value, salt }) => `${field}:${seal(field, value, salt)}`).join(' ');
	await sql`select audit_append(${owner}, ${room}, ${clock.now()}, ${action}, ${subject}, ${actor.role},
		${actor.seat ?? null}, ${seals}, ${JSON.stringify(fields)}::jsonb)`.execute(tx);
}

/**
 * Erases the personal fields of entries before a day in the actor's own city room (without a city: the stewards'), under a retention schedule that was adopted,
 * and leaves a trace of that. The chain still holds. Gives the number of fields.
 */
export async function eraseNames(
	{ before, under }: { readonly before: Day; readonly under: string },
	actor: Actor,
	world: Pick<World, 'db' | 'clock' | 'random'>,
): Promise<number> {
	if (under.trim() === '') throw new Invalid('Name the retention schedule under which names are erased.');
	const now = world.clock.now();
	if (before > dayAt(now)) throw new Invalid(`${before} has not come yet. Name a day that has.`);
	return world.db.as(actor, async (tx) => {
		const erased = await sql`
			update audit_personal p set value = null, salt = null, erased_at = ${now}, erased_under = ${under.trim()}
			from audit_entry e
			where e.chain_id = p.chain_id and e.position = p.position and p.value is not null and p.room = 'city'
				and p.owner_city is not distinct from ${actor.city} and e.at < ${before}::date at time zone 'UTC'`.execute(tx);
		await record({ actor, action: 'audit_erased', subject: `before:${before}`, owner: actor.city }, world, tx);
		return Number(erased.numAffectedRows ?? 0);
	});
}
