import { beforeEach, describe, expect, test } from 'vitest';
import { createAccount } from '#access/account.server.ts';
import { ACCESS } from '#access/actor.ts';
import { beginApp, confirmApp } from '#access/app.server.ts';
import { within } from '#access/limit.server.ts';
import { addPasskey, askForPasskey, askToAddPasskey } from '#access/passkey.server.ts';
import { setPassword } from '#access/password.server.ts';
import { sessionOf } from '#access/session.server.ts';
import type { Session } from '#access/session.ts';
import { type SignIn, withBoth, withPasskey, withPassword, withSecond } from '#access/sign-in.server.ts';
import { codeAt, stepAt } from '#access/totp.server.ts';
import { behind } from '#coalition/acting.server.ts';
import type { Tx } from '#platform/world.ts';
import { testDatabase } from '../database.ts';
import { authenticator } from './authenticator.ts';
import { bytesOf } from './base32.ts';

const here = await testDatabase();
const { world } = here;
const as = <T>(work: (tx: Tx) => Promise<T>) => world.db.as(ACCESS, work);
const ORIGIN = 'https://compact.example.org';
const PASSWORD = 'three plain words';
const START = Date.parse('2026-07-01T12:00:00Z');
let n = 0;

beforeEach(() => {
	// A day later for each test: no limit of one reaches into the next.
	here.now = new Date(START + ++n * 2 * 86_400_000);
});

/** Somebody with password, app, codes on paper and passkey. */
async function equipped() {
	const email = `clerk-${n}-${Math.floor(here.now.getTime() / 1000)}@example.org`;
	const device = authenticator(ORIGIN);
	return as(async (tx) => {
		const id = (await createAccount({ email, name: 'Ana Ruiz', language: 'en' }, world, tx)) ?? '';
		await setPassword(id, PASSWORD, world, tx);
		const begun = await beginApp(id, email, world, tx);
		if (begun === 'there') throw new Error('It is new.');
		const secret = Buffer.from(bytesOf(begun.typed));
		const codes = (await confirmApp(id, codeAt(secret, stepAt(here.now) - 1), world, tx)) ?? [];
		const options = await askToAddPasskey({ id, email, name: 'Ana Ruiz' }, ORIGIN, world, tx);
		await addPasskey(id, device.make(options), 'Phone', ORIGIN, world, tx);
		const code = () => codeAt(secret, stepAt(here.now));
		return { id, email, device, codes, code };
	});
}
const session = async (signed: SignIn | 'over'): Promise<Session> => {
	if (typeof signed === 'string') throw new Error(`Not signed in: ${signed}`);
	const found = await as((tx) => sessionOf(signed.token, world, tx));
	if (!found) throw new Error('There is no session.');
	return found;
};
const begun = (email: string, password = PASSWORD, address = '192.0.2.1') =>
	withPassword({ email, password, address }, world);
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

describe('no first factor alone is more than half a session', () => {
	test('a password is half of it, whatever factors there are besides', async () => {
		const { email } = await equipped();
		const signed = await begun(email);
		expect(await session(signed)).toMatchObject({ email, second: false, seat: null, freshAt: null });
		if (typeof signed === 'string') return;
		expect((await behind(signed.token, world)).actor).toEqual({ role: 'visitor', city: null });
	});

	test('a password with a code of the app, or with one on paper once, is the whole', async () => {
		const { email, code, codes } = await equipped();
		for (const [second, good] of [
			[code(), true],
			[codes[0] ?? '', true],
			[codes[0] ?? '', false],
			[code(), false],
		] as const) {
			const signed = await withSecond(await session(await begun(email)), second, world);
			expect([second, typeof signed !== 'string']).toEqual([second, good]);
			if (good) expect(await session(signed)).toMatchObject({ second: true, freshAt: here.now });
		}
	});

	test('without an app no code opens anything, not even the code of an app that was never confirmed', async () => {
		const email = `half-${n}@example.org`;
		const secret = await as(async (tx) => {
			const id = (await createAccount({ email, name: 'Ana Ruiz', language: 'en' }, world, tx)) ?? '';
			await setPassword(id, PASSWORD, world, tx);
			const app = await beginApp(id, email, world, tx);
			return app === 'there' ? '' : app.typed;
		});
		const half = await session(await begun(email));
		expect(await withSecond(half, codeAt(bytesOf(secret), stepAt(here.now)), world)).toBe('no');
	});

	test('the cookie of the half session is worth nothing once the whole one began', async () => {
		const { email, code } = await equipped();
		const first = await begun(email);
		const whole = await withSecond(await session(first), code(), world);
		if (typeof first === 'string' || typeof whole === 'string') throw new Error('Signed in.');
		expect(whole.token).not.toBe(first.token);
		expect(await as((tx) => sessionOf(first.token, world, tx))).toBeNull();
	});

	test('a passkey that asked its owner is both', async () => {
		const { id, device } = await equipped();
		const options = await as((tx) => askForPasskey(ORIGIN, world, tx));
		const asked = { answer: device.show(options), origin: ORIGIN, address: '192.0.2.1' };
		expect(await session(await withPasskey(asked, null, world))).toMatchObject({ person: id, second: true });
		expect(await withPasskey(asked, null, world)).toBe('no');
	});
});

