import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPostmaster } from '#platform/postmaster.server.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/citycompact.js');
const folder = mkdtempSync(join(tmpdir(), 'citycompact-serve-'));
// The database runs as a user without rights where the tests run as root: it has to get in.
chmodSync(folder, 0o711);

interface Run {
	readonly child: ChildProcess;
	readonly said: { out: string; err: string };
	readonly end: Promise<number | null>;
}

function citycompact(line: string, settings: Readonly<Record<string, string>> = {}): Run {
	const child = spawn(process.execPath, [PROGRAM, ...line.split(' ')], {
		env: { ...process.env, COMPACT_DATA: folder, PORT: '0', npm_lifecycle_event: undefined, ...settings },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const said = { out: '', err: '' };
	child.stdout.on('data', (text) => {
		said.out += text;
	});
	child.stderr.on('data', (text) => {
		said.err += text;
	});
	return { child, said, end: once(child, 'close').then(([code]) => code) };
}

let server: Run;
let origin = '';

beforeAll(async () => {
	server = citycompact('serve');
	const ended = server.end.then(() => {
		throw new Error(server.said.err);
	});
	while (!server.said.out.includes('\n'))
		await Promise.race([once(server.child.stdout as NonNullable<ChildProcess['stdout']>, 'data'), ended]);
	origin = /http:\/\/\S+/.exec(server.said.out)?.[0] ?? '';
	ended.catch(() => undefined);
}, 180_000);

afterAll(async () => {
	server.child.kill('SIGKILL');
	await server.end;
	rmSync(folder, { recursive: true, force: true });
});

test('the line with the address is the only one on standard output, and true when it stands there', async () => {
	expect((await fetch(origin)).status).toBe(200);
	expect(server.said.out).toMatch(/^City Compact is at http:\/\/localhost:\d+\n$/);
});

test('a port that is taken is said, with the remedy', async () => {
	const second = citycompact('serve', { PORT: new URL(origin).port });
	expect(await second.end).toBe(6);
	expect(second.said.err).toMatch(/^Port \d+ is taken.*PORT=\d+ npm start\n$/);
});

test.each([
	['HOST', '203.0.113.9', /HOST=203\.0\.113\.9 is no address of this machine/],
	['PORT', 'many', /PORT must be a number/],
])('%s=%s stops with a sentence', async (name, value, sentence) => {
	const run = citycompact('serve', { [name]: value });
	expect(await run.end).toBe(5);
	expect(run.said.err).toMatch(sentence);
});

test('a command joins the database of the running server', async () => {
	const run = citycompact('watch events --format json');
	expect(await run.end).toBe(0);
	expect(JSON.parse(run.said.out).length).toBeGreaterThan(5);
});

test('a reader that has seen enough ends a command quietly', async () => {
	const run = citycompact('watch events --format json');
	run.child.stdout?.once('data', () => run.child.stdout?.destroy());
	expect([await run.end, run.said.err]).toEqual([0, '']);
});

test('what nobody understands ends with 2 and a suggestion', async () => {
	const run = citycompact('watch evnts');
	expect(await run.end).toBe(2);
	expect(run.said).toMatchObject({ out: '', err: expect.stringContaining('Did you mean `citycompact watch events`?') });
});

test('told to stop, the server ends well and takes its database along', async () => {
	const asked = fetch(`${origin}/watch`);
	expect((await asked).status).toBe(200);
	server.child.kill('SIGTERM');
	expect(await server.end).toBe(0);
	expect(findPostmaster(join(folder, 'pgdata'))).toBeNull();
	await expect(fetch(origin)).rejects.toThrow();
});
