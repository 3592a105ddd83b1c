import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { accountOf, changeAddress, createAccount, dropFactors, factorsOf, personOf } from '#access/account.server.ts';
import { ACCESS } from '#access/actor.ts';
import { beginApp, confirmApp, dropApp, hasApp, newCodes, useCode, verifyTotp } from '#access/app.server.ts';
import {
	addPasskey,
	askForPasskey,
	askToAddPasskey,
	dropPasskey,
	passkeysOf,
	personOfPasskey,
} from '#access/passkey.server.ts';
import { matches, setPassword } from '#access/password.server.ts';
import { passwordFault } from '#access/password.ts';
import { base32, codeAt, stepAt, stepOf } from '#access/totp.server.ts';
import type { Tx } from '#platform/world.ts';
import { testDatabase } from '../database.ts';
import { authenticator, type Lies } from './authenticator.ts';

const here = await testDatabase();
const { world } = here;
const as = <T>(work: (tx: Tx) => Promise<T>) => world.db.as(ACCESS, work);
const ORIGIN = 'https://compact.example.org';
const NOW = new Date('2026-07-01T12:00:00Z');
let n = 0;
const someone = async () => {
	const email = `clerk-${++n}@example.org`;
	const id = await as((tx) => createAccount({ email, name: 'Ana Ruiz', language: 'es' }, world, tx));
	return { id: id ?? '', email, name: 'Ana Ruiz' };
};

beforeEach(() => {
	here.now = NOW;
});

describe('codes of an app', () => {
	/** RFC 6238, appendix B: the last six of its eight digits, SHA-1. */
	const SECRET = Buffer.from('12345678901234567890');
	test.each([
		[59, '287082'],
		[1111111109, '081804'],
		[1111111111, '050471'],
		[1234567890, '005924'],
		[2000000000, '279037'],
		[20000000000, '353130'],
	])('at second %i the standard says %s', (seconds, code) => {
		const at = new Date(seconds * 1000);
		expect(codeAt(SECRET, stepAt(at))).toBe(code);
		expect(stepOf(code, SECRET, at, 0)).toBe(stepAt(at));
	});

	test.each([
		['', ''],
		['f', 'MY'],
		['fo', 'MZXQ'],
		['foobar', 'MZXW6YTBOI'],
	])('RFC 4648 writes "%s" as "%s"', (text, written) => expect(base32(Buffer.from(text))).toBe(written));

	test('a code is taken once, half a minute early or late, and only after the app was confirmed', async () => {
		const person = await someone();
		const begun = await as((tx) => beginApp(person.id, person.email, world, tx));
		if (begun === 'there') throw new Error('It is new.');
		expect(begun.uri).toBe(
			`otpauth://totp/City%20Compact%3A${encodeURIComponent(person.email)}?secret=${begun.typed}&issuer=City%20Compact`,
		);
		expect(await as((tx) => beginApp(person.id, person.email, world, tx))).toEqual(begun);
		expect(await as((tx) => hasApp(person.id, tx))).toBe(false);
		const secret = bytesOf(begun.typed);
		const code = (steps: number) => codeAt(secret, stepAt(NOW) + steps);
		expect(await as((tx) => confirmApp(person.id, '000000', world, tx))).toBeNull();
		expect(await as((tx) => confirmApp(person.id, code(0), world, tx))).toHaveLength(10);
		expect(await as((tx) => beginApp(person.id, person.email, world, tx))).toBe('there');
		for (const [step, good] of [
			[0, false],
			[-1, false],
			[2, false],
			[1, true],
			[1, false],
		] as const)
			expect([step, await as((tx) => verifyTotp(person.id, code(step), world, tx))]).toEqual([step, good]);
		await as((tx) => dropApp(person.id, tx));
		here.now = new Date(NOW.getTime() + 60_000);
		expect(await as((tx) => verifyTotp(person.id, code(2), world, tx))).toBe(false);
	});

	test('the database holds neither the secret nor a code on paper; each is good once, however it is typed', async () => {
		const person = await someone();
		const begun = await as((tx) => beginApp(person.id, person.email, world, tx));
		if (begun === 'there') throw new Error('It is new.');
		const codes = await as((tx) => confirmApp(person.id, codeAt(bytesOf(begun.typed), stepAt(NOW)), world, tx));
		const [first = '', second = ''] = codes ?? [];
		const held = JSON.stringify(await as((tx) => tx.selectFrom('access_two_factor').selectAll().execute()));
		for (const secret of [
			begun.typed,
			Buffer.from(bytesOf(begun.typed)).toString('base64'),
			first,
			first.replace('-', ''),
		])
			expect(held).not.toContain(secret);
		const use = (code: string) => as((tx) => useCode(person.id, code, world, tx));
		expect([await use(first.toUpperCase().replace('-', ' ')), await use(first), await use('')]).toEqual([
			true,
			false,
			false,
		]);
		expect((await as((tx) => factorsOf(person.id, tx))).codes).toBe(9);
		await as((tx) => newCodes(person.id, world, tx));
		expect(await use(second)).toBe(false);
	});
});