describe('guessing', () => {
	test('ends a half session after five wrong codes, also for the right one that follows', async () => {
		const { email, code } = await equipped();
		const half = await session(await begun(email));
		const tried: unknown[] = [];
		for (let time = 0; time < 5; time++) tried.push(await withSecond(half, wrong(code()), world));
		expect(tried).toEqual(['no', 'no', 'no', 'no', 'over']);
		expect(await withSecond(half, code(), world)).toBe('over');
	});

	test('second factors is stopped for a day after thirty, across half sessions; a passkey still opens the account', async () => {
		const { email, code, device } = await equipped();
		const outcomes: unknown[] = [];
		for (let round = 0; round < 6; round++) {
			const half = await session(await begun(email));
			for (let time = 0; time < 5; time++) outcomes.push(await withSecond(half, wrong(code()), world));
		}
		expect(outcomes.filter((one) => one === 'wait')).toEqual([]);
		expect(await withSecond(await session(await begun(email)), code(), world)).toBe('wait');
		const options = await as((tx) => askForPasskey(ORIGIN, world, tx));
		const asked = { answer: device.show(options), origin: ORIGIN, address: '192.0.2.9' };
		expect(await session(await withPasskey(asked, null, world))).toMatchObject({ second: true });
	});

	test.each([
		['of one account', 20, (time: number) => ['known', `192.0.2.${time}`]],
		['of an address that has no account', 20, (time: number) => ['nobody@example.org', `192.0.2.${time}`]],
		['from one network address', 60, (time: number) => [`nobody-${time}@example.org`, '198.51.100.1']],
	] as const)('passwords %s is stopped after %i in an hour, and says the same before', async (_, most, who) => {
		const { email } = await equipped();
		const outcomes: unknown[] = [];
		for (let time = 0; time <= most; time++) {
			const [name = '', address = ''] = who(time);
			outcomes.push(await begun(name === 'known' ? email : name, 'not the password', address));
		}
		expect(outcomes).toEqual([...Array.from({ length: most }, () => 'no'), 'wait']);
	});

	test('is counted without keeping of whom, and for a day', async () => {
		const limit = { kind: 'trial', most: 2, minutes: 60 };
		const tries = async () => as((tx) => within(limit, '203.0.113.7', world, tx));
		expect([await tries(), await tries(), await tries()]).toEqual([true, true, false]);
		const held = JSON.stringify(await as((tx) => tx.selectFrom('access_attempt').selectAll().execute()));
		expect(held).not.toContain('203.0.113.7');
		here.now = new Date(here.now.getTime() + 25 * 3_600_000);
		expect(await tries()).toBe(true);
		expect(await as((tx) => tx.selectFrom('access_attempt').select('count').execute())).toEqual([{ count: 1 }]);
	});
});

describe('showing both factors again', () => {
	test('begins a new session in the place of the old, which ends, and keeps the seat', async () => {
		const { email, code, codes, device } = await equipped();
		const now = await session(await withSecond(await session(await begun(email)), code(), world));
		expect(await withBoth(now, { password: 'not the password', code: codes[0] ?? '' }, world)).toBe('no');
		expect(await withBoth(now, { password: PASSWORD, code: wrong(code()) }, world)).toBe('no');
		const seated = { ...now, seat: 'a seat' };
		const next = await session(await withBoth(seated, { password: PASSWORD, code: codes[0] ?? '' }, world));
		expect(next).toMatchObject({ person: now.person, seat: 'a seat', second: true });
		expect(next.id).not.toBe(now.id);
		const options = await as((tx) => askForPasskey(ORIGIN, world, tx));
		const asked = { answer: device.show(options), origin: ORIGIN, address: '192.0.2.1' };
		expect(await session(await withPasskey(asked, next, world))).toMatchObject({ person: now.person, seat: 'a seat' });
	});

	test('is for the same person: the passkey of another does not do', async () => {
		const one = await equipped();
		const now = await session(await withSecond(await session(await begun(one.email)), one.code(), world));
		here.now = new Date(here.now.getTime() + 1000);
		const other = await equipped();
		const options = await as((tx) => askForPasskey(ORIGIN, world, tx));
		const asked = { answer: other.device.show(options), origin: ORIGIN, address: '192.0.2.1' };
		expect(await withPasskey(asked, now, world)).toBe('no');
	});
});
