import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ClientBase } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backup, copy, restore } from '#platform/backup.server.ts';
import { putBlob } from '#platform/blob.server.ts';
import { asOwner, type Ground } from '#platform/ground.server.ts';
import { append } from '#platform/journal.server.ts';
import { addRecipient, newKey, recipients, removeRecipient } from '#platform/recipients.server.ts';
import { emptyDatabase, testDatabase } from '../database.ts';

const here = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'citycompact-backup-'));
const NOW = new Date('2026-07-01T12:00:00Z');
const SYSTEM = { role: 'system', city: null };
const HOUSTON = { role: 'member', city: '4835000' };
const pair = await newKey();
const [sealed, plain] = [join(folder, 'sealed.backup'), join(folder, 'plain.backup')];

beforeAll(async () => {
	const { db } = here.world;
	const file = (owner: string | null, bytes: Uint8Array) => ({
		owner,
		room: 'members' as const,
		bytes,
		mediaType: 'x',
	});
	await db.as(SYSTEM, (tx) => putBlob(file(null, randomBytes(3_000_000)), here.world, tx));
	await db.as(HOUSTON, (tx) => putBlob(file(HOUSTON.city, Buffer.from('its own')), here.world, tx));
	const entry = (subject: string) => ({ noun: 'test', kind: 'made', subject, at: NOW, historic: false });
	await db.as(SYSTEM, (tx) =>
		append(
			Array.from({ length: 1201 }, (_, n) => entry(`${n}`)),
			tx,
		),
	);
	// Values whose text is easily lost: quotes, braces, line ends, null beside the word, text in the C order, an infinite day.
	await here.owner((session) =>
		session.query(
			`insert into watch_review (id, digest, reason, state, agency_ids, sha256, rows)
			 values ('a"b', 'd', E'two\nlines\t\\\\', 'NULL', '{"{x,y}","",null,"\\"q\\""}', 'ü', '{1,null}'), ('B', '', '', '', '{}', '', '{}')`,
		),
	);
	await here.owner((session) =>
		session.query(
			`insert into watch_overrule (id, kind, subject, reason, author, made_at) values (gen_random_uuid(), 'k', '{"a": [1.10, null, "é"]}', 'r', 'a', '2026-01-01 01:02:03.456789+05')`,
		),
	);
	await backup(sealed, [pair.publicKey], here.ground, NOW);
	await backup(plain, null, here.ground, NOW);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every row of every table as one hash each, by the database itself and not by the code under test. */
async function fingerprints(ground: Pick<Ground, 'owner'>): Promise<Record<string, unknown>> {
	return asOwner(ground, async (session: ClientBase) => {
		await session.query(`set compact.role = 'maintenance'`);
		const { rows } = await session.query(
			`select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('migration', 'library_change') order by 1`,
		);
		const found: Record<string, unknown> = {};
		for (const { name } of rows) {
			const rest = name === 'journal' ? `- 'written_in'` : '';
			const sums = await session.query(
				`select count(*)::int as rows, md5(string_agg(h, '' order by h collate "C")) as hash from (select md5((to_jsonb(t) ${rest})::text) as h from "${name}" t) hashes`,
			);
			found[name] = sums.rows[0];
		}
		return found;
	});
}

describe('a backup', () => {
	test('brings back every row of every table and city, encrypted or not', async () => {
		const before = await fingerprints(here.ground);
		expect(before).toMatchObject({ blob: { rows: 2 }, journal: { rows: 1201 }, watch_review: { rows: 2 } });
		for (const [file, key] of [
			[sealed, pair.privateKey],
			[plain, null],
		] as const) {
			const target = await emptyDatabase();
			const { tables } = await restore(file, key, target);
			expect(await fingerprints(target)).toEqual(before);
			expect(tables.find((table) => table.table === 'journal')?.rows).toBe(1201);
		}
	});

	test('is copied the same way straight into another database, where the journal goes on counting', async () => {
		const target = await emptyDatabase();
		await copy(here.ground, target, NOW);
		expect(await fingerprints(target)).toEqual(await fingerprints(here.ground));
		const next = await asOwner(target, async (session) => {
			await session.query(`set compact.role = 'maintenance'`);
			const { rows } = await session.query(
				`insert into journal (at, room, noun, kind, subject) values (now(), 'public', 'n', 'k', 's') returning position`,
			);
			return Number(rows[0].position);
		});
		expect(next).toBe(1202);
	});

	test('can be read by its owner only, and replaces no file', async () => {
		for (const file of [sealed, plain]) expect(statSync(file).mode & 0o777).toBe(0o600);
		const before = createHash('sha256').update(readFileSync(plain)).digest('hex');
		await expect(backup(plain, null, here.ground, NOW)).rejects.toThrow('exists already');
		expect(createHash('sha256').update(readFileSync(plain)).digest('hex')).toBe(before);
	});

	test('that is encrypted shows nothing and opens with the private key only', async () => {
		expect(readFileSync(sealed).subarray(0, 21).toString()).toBe('age-encryption.org/v1');
		const stranger = await newKey();
		const target = await emptyDatabase();
		await expect(restore(sealed, null, target)).rejects.toThrow('--key FILE');
		await expect(restore(sealed, stranger.privateKey, target)).rejects.toThrow('does not open the backup');
	});

	test('fills an empty database only', async () => {
		await expect(restore(plain, null, here.ground)).rejects.toThrow(/not empty .* nothing was changed/);
	});

	test.each([
		['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 2000)],
		[
			'changed in one place',
			(bytes: Buffer) =>
				Buffer.concat([bytes.subarray(0, 900_000), Buffer.from([(bytes[900_000] ?? 0) ^ 1]), bytes.subarray(900_001)]),
		],
	])('that was %s changes nothing', async (_, spoil) => {
		for (const [file, key] of [
			[sealed, pair.privateKey],
			[plain, null],
		] as const) {
			const spoiled = join(folder, 'spoiled');
			writeFileSync(spoiled, spoil(readFileSync(file)));
			const target = await emptyDatabase();
			await expect(restore(spoiled, key, target)).rejects.toThrow('damaged or cut short');
			const left = Object.values(await fingerprints(target));
			expect(left.every((table) => (table as { rows: number }).rows === 0)).toBe(true);
		}
	});

	test('whose rows do not add up to what it says is refused, though it can be read', async () => {
		const { gzipSync } = await import('node:zlib');
		const text = gunzipSync(readFileSync(plain))
			.toString()
			.replace('"its own"', '"its own"')
			.replace(/\["a\\"b",/, '["a\\"c",');
		const forged = join(folder, 'forged');
		writeFileSync(forged, gzipSync(text));
		await expect(restore(forged, null, await emptyDatabase())).rejects.toThrow('damaged or cut short');
	});

	test('of a newer City Compact is refused', async () => {
		const { gzipSync } = await import('node:zlib');
		const [head = '', ...rest] = gunzipSync(readFileSync(plain)).toString().split('\n');
		const { header } = JSON.parse(head);
		header.migrations.push({ number: 9999, name: 'later', sha256: 'f'.repeat(64) });
		const newer = join(folder, 'newer');
		writeFileSync(newer, gzipSync([JSON.stringify({ header }), ...rest].join('\n')));
		await expect(restore(newer, null, await emptyDatabase())).rejects.toThrow('newer City Compact (9999_later');
	});

	test('is told from any other file', async () => {
		const other = join(folder, 'other');
		copyFileSync(new URL('../../package.json', import.meta.url), other);
		await expect(restore(other, null, await emptyDatabase())).rejects.toThrow('is no backup of City Compact');
	});
});

describe('the keys of backups', () => {
	test('are public ones, kept once, and can be taken out again', async () => {
		addRecipient(folder, pair.publicKey);
		addRecipient(folder, pair.publicKey);
		expect(recipients(folder)).toEqual([pair.publicKey]);
		removeRecipient(folder, pair.publicKey);
		expect(recipients(folder)).toEqual([]);
	});

	test.each([
		['a private key', pair.privateKey, 'never belongs on the server'],
		['a slip of the pen', pair.publicKey.replace(/.$/, (end) => (end === 'q' ? 'p' : 'q')), 'no public age key'],
		['a word', 'hello', 'no public age key'],
	])('do not take %s', (_, key, sentence) => {
		expect(() => addRecipient(folder, key)).toThrow(sentence);
	});
});
