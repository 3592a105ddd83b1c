import type { Tx, World } from '#platform/world.ts';
import { newToken, tokenHash } from './once.server.ts';
import { isSampleAddress } from './sample.ts';
import type { Session } from './session.ts';

/** Hours without a request after which a session ends: a working day at a desk, not a night. */
const IDLE = 12;
/** Days after which a session ends however much it is used. */
const ABSOLUTE = 14;
/** Minutes that somebody has to show the second factor. */
const HALF = 10;
/** Minutes that a session of the sample lasts: enough to look round. */
const SAMPLE = 60;
/** Minutes between two notes of use: a session that is read a hundred times is not written a hundred times. */
const NOTED = 5;
const MINUTE = 60_000;

/** What the account page shows of a session. Where and with what somebody signed in is not known. */
export interface SessionLine {
	readonly id: string;
	readonly began: Date;
	readonly used: Date;
	readonly seat: string | null;
}

/**
 * Begins a session and gives what the cookie says; the database knows only its hash. `second`: both factors were shown; only then it may have a seat. `sample`: nobody showed any, and the session is short and never fresh. `tx`
 * acts as `ACCESS`, as in all of this file.
 */
export async function beginSession(
	person: string,
	second: boolean,
	{ clock, random }: Pick<World, 'clock' | 'random'>,
	tx: Tx,
	{ seat = null, sample = false }: { readonly seat?: string | null; readonly sample?: boolean } = {},
): Promise<string> {
	const now = clock.now();
	const token = newToken({ random });
	await tx.deleteFrom('access_session').where('expires_at', '<=', now).execute();
	await tx
		.insertInto('access_session')
		.values({
			id: random.uuid(),
			token: tokenHash(token),
			user_id: person,
			second,
			seat_id: seat,
			fresh_at: second && !sample ? now : null,
			expires_at: new Date(now.getTime() + (sample ? SAMPLE : second ? ABSOLUTE * 24 * 60 : HALF) * MINUTE),
			created_at: now,
			updated_at: now,
		})
		.execute();
	return token;
}

/** The session of a cookie; null where there is none, or it ended. Notes now and then that it was used. */
export async function sessionOf(token: string, { clock }: Pick<World, 'clock'>, tx: Tx): Promise<Session | null> {
	const now = clock.now();
	const row = await tx
		.selectFrom('access_session as s')
		.innerJoin('access_user as u', 'u.id', 's.user_id')
		.select(['s.id', 's.user_id', 's.seat_id', 's.second', 's.fresh_at', 's.updated_at', 'u.name', 'u.email'])
		.where('s.token', '=', tokenHash(token))
		.where('s.expires_at', '>', now)
		.where('s.updated_at', '>', new Date(now.getTime() - IDLE * 60 * MINUTE))
		.executeTakeFirst();
	if (!row) return null;
	if (now.getTime() - row.updated_at.getTime() >= NOTED * MINUTE)
		await tx.updateTable('access_session').set({ updated_at: now }).where('id', '=', row.id).execute();
	return {
		id: row.id,
		person: row.user_id,
		name: row.name,
		email: row.email,
		seat: row.seat_id,
		second: row.second,
		freshAt: row.fresh_at,
		sample: isSampleAddress(row.email),
	};
}

/** Chooses the seat that a session acts under; whether the person holds it is for the caller to see. */
export async function useSeat(session: string, seat: string | null, tx: Tx): Promise<void> {
	await tx
		.updateTable('access_session')
		.set({ seat_id: seat })
		.where('id', '=', session)
		.where('second', '=', true)
		.execute();
}

/** Sessions of a person that last, the newest first. */
export async function sessionsOf(person: string, { clock }: Pick<World, 'clock'>, tx: Tx): Promise<SessionLine[]> {
	const now = clock.now();
	const rows = await tx
		.selectFrom('access_session')
		.select(['id', 'created_at', 'updated_at', 'seat_id'])
		.where('user_id', '=', person)
		.where('second', '=', true)
		.where('expires_at', '>', now)
		.where('updated_at', '>', new Date(now.getTime() - IDLE * 60 * MINUTE))
		.orderBy('created_at', 'desc')
		.execute();
	return rows.map((row) => ({ id: row.id, began: row.created_at, used: row.updated_at, seat: row.seat_id }));
}

/** Ends one session of a person; nothing where it is not theirs. */
export async function endSession(person: string, session: string, tx: Tx): Promise<void> {
	await tx.deleteFrom('access_session').where('id', '=', session).where('user_id', '=', person).execute();
}

/** Ends all sessions of a person, but for one where that is given. */
export async function endSessions(person: string, but: string | null, tx: Tx): Promise<void> {
	let ending = tx.deleteFrom('access_session').where('user_id', '=', person);
	if (but !== null) ending = ending.where('id', '!=', but);
	await ending.execute();
}
