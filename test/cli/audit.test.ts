import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { audit } from '#cli/audit.ts';
import type { Args, Verb } from '#cli/command.ts';
import type { Io } from '#cli/io.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'citycompact-audit-'));
const kept = { ...process.env };
const clerk: Actor = { role: 'member', city: 'quiet-town', person: 'p1', seat: 's1' };

beforeAll(async () => {
	const { host, port, user, database } = here.ground.owner();
	process.env.DATABASE_URL = `postgres://${user}@localhost:${port}/${database}?host=${host}`;
	process.env.COMPACT_DATA = folder;
	for (const subject of ['seat:1', 'seat:2']) {
		await here.world.db.as(clerk, (tx) =>
			record(
				{ actor: clerk, action: 'seat_opened', subject, owner: clerk.city, personal: { name: 'Ana Reyes' } },
				here.world,
				tx,
			),
		);
	}
});
afterAll(() => {
	for (const name of ['DATABASE_URL', 'COMPACT_DATA']) {
		if (kept[name] === undefined) delete process.env[name];
		else process.env[name] = kept[name];
	}
	rmSync(folder, { recursive: true, force: true });
});

async function run(name: string, options: Readonly<Record<string, string>> = {}): Promise<string> {
	let written = '';
	const io = {
		write: async (text: string) => {
			written += text;
		},
		say: () => undefined,
		world: async () => here.world,
	} as unknown as Io;
	const args: Args = { operands: [], text: (option) => options[option], all: () => [], has: () => false };
	await (audit.verbs.find((verb) => verb.name === name) as Verb).run(args, io);
	return written;
}

test('a check says how much holds and notes the ends, and nothing of what is in them', async () => {
	const said = await run('verify');
	expect(said).toBe(`All hold: 1 chain, 2 entries. The ends are noted in ${join(folder, 'audit-heads')}.\n`);
	const noted = readFileSync(join(folder, 'audit-heads'), 'utf8');
	expect(noted).toMatch(/^[0-9a-f-]{36} 2 [0-9a-f]{64}\n$/);
	expect(said + noted).not.toMatch(/quiet-town|Ana|seat/);
});

test('a check fails with the chain and the entry once the database no longer holds what was noted', async () => {
	const heads = join(folder, 'elsewhere');
	await run('verify', { heads });
	const [id] = readFileSync(heads, 'utf8').split(' ');
	writeFileSync(heads, `${id} 2 ${'0'.repeat(64)}\n`);
	const failed = run('verify', { heads });
	await expect(failed).rejects.toMatchObject({ name: 'Invalid' });
	await expect(failed).rejects.toThrow(`Chain ${id}: entry 2 is not the one that was noted at an earlier check.`);
	await expect(failed).rejects.not.toThrow(/quiet-town|Ana/);
	expect(readFileSync(heads, 'utf8')).toContain('000000');
});

test('a file that no check wrote is not overwritten', async () => {
	const heads = join(folder, 'notes.txt');
	writeFileSync(heads, 'Dear clerk,\n');
	await expect(run('verify', { heads })).rejects.toThrow('is not what `audit verify` writes');
	expect(readFileSync(heads, 'utf8')).toBe('Dear clerk,\n');
});

test('erasing needs a day and a schedule', async () => {
	await expect(run('erase', { before: '2026-01-01' })).rejects.toThrow('--under');
	await expect(run('erase', { before: 'then', under: 'Item 4' })).rejects.toThrow('--before');
	expect(await run('erase', { before: '2026-01-01', under: 'Item 4' })).toBe(
		'0 fields of entries before 2026-01-01 were erased.\n',
	);
});
