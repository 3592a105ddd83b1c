import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { ACCESS } from '#access/actor.ts';
import { mailboxOf, type Planting } from './canaries.ts';

const NOBODY = '';

/** An account with every way to sign in that there is, a session and a key, with a canary wherever they hold words. `person`: its id. */
export function signingIn(person: string): Planting[] {
	const now = new Date();
	return [
		{
			...{ table: 'access_user', as: ACCESS, canaries: { id: NOBODY, name: NOBODY, email: NOBODY } },
			rest: { email: mailboxOf('access_user', 'email'), created_at: now, updated_at: now },
		},
		{
			...{ table: 'access_account', as: ACCESS, canaries: { password: NOBODY } },
			rest: { user_id: person, updated_at: now },
		},
		{
			...{ table: 'access_session', as: ACCESS, canaries: { id: NOBODY, seat_id: NOBODY } },
			rest: {
				...{ token: 'c'.repeat(64), user_id: person, second: true, created_at: now, updated_at: now },
				expires_at: new Date(now.getTime() + 3_600_000),
			},
		},
		{
			...{ table: 'access_verification', as: ACCESS, canaries: { id: NOBODY } },
			rest: { kind: 'sign_in', expires_at: new Date(now.getTime() + 3_600_000) },
		},
		{
			...{ table: 'access_two_factor', as: ACCESS, canaries: { secret: NOBODY, backup_codes: NOBODY } },
			rest: { user_id: person, created_at: now },
		},
		{
			...{ table: 'access_passkey', as: ACCESS },
			canaries: { id: NOBODY, name: NOBODY, public_key: NOBODY, credential_id: NOBODY, transports: NOBODY },
			rest: { user_id: person, counter: 0, created_at: now },
		},
		{
			...{ table: 'access_key', as: ACCESS, canaries: { name: NOBODY } },
			rest: {
				...{ id: randomUUID(), token: 'd'.repeat(64), user_id: person, opens: 'change', counsel: true, made_at: now },
				seat_id: sql`(select id from coalition_seat where ended_at is null order by id limit 1)`,
				expires_at: new Date(now.getTime() + 3_600_000),
			},
		},
		{ table: 'access_attempt', as: ACCESS, canaries: { key: NOBODY }, rest: { began_at: now, count: 1 } },
	];
}
