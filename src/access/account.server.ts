import type { Tx, World } from '#platform/world.ts';
import { hasApp } from './app.server.ts';
import { type PasskeyLine, passkeysOf } from './passkey.server.ts';

export interface NewAccount {
	/** As `readMailbox` gives it. */
	readonly email: string;
	readonly name: string;
	readonly language: 'en' | 'es';
}

/** With what a person can sign in. */
export interface Factors {
	readonly password: boolean;
	/** An authenticator app that was confirmed. */
	readonly app: boolean;
	/** Codes on paper that were not used. */
	readonly codes: number;
	readonly passkeys: readonly PasskeyLine[];
	/** Whether they can sign in at all: with a passkey, or with a password and an app. */
	readonly enough: boolean;
}

/**
 * Makes an account without any factor: nobody can sign in to it yet. Gives its id; null where the address has one. Whoever
 * calls this has seen that the address is theirs. `tx` acts as `ACCESS`, as in all of this file.
 */
export async function createAccount(
	{ email, name, language }: NewAccount,
	{ clock, random }: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<string | null> {
	const now = clock.now();
	const made = await tx
		.insertInto('access_user')
		.values({ id: random.uuid(), email: email.toLowerCase(), name, language, created_at: now, updated_at: now })
		.onConflict((on) => on.doNothing())
		.returning('id')
		.executeTakeFirst();
	return made?.id ?? null;
}

/** The account of an address; null where there is none. */
export async function personOf(email: string, tx: Tx): Promise<string | null> {
	const found = await tx
		.selectFrom('access_user')
		.select('id')
		.where('email', '=', email.toLowerCase())
		.executeTakeFirst();
	return found?.id ?? null;
}

/** Name, address and language of an account; null where it is gone. */
export async function accountOf(person: string, tx: Tx): Promise<NewAccount | null> {
	const found = await tx
		.selectFrom('access_user')
		.select(['email', 'name', 'language'])
		.where('id', '=', person)
		.executeTakeFirst();
	return found ? { ...found, language: found.language === 'es' ? 'es' : 'en' } : null;
}

/** Gives an account another address, which somebody proved to be theirs; false where another account has it. */
export async function changeAddress(
	person: string,
	email: string,
	{ clock }: Pick<World, 'clock'>,
	tx: Tx,
): Promise<boolean> {
	if ((await personOf(email, tx)) !== null) return false;
	await tx
		.updateTable('access_user')
		.set({ email: email.toLowerCase(), updated_at: clock.now() })
		.where('id', '=', person)
		.execute();
	return true;
}

export async function factorsOf(person: string, tx: Tx): Promise<Factors> {
	const stored = await tx
		.selectFrom('access_account')
		.select('user_id')
		.where('user_id', '=', person)
		.executeTakeFirst();
	const app = await hasApp(person, tx);
	const paper = await tx
		.selectFrom('access_two_factor')
		.select('backup_codes')
		.where('user_id', '=', person)
		.executeTakeFirst();
	const passkeys = await passkeysOf(person, tx);
	const password = stored !== undefined;
	return {
		password,
		app,
		codes: paper?.backup_codes.length ?? 0,
		passkeys,
		enough: passkeys.length > 0 || (password && app),
	};
}

/** Takes every factor of a person away, ends their sessions and revokes their keys: after a loss, before new ones are made. */
export async function dropFactors(person: string, tx: Tx): Promise<void> {
	await tx.deleteFrom('access_passkey').where('user_id', '=', person).execute();
	await tx.deleteFrom('access_two_factor').where('user_id', '=', person).execute();
	await tx.deleteFrom('access_account').where('user_id', '=', person).execute();
	await tx.deleteFrom('access_session').where('user_id', '=', person).execute();
	await tx.deleteFrom('access_key').where('user_id', '=', person).execute();
}
