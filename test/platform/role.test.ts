import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { putBlob } from '#platform/blob.server.ts';
import { openDatabase } from '#platform/database.server.ts';
import { type Ground, groundAt, prepare } from '#platform/ground.server.ts';
import { openEmbedded } from '#platform/postgres.server.ts';

/** Where Debian keeps its PostgreSQL 15; on other machines only the embedded one is tried. */
const OLDEST = '/usr/lib/postgresql/15/bin';
const SERVERS = [
	['the embedded PostgreSQL', undefined],
	...(existsSync(OLDEST) ? [['PostgreSQL 15', OLDEST] as const] : []),
] as const;
if (!existsSync(OLDEST)) console.log('No PostgreSQL 15 here: DATABASE_URL is tried on the embedded one only.');

const SYSTEM = { role: 'system', city: null };
const VISITOR = { role: 'visitor', city: null };
const clock = { clock: { now: () => new Date('2026-07-01T12:00:00Z') } };

describe.each(SERVERS)('%s at a DATABASE_URL', async (_, programs) => {
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-role-'));
	const server = await openEmbedded({ folder, programs, notice: () => undefined });
	const admin = new pg.Client(server.connection('postgres', 'postgres'));
	await admin.connect();
	// The launcher made the app's role for its own database; here a stranger's server is wanted.
	await admin.query('drop role compact_app');
	afterAll(async () => {
		await admin.end();
		await server.close();
		rmSync(folder, { recursive: true, force: true });
	});

	async function freshGround(rights: string): Promise<Ground> {
		const name = `n${randomBytes(5).toString('hex')}`;
		await admin.query(`create role ${name} login ${rights}`);
		await admin.query(`create database ${name} owner ${name}`);
		const { host, port } = server.connection(name);
		return groundAt(`postgres://${name}@localhost:${port}/${name}?host=${host}`);
	}

	async function whoAndWhatIsSeen(ground: Ground) {
		const { role } = await prepare(ground);
		const db = openDatabase({ connection: ground.app, role, sessions: 2 });
		try {
			await db.as(SYSTEM, (tx) =>
				putBlob({ owner: null, room: 'city', bytes: Buffer.from('x'), mediaType: 'x' }, clock, tx),
			);
			return await db.as(VISITOR, async (tx) => {
				const { rows } = await sql<{ acts: string; seen: number }>`
					select current_user::text as acts, (select count(*) from blob) as seen`.execute(tx);
				return rows[0];
			});
		} finally {
			await db.close();
		}
	}

	test('whose owner may neither make nor take on the role of the app is held by forced walls alone', async () => {
		const ground = await freshGround('');
		const found = await whoAndWhatIsSeen(ground);
		expect(found).toEqual({ acts: ground.owner().connectionString?.split('//')[1]?.split('@')[0], seen: 0 });
	});

	test('whose owner may read past walls and not take on the role is refused', async () => {
		await expect(prepare(await freshGround('bypassrls'))).rejects.toThrow('may read past row-level security');
	});

	test('whose owners make the role at the same moment, for several databases, all act as it', async () => {
		const grounds: Ground[] = [];
		for (const rights of ['createrole', 'createrole', 'superuser']) grounds.push(await freshGround(rights));
		const found = await Promise.allSettled(grounds.map(whoAndWhatIsSeen));
		const acting = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
		expect(acting).toHaveLength(3);
		for (const one of acting) expect(one?.seen).toBe(0);
		expect(acting.filter((one) => one?.acts === 'compact_app').length).toBeGreaterThan(0);
	});

	test('whose role of the app stands above the walls is refused', async () => {
		const ground = await freshGround('superuser');
		await admin.query('alter role compact_app bypassrls');
		await expect(prepare(ground)).rejects.toThrow('alter role compact_app nosuperuser nobypassrls');
		await admin.query('alter role compact_app nobypassrls');
	});

	test('that is not there is said with the remedy', async () => {
		const { host } = server.connection('x');
		await expect(groundAt(`postgres://nobody@localhost/none?host=${host}`)).rejects.toThrow(
			/does not let us in \(28000\)/,
		);
		await expect(groundAt('postgres://u@127.0.0.1:1/none')).rejects.toThrow(/ECONNREFUSED.* See that it runs/);
		await expect(groundAt('postgres://u@h/d?options=-c%20role%3Dx')).rejects.toThrow('must not carry "options"');
	});
});
