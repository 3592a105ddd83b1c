import {
	type AuthenticationResponseJSON,
	generateAuthenticationOptions,
	generateRegistrationOptions,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON,
	type RegistrationResponseJSON,
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Tx, World } from '#platform/world.ts';

/** Minutes that a question to a passkey may be answered. */
const ASKED = 5;
/** The longest answer of a browser that is read: keys and signatures take two thousand characters. */
const LONGEST_ANSWER = 20_000;
/** Passkeys of one person: a telephone, a computer, a key in a drawer, and then some. */
const MOST = 20;
const LONGEST_NAME = 60;

type Needs = Pick<World, 'clock' | 'random'>;

export interface PasskeyLine {
	readonly id: string;
	readonly name: string;
	readonly added: Date;
	readonly used: Date | null;
}

/** What a browser needs to make a passkey for a person. `origin`: of the site. `tx` acts as `ACCESS`, as in all of this file. */
export async function askToAddPasskey(
	person: { readonly id: string; readonly email: string; readonly name: string },
	origin: string,
	world: Needs,
	tx: Tx,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
	const known = await tx
		.selectFrom('access_passkey')
		.select(['credential_id', 'transports'])
		.where('user_id', '=', person.id)
		.execute();
	const options = await generateRegistrationOptions({
		rpName: 'City Compact',
		rpID: new URL(origin).hostname,
		userID: new TextEncoder().encode(person.id),
		userName: person.email,
		userDisplayName: person.name,
		attestationType: 'none',
		excludeCredentials: known.map(({ credential_id }) => ({ id: credential_id })),
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
		challenge: new Uint8Array(world.random.bytes(32)),
	});
	await asked(options.challenge, 'add', person.id, world, tx);
	return options;
}

/** Keeps the passkey that a browser made. Only one that asked its owner (a finger, a face, a PIN) is taken. */
export async function addPasskey(
	person: string,
	answer: string,
	name: string,
	origin: string,
	world: Needs,
	tx: Tx,
): Promise<'added' | 'refused' | 'many'> {
	const response = read(answer) as RegistrationResponseJSON | null;
	const challenge = response && (await answered(response, 'add', person, world, tx));
	if (!response || !challenge) return 'refused';
	const { count } = await tx
		.selectFrom('access_passkey')
		.select((e) => e.fn.countAll<string>().as('count'))
		.where('user_id', '=', person)
		.executeTakeFirstOrThrow();
	if (Number(count) >= MOST) return 'many';
	const checked = await verifyRegistrationResponse({
		response,
		expectedChallenge: challenge,
		expectedOrigin: origin,
		expectedRPID: new URL(origin).hostname,
		requireUserVerification: true,
	}).catch(() => null);
	if (!checked?.verified) return 'refused';
	const { credential } = checked.registrationInfo;
	const added = await tx
		.insertInto('access_passkey')
		.values({
			id: world.random.uuid(),
			user_id: person,
			name: name.trim().slice(0, LONGEST_NAME) || 'Passkey',
			public_key: Buffer.from(credential.publicKey),
			credential_id: credential.id,
			counter: credential.counter,
			created_at: world.clock.now(),
		})
		.onConflict((on) => on.doNothing())
		.executeTakeFirst();
	return added.numInsertedOrUpdatedRows === 1n ? 'added' : 'refused';
}

/** What a browser needs to sign somebody in whom we do not know yet: it names no account. */
export async function askForPasskey(
	origin: string,
	world: Needs,
	tx: Tx,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
	const options = await generateAuthenticationOptions({
		rpID: new URL(origin).hostname,
		userVerification: 'required',
		challenge: new Uint8Array(world.random.bytes(32)),
	});
	await asked(options.challenge, 'sign_in', null, world, tx);
	return options;
}

/**
 * The person whose passkey answered; null where the answer is not good. A passkey that asked its owner is two factors:
 * something they have, and something they know or are (NIST SP 800-63B, 5.1.9).
 */
export async function personOfPasskey(answer: string, origin: string, world: Needs, tx: Tx): Promise<string | null> {
	const response = read(answer) as AuthenticationResponseJSON | null;
	const challenge = response && (await answered(response, 'sign_in', null, world, tx));
	if (!response || !challenge) return null;
	const known = await tx
		.selectFrom('access_passkey')
		.selectAll()
		.where('credential_id', '=', String(response.id))
		.forUpdate()
		.executeTakeFirst();
	if (!known) return null;
	const checked = await verifyAuthenticationResponse({
		response,
		expectedChallenge: challenge,
		expectedOrigin: origin,
		expectedRPID: new URL(origin).hostname,
		requireUserVerification: true,
		credential: {
			id: known.credential_id,
			publicKey: new Uint8Array(known.public_key),
			counter: Number(known.counter),
		},
	}).catch(() => null);
	if (!checked?.verified || !checked.authenticationInfo.userVerified) return null;
	await tx
		.updateTable('access_passkey')
		.set({ counter: checked.authenticationInfo.newCounter, last_used_at: world.clock.now() })
		.where('id', '=', known.id)
		.execute();
	return known.user_id;
}

/** Passkeys of a person, the newest first. */
export async function passkeysOf(person: string, tx: Tx): Promise<PasskeyLine[]> {
	const rows = await tx
		.selectFrom('access_passkey')
		.select(['id', 'name', 'created_at', 'last_used_at'])
		.where('user_id', '=', person)
		.orderBy('created_at', 'desc')
		.execute();
	return rows.map((row) => ({ id: row.id, name: row.name, added: row.created_at, used: row.last_used_at }));
}

/** Takes a passkey of a person away; false where it is not theirs. */
export async function dropPasskey(person: string, id: string, tx: Tx): Promise<boolean> {
	const dropped = await tx
		.deleteFrom('access_passkey')
		.where('id', '=', id)
		.where('user_id', '=', person)
		.executeTakeFirst();
	return dropped.numDeletedRows === 1n;
}

async function asked(
	challenge: string,
	kind: 'sign_in' | 'add',
	person: string | null,
	{ clock }: Needs,
	tx: Tx,
): Promise<void> {
	const now = clock.now();
	await tx.deleteFrom('access_verification').where('expires_at', '<=', now).execute();
	await tx
		.insertInto('access_verification')
		.values({ id: challenge, kind, user_id: person, expires_at: new Date(now.getTime() + ASKED * 60_000) })
		.execute();
}

/** The challenge that an answer names, if we asked it and nobody answered yet. It is spent whatever comes of it. */
async function answered(
	response: { readonly response?: { readonly clientDataJSON?: unknown } },
	kind: 'sign_in' | 'add',
	person: string | null,
	{ clock }: Needs,
	tx: Tx,
): Promise<string | null> {
	const said = read(Buffer.from(String(response.response?.clientDataJSON ?? ''), 'base64url').toString());
	const challenge = (said as { challenge?: unknown } | null)?.challenge;
	if (typeof challenge !== 'string') return null;
	const spent = await tx
		.deleteFrom('access_verification')
		.where('id', '=', challenge)
		.where('kind', '=', kind)
		.where('user_id', person === null ? 'is' : '=', person)
		.returning('expires_at')
		.executeTakeFirst();
	return spent && spent.expires_at > clock.now() ? challenge : null;
}

function read(text: string): object | null {
	if (text.length > LONGEST_ANSWER) return null;
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' ? value : null;
	} catch {
		return null;
	}
}