describe('a password', () => {
	const account = { email: 'clerk@example.org', name: 'Ana Ruiz' };
	test.each([
		['too short', 'short'],
		['x'.repeat(201), 'long'],
		['aaaaaaaabbbbb', 'plain'],
		['clerk@example.org', 'own'],
		['Clerk-example-org', 'own'],
		['Ana Ruiz Ana Ruiz 1', 'own'],
		['three plain words', null],
		['contraseña larga', null],
	])('%s: %s', (password, fault) => expect(passwordFault(password, account)).toBe(fault));

	test('any text is judged', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (password, name) => {
				expect([null, 'short', 'long', 'plain', 'own']).toContain(
					passwordFault(password, { email: `${name}@x.org`, name }),
				);
			}),
		);
	});

	test('is kept as Argon2id only, and compared in one way of writing letters', async () => {
		const person = await someone();
		expect(await as((tx) => setPassword(person.id, 'short', world, tx))).toBe('short');
		expect(await as((tx) => setPassword(person.id, 'contrase\u00f1a larga', world, tx))).toBe('set');
		const stored = await as((tx) =>
			tx.selectFrom('access_account').select('password').where('user_id', '=', person.id).executeTakeFirstOrThrow(),
		);
		expect(stored.password).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
		expect(await matches(stored.password, 'contrasen\u0303a larga', world)).toBe(true);
		expect(await matches(stored.password, 'contraseña Larga', world)).toBe(false);
		expect(await matches(null, 'contraseña larga', world)).toBe(false);
	});
});

