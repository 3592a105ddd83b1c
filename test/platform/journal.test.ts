import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { BLOB_LIMIT_BYTES, getBlob, putBlob } from '#platform/blob.server.ts';
import { append, entriesAfter } from '#platform/journal.server.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { db } = here.world;
const SYSTEM = { role: 'system', city: null };
const HOUSTON = { role: 'member', city: '4835000' };

function entry(subject: string) {
	return { noun: 'test', kind: 'made', subject, at: here.now, historic: false };
}

describe('the journal', () => {
	test('keeps entries in the order they were given, and reads on from the last', async () => {
		await db.as(SYSTEM, (tx) => append(['a', 'b', 'c'].map(entry), tx));
		const first = await db.as(SYSTEM, (tx) => entriesAfter(0, 2, tx));
		expect(first).toMatchObject([
			{ subject: 'a', owner: null, room: 'public', at: here.now, historic: false },
			{ subject: 'b' },
		]);
		const rest = await db.as(SYSTEM, (tx) => entriesAfter(first[1]?.position ?? 0, 9, tx));
		expect(rest.map((one) => one.subject)).toEqual(['c']);
	});

	test('shows nothing that an entry of an older, still open transaction could come before', async () => {
		const start = (await db.as(SYSTEM, (tx) => entriesAfter(0, 99, tx))).at(-1)?.position ?? 0;
		const seen = async () => (await db.as(SYSTEM, (tx) => entriesAfter(start, 9, tx))).map((one) => one.subject);
		let finish = () => {};
		const open = new Promise<void>((resolve) => {
			finish = resolve;
		});
		let began = () => {};
		const begun = new Promise<void>((resolve) => {
			began = resolve;
		});
		const slow = db.as(SYSTEM, async (tx) => {
			await append([entry('slow')], tx);
			began();
			await open;
		});
		await begun;
		await db.as(SYSTEM, (tx) => append([entry('quick')], tx));
		expect(await seen()).toEqual([]);
		finish();
		await slow;
		expect(await seen()).toEqual(['slow', 'quick']);
	});

	test('shows a city only what is its own or everybody’s', async () => {
		await db.as(HOUSTON, (tx) => append([{ ...entry('own'), owner: HOUSTON.city, room: 'city' }], tx));
		const seen = async (acting: { role: string; city: string | null }) =>
			(await db.as(acting, (tx) => entriesAfter(0, 99, tx))).map((one) => one.subject);
		expect(await seen(HOUSTON)).toContain('own');
		for (const other of [SYSTEM, { role: 'member', city: '2507000' }]) expect(await seen(other)).not.toContain('own');
	});
});

describe('bytes', () => {
	const file = (owner: string | null, room: 'public' | 'members' | 'city', text: string) => ({
		owner,
		room,
		bytes: Buffer.from(text),
		mediaType: 'text/plain',
	});

	test('come back as they went in, with their hash', async () => {
		const id = await db.as(SYSTEM, (tx) => putBlob(file(null, 'public', 'hello'), here.world, tx));
		const found = await db.as(SYSTEM, (tx) => getBlob(id, tx));
		expect(Buffer.from(found.bytes).toString()).toBe('hello');
		expect(found.sha256).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
	});

	test('are kept once for one owner and room, and again for any other', async () => {
		const put = (acting: { role: string; city: string | null }, owner: string | null, room: 'members' | 'city') =>
			db.as(acting, (tx) => putBlob(file(owner, room, 'same'), here.world, tx));
		const ids = [
			await put(SYSTEM, null, 'members'),
			await put(SYSTEM, null, 'members'),
			await put(HOUSTON, HOUSTON.city, 'members'),
			await put(HOUSTON, HOUSTON.city, 'city'),
		];
		expect(new Set(ids).size).toBe(3);
		expect(ids[0]).toBe(ids[1]);
	});

	test('put at the same moment by two are kept once', async () => {
		const ids = await Promise.all(
			[1, 2, 3].map(() => db.as(SYSTEM, (tx) => putBlob(file(null, 'city', 'race'), here.world, tx))),
		);
		expect(new Set(ids).size).toBe(1);
	});

	test('above 50 MB are refused', async () => {
		const huge = { ...file(null, 'public', ''), bytes: new Uint8Array(BLOB_LIMIT_BYTES + 1) };
		await expect(db.as(SYSTEM, (tx) => putBlob(huge, here.world, tx))).rejects.toThrow('larger than 50 MB');
	});

	test('cannot be stored under a hash that is not theirs', async () => {
		const forged = db.as(SYSTEM, (tx) =>
			sql`insert into blob (room, sha256, bytes, media_type, size, created_at) values ('public', ${'0'.repeat(64)}, 'x', 'x', 1, now())`.execute(
				tx,
			),
		);
		await expect(forged).rejects.toThrow('check constraint');
	});
});
