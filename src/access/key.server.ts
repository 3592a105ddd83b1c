import { type Day, dayAt } from '#kernel/day.ts';
import { isUuid } from '#kernel/uuid.ts';
import type { Tx, World } from '#platform/world.ts';
import { ACCESS } from './actor.ts';
import { KEY_DAYS, KEY_MARK, type KeyLine, type Opens } from './key.ts';
import { within } from './limit.server.ts';
import { newToken, tokenHash } from './once.server.ts';

/** Keys of one person: more than they have programs. */
const MOST_KEYS = 20;
const LONGEST_NAME = 60;
/**
 * Wrong keys from one network address. No number of guesses finds 256 bits; this is so that a program gone wild costs little. The
 * right key of a neighbour behind the same address works on.
 */
const WRONG = { kind: 'wrong key by address', most: 60, minutes: 60 };
const A_DAY = 86_400_000;

/** What somebody asks for. `days`: one of `KEY_DAYS`. */
export interface NewKey {
	readonly name: string;
	/** Id of a seat that the person holds: the caller has seen to it. */
	readonly seat: string;
	readonly opens: Opens;
	readonly counsel: boolean;
	readonly days: number;
}

/**
 * Makes a key and gives its id and what the program has to say, which nobody can read again: the database knows only its hash.
 * `name`: it has no letters, `days`: it would last longer than it may, `many`: the person has enough. `tx` acts as `ACCESS`, as
 * in all of this file.
 */
export async function makeKey(
	person: string,
	{ name, seat, opens, counsel, days }: NewKey,
	{ clock, random }: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<{ readonly id: string; readonly key: string } | 'name' | 'days' | 'many'> {
	const now = clock.now();
	const called = name.replaceAll(/[\s\p{C}]+/gu, ' ').trim();
	if (!/[\p{L}\p{N}]/u.test(called) || called.length > LONGEST_NAME) return 'name';
	if (!KEY_DAYS.some((one) => one === days)) return 'days';
	// Two at once are counted one after the other.
	await tx.selectFrom('access_user').select('id').where('id', '=', person).forUpdate().execute();
	await tx.deleteFrom('access_key').where('user_id', '=', person).where('expires_at', '<=', now).execute();
	if ((await keysOf(person, tx)).length >= MOST_KEYS) return 'many';
	const key = KEY_MARK + newToken({ random });
	const id = random.uuid();
	await tx
		.insertInto('access_key')
		.values({
			...{ id, token: tokenHash(key), user_id: person, seat_id: seat, name: called, opens, counsel, made_at: now },
			expires_at: new Date(now.getTime() + days * A_DAY),
		})
		.execute();
	return { id, key };
}

/** The keys of a person, the newest first. */
export async function keysOf(person: string, tx: Tx): Promise<KeyLine[]> {
	const rows = await tx
		.selectFrom('access_key')
		.select(['id', 'name', 'seat_id as seat', 'opens', 'counsel', 'expires_at as expires', 'used_on as used'])
		.where('user_id', '=', person)
		.orderBy('made_at', 'desc')
		.execute();
	return rows.map(({ opens, ...row }) => ({ ...row, opens: opens as Opens }));
}

/** Revokes a key of a person: from the next request on it opens nothing. Gives the seat it was of; null where it is not theirs. */
export async function endKey(person: string, id: string, tx: Tx): Promise<string | null> {
	if (!isUuid(id)) return null;
	const ended = await tx
		.deleteFrom('access_key')
		.where('id', '=', id)
		.where('user_id', '=', person)
		.returning('seat_id')
		.executeTakeFirst();
	return ended?.seat_id ?? null;
}

/** Revokes every key of a person, and gives their ids and seats. */
export async function endKeys(
	person: string,
	tx: Tx,
): Promise<readonly { readonly id: string; readonly seat: string }[]> {
	return tx.deleteFrom('access_key').where('user_id', '=', person).returning(['id', 'seat_id as seat']).execute();
}

/** What a key opens that a program says; null where there is none such, or it expired. Notes the day of its use, once a day. */
export async function keyOf(
	key: string,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<(Pick<KeyLine, 'seat' | 'opens' | 'counsel'> & { readonly person: string }) | null> {
	const now = clock.now();
	const today: Day = dayAt(now);
	const row = await tx
		.selectFrom('access_key')
		.select(['id', 'user_id', 'seat_id', 'opens', 'counsel', 'used_on'])
		.where('token', '=', tokenHash(key))
		.where('expires_at', '>', now)
		.executeTakeFirst();
	if (!row) return null;
	if (row.used_on !== today)
		await tx.updateTable('access_key').set({ used_on: today }).where('id', '=', row.id).execute();
	return { person: row.user_id, seat: row.seat_id, opens: row.opens as Opens, counsel: row.counsel };
}

/** Counts a wrong key from a network address; `wait`: too many. */
export async function wrongKey(address: string, world: Pick<World, 'db' | 'clock' | 'keys'>): Promise<'no' | 'wait'> {
	return world.db.as(ACCESS, async (tx) => ((await within(WRONG, address, world, tx)) ? 'no' : 'wait'));
}