describe('a passkey', () => {
	const added = async (lies: Lies = {}) => {
		const person = await someone();
		const device = authenticator(ORIGIN);
		const options = await as((tx) => askToAddPasskey(person, ORIGIN, world, tx));
		const outcome = await as((tx) => addPasskey(person.id, device.make(options, lies), 'Phone', ORIGIN, world, tx));
		return { person, device, outcome, options };
	};

	test('that asked its owner is taken and signs its owner in, again and again', async () => {
		const { person, device, outcome } = await added();
		expect(outcome).toBe('added');
		expect(await as((tx) => factorsOf(person.id, tx))).toMatchObject({
			enough: true,
			password: false,
			passkeys: [{ name: 'Phone' }],
		});
		for (let time = 0; time < 2; time++) {
			const options = await as((tx) => askForPasskey(ORIGIN, world, tx));
			expect(await as((tx) => personOfPasskey(device.show(options), ORIGIN, world, tx))).toBe(person.id);
		}
	});

	test.each<[string, Lies]>([
		['did not ask its owner', { verified: false }],
		['was made for another site', { site: 'evil.example' }],
		['was asked by another origin', { origin: 'https://evil.example' }],
		['answers another question', { challenge: 'AAAA' }],
	])('that %s is not taken', async (_, lies) => {
		expect((await added(lies)).outcome).toBe('refused');
	});

	test.each<[string, Lies]>([
		['did not ask its owner', { verified: false }],
		['answers for another site', { site: 'evil.example' }],
		['was asked by another origin', { origin: 'https://evil.example' }],
		['answers another question', { challenge: 'AAAA' }],
		['counts backwards: it was copied', { counter: 1 }],
		['signs with another key', { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }],
	])('that %s signs nobody in', async (_, lies) => {
		const { device } = await added();
		const options = await as((tx) => askForPasskey(ORIGIN, world, tx));
		expect(await as((tx) => personOfPasskey(device.show(options, lies), ORIGIN, world, tx))).toBeNull();
	});

	test('answers a question once, within five minutes, and the question it was asked', async () => {
		const { person, device, options: adding } = await added();
		const options = await as((tx) => askForPasskey(ORIGIN, world, tx));
		const answer = device.show(options);
		expect(await as((tx) => personOfPasskey(answer, ORIGIN, world, tx))).toBe(person.id);
		expect(await as((tx) => personOfPasskey(answer, ORIGIN, world, tx))).toBeNull();
		expect(await as((tx) => personOfPasskey(device.show(adding), ORIGIN, world, tx))).toBeNull();
		const late = await as((tx) => askForPasskey(ORIGIN, world, tx));
		here.now = new Date(NOW.getTime() + 5 * 60_000);
		expect(await as((tx) => personOfPasskey(device.show(late), ORIGIN, world, tx))).toBeNull();
	});

	test('is added by whom the question was for, and taken away by its owner', async () => {
		const { person, device } = await added();
		const other = await someone();
		const options = await as((tx) => askToAddPasskey(other, ORIGIN, world, tx));
		expect(await as((tx) => addPasskey(person.id, device.make(options), 'Mine', ORIGIN, world, tx))).toBe('refused');
		const [key] = await as((tx) => passkeysOf(person.id, tx));
		expect(await as((tx) => dropPasskey(other.id, key?.id ?? '', tx))).toBe(false);
		expect(await as((tx) => dropPasskey(person.id, key?.id ?? '', tx))).toBe(true);
		expect((await as((tx) => factorsOf(person.id, tx))).enough).toBe(false);
	});

	test('any answer is judged, none breaks anything', async () => {
		await fc.assert(
			fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (answer) => {
				expect(await as((tx) => personOfPasskey(answer, ORIGIN, world, tx))).toBeNull();
				expect(await as((tx) => addPasskey('nobody', answer, '', ORIGIN, world, tx))).toBe('refused');
			}),
			{ numRuns: 30 },
		);
	});
});

describe('an account', () => {
	test('has an address to itself, in lower case, and another once that is proved', async () => {
		const one = await someone();
		const other = await someone();
		const again = await as((tx) =>
			createAccount({ email: one.email.toUpperCase(), name: 'B', language: 'en' }, world, tx),
		);
		expect(again).toBeNull();
		expect(await as((tx) => changeAddress(one.id, other.email, world, tx))).toBe(false);
		expect(await as((tx) => changeAddress(one.id, `New-${one.email}`, world, tx))).toBe(true);
		expect(await as((tx) => accountOf(one.id, tx))).toEqual({
			email: `new-${one.email}`,
			name: 'Ana Ruiz',
			language: 'es',
		});
		expect([await as((tx) => personOf(one.email, tx)), await as((tx) => personOf(`NEW-${one.email}`, tx))]).toEqual([
			null,
			one.id,
		]);
	});

	test('is not signed in to with a password alone, nor after its factors were taken away', async () => {
		const { id } = await someone();
		await as((tx) => setPassword(id, 'three plain words', world, tx));
		expect(await as((tx) => factorsOf(id, tx))).toEqual({
			password: true,
			app: false,
			codes: 0,
			passkeys: [],
			enough: false,
		});
		await as((tx) => dropFactors(id, tx));
		expect((await as((tx) => factorsOf(id, tx))).password).toBe(false);
	});
});

function bytesOf(text: string): Uint8Array {
	const bits = [...text]
		.map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
		.join('');
	return Uint8Array.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
