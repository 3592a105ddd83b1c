import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { Tx, World } from '#platform/world.ts';
import { base32, stepOf } from './totp.server.ts';

/** Bytes of a secret: as many as SHA-1 gives (RFC 4226, 4). */
const SECRET_BYTES = 20;
/** Codes on paper: enough for years of lost telephones. */
const CODES = 10;
/** Characters of one, of 31 that are not mistaken for each other: 49 bits, behind a limit of tries. */
const CODE_LENGTH = 10;
const CODE_SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';
const IV_BYTES = 12;
const TAG_BYTES = 16;

type Needs = Pick<World, 'clock' | 'random' | 'keys'>;

/** What an app is given, by a picture or by hand. */
export interface AppSecret {
	/** In base 32. */
	readonly typed: string;
	/** `otpauth://` address. */
	readonly uri: string;
}

/**
 * Makes or shows again the secret of an authenticator app that a person is about to add; one that works already stays as it
 * is until `confirmApp`. `tx` acts as `ACCESS`, as in all of this file.
 */
export async function beginApp(person: string, email: string, world: Needs, tx: Tx): Promise<AppSecret | 'there'> {
	const known = await row(person, tx);
	if (known?.verified_at) return 'there';
	const secret = known ? opened(known.secret, world) : world.random.bytes(SECRET_BYTES);
	if (!known)
		await tx
			.insertInto('access_two_factor')
			.values({ user_id: person, secret: sealed(secret, world), created_at: world.clock.now() })
			.execute();
	const typed = base32(secret);
	const label = encodeURIComponent(`City Compact:${email}`);
	return { typed, uri: `otpauth://totp/${label}?secret=${typed}&issuer=City%20Compact` };
}

/** Takes the first code of a new app and gives the codes on paper, which are shown this once; null where the code is wrong. */
export async function confirmApp(person: string, code: string, world: Needs, tx: Tx): Promise<string[] | null> {
	const known = await row(person, tx);
	if (!known || known.verified_at) return null;
	if (!(await verifyTotp(person, code, world, tx))) return null;
	await tx
		.updateTable('access_two_factor')
		.set({ verified_at: world.clock.now() })
		.where('user_id', '=', person)
		.execute();
	return newCodes(person, world, tx);
}

/** Whether a code is that of the person's app now. No code is taken twice. */
export async function verifyTotp(person: string, code: string, world: Needs, tx: Tx): Promise<boolean> {
	const known = await row(person, tx);
	if (!known) return false;
	const step = stepOf(code.replace(/\s/g, ''), opened(known.secret, world), world.clock.now(), known.last_step);
	if (step === null) return false;
	const taken = await tx
		.updateTable('access_two_factor')
		.set({ last_step: step })
		.where('user_id', '=', person)
		.where('last_step', '<', step)
		.executeTakeFirst();
	return taken.numUpdatedRows === 1n;
}

/** Whether a person's app was confirmed: only then its codes open anything. */
export async function hasApp(person: string, tx: Tx): Promise<boolean> {
	return Boolean((await row(person, tx))?.verified_at);
}

/** New codes on paper instead of all earlier ones. */
export async function newCodes(person: string, world: Needs, tx: Tx): Promise<string[]> {
	const codes = Array.from({ length: CODES }, () => codeOf(world));
	await tx
		.updateTable('access_two_factor')
		.set({ backup_codes: codes.map((code) => keyed(code, world)) })
		.where('user_id', '=', person)
		.execute();
	return codes;
}

/** Takes one of the codes on paper, once. */
export async function useCode(person: string, code: string, world: Needs, tx: Tx): Promise<boolean> {
	const hash = keyed(code, world);
	const used = await tx
		.updateTable('access_two_factor')
		.set((e) => ({ backup_codes: e.fn<string[]>('array_remove', ['backup_codes', e.val(hash)]) }))
		.where('user_id', '=', person)
		.where('verified_at', 'is not', null)
		.where((e) => e(e.val(hash), '=', e.fn.any('backup_codes')))
		.executeTakeFirst();
	return used.numUpdatedRows === 1n;
}

/** Forgets the app and its codes on paper. */
export async function dropApp(person: string, tx: Tx): Promise<void> {
	await tx.deleteFrom('access_two_factor').where('user_id', '=', person).execute();
}

async function row(person: string, tx: Tx) {
	return tx.selectFrom('access_two_factor').selectAll().where('user_id', '=', person).forUpdate().executeTakeFirst();
}

function codeOf({ random }: Pick<World, 'random'>): string {
	let code = '';
	// Bytes above the largest multiple of 31 would make some signs likelier than others.
	while (code.length < CODE_LENGTH)
		for (const byte of random.bytes(CODE_LENGTH))
			if (byte < 248 && code.length < CODE_LENGTH) code += CODE_SIGNS[byte % CODE_SIGNS.length];
	return `${code.slice(0, 5)}-${code.slice(5)}`;
}

/** As people type it: with or without the dash, in any case. */
function keyed(code: string, { keys }: Pick<World, 'keys'>): string {
	const plain = code.toLowerCase().replace(/[^a-z0-9]/g, '');
	return createHmac('sha256', keys.of('codes on paper')).update(plain).digest('base64url');
}

function sealed(secret: Uint8Array, { keys, random }: Pick<World, 'keys' | 'random'>): string {
	const iv = random.bytes(IV_BYTES);
	const cipher = createCipheriv('aes-256-gcm', keys.of('authenticator apps'), iv);
	const body = Buffer.concat([cipher.update(secret), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
}

function opened(text: string, { keys }: Pick<World, 'keys'>): Uint8Array {
	const bytes = Buffer.from(text, 'base64');
	const decipher = createDecipheriv('aes-256-gcm', keys.of('authenticator apps'), bytes.subarray(0, IV_BYTES));
	decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
	return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}
