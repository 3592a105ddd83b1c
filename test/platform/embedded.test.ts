import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { databaseAccount } from '#platform/account.server.ts';
import { embeddedBinaries, nativeFolder } from '#platform/binaries.server.ts';
import { openDatabase } from '#platform/database.server.ts';
import { APP_ROLE, type Embedded, type EmbeddedOptions, OWNER_ROLE, openEmbedded } from '#platform/postgres.server.ts';
import { findPostmaster, stopPostmaster } from '#platform/postmaster.server.ts';
import { holder, launch } from './holder-process.ts';

const root = process.getuid?.() === 0;
const linux = process.platform === 'linux';
const folders: string[] = [];
const opened: Embedded[] = [];

function folder(): string {
	const made = mkdtempSync(join(tmpdir(), 'citycompact-embedded-'));
	folders.push(made);
	return made;
}

async function open(at: string, options: Partial<EmbeddedOptions> = {}): Promise<Embedded> {
	const embedded = await openEmbedded({ folder: at, notice: () => undefined, ...options });
	opened.push(embedded);
	return embedded;
}

async function ask(embedded: Embedded, text: string, role = OWNER_ROLE): Promise<Record<string, unknown>[]> {
	const session = new pg.Client(embedded.connection(role));
	session.on('error', () => undefined);
	await session.connect();
	try {
		return (await session.query(text)).rows;
	} finally {
		await session.end();
	}
}

afterEach(async () => {
	for (const embedded of opened.splice(0)) await embedded.close();
	for (const made of folders.splice(0)) {
		const pgdata = placeOf(made);
		if (findPostmaster(pgdata)) await stopPostmaster(pgdata);
		if (!pgdata.startsWith(made)) rmSync(join(pgdata, '..'), { recursive: true, force: true });
		rmSync(made, { recursive: true, force: true, maxRetries: 20, retryDelay: 10 });
	}
});

function placeOf(at: string): string {
	const pointer = join(at, 'pgdata.path');
	return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(at, 'pgdata');
}

describe('the embedded database', () => {
	test('is made at the first start, kept at the second, and stopped by the last to leave', async () => {
		const at = folder();
		const first = await open(at);
		await ask(first, 'create table kept as select 7 as n');
		const second = await open(at);
		await first.close();
		expect(await ask(second, 'select n from kept')).toEqual([{ n: 7 }]);
		await second.close();
		expect(findPostmaster(join(at, 'pgdata'))).toBeNull();
		expect(await ask(await open(at), 'select n from kept')).toEqual([{ n: 7 }]);
	});

	test('sorts by its own C.UTF-8 and writes every transaction through to the disk', async () => {
		const [row] = await ask(
			await open(folder()),
			`select datlocprovider as provider, datlocale as locale, current_setting('fsync') as fsync, current_setting('data_directory_mode') as mode
			 from pg_database where datname = current_database()`,
		);
		expect(row).toEqual({ provider: 'b', locale: 'C.UTF-8', fsync: 'on', mode: '0700' });
	});

	test.runIf(linux)('listens nowhere but on a socket that only its account can reach', async () => {
		const at = folder();
		const [row] = await ask(await open(at), `select current_setting('listen_addresses') as listens`);
		expect(row).toEqual({ listens: '' });
		expect(statSync(join(at, 'run')).mode & 0o777).toBe(0o700);
		expect(statSync(join(at, 'run', '.s.PGSQL.5432')).mode & 0o777).toBe(0o700);
	});

	test('writes no error, statement or parameter to its log, in files that begin anew each week', async () => {
		const at = folder();
		const embedded = await open(at);
		await expect(ask(embedded, `select 'canary-4870'::integer`)).rejects.toThrow('canary-4870');
		await embedded.close();
		const log = join(at, 'pgdata', 'log');
		const text = readdirSync(log)
			.map((name) => readFileSync(join(log, name), 'utf8'))
			.join('\n');
		expect(readdirSync(log)).toContainEqual(expect.stringMatching(/^postgresql-(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.log$/));
		expect(text).toContain('ready to accept connections');
		expect(text).not.toContain('canary');
	});
});

describe('after an accident', () => {
	test('a process killed with -9 leaves a database that the next one uses and stops', async () => {
		const at = folder();
		const killed = await holder(at);
		await killed.kill();
		const left = findPostmaster(join(at, 'pgdata'));
		expect(left).not.toBeNull();
		const next = await open(at);
		expect(findPostmaster(join(at, 'pgdata'))?.pid).toBe(left?.pid);
		await next.close();
		expect(findPostmaster(join(at, 'pgdata'))).toBeNull();
	});

	test('a database killed with -9 comes back under the sessions that need it', async () => {
		const at = folder();
		const embedded = await open(at);
		await ask(embedded, `create table kept as select 7 as n`);
		await ask(embedded, `grant select on kept to ${APP_ROLE}`);
		const db = openDatabase({ connection: () => embedded.connection(APP_ROLE), sessions: 2, revive: embedded.revive });
		const read = () =>
			db.as(
				{ role: 'visitor', city: null },
				async (tx) => (await sql<{ n: number }>`select n from kept`.execute(tx)).rows,
			);
		expect(await read()).toEqual([{ n: 7 }]);
		const before = findPostmaster(join(at, 'pgdata'))?.pid ?? 0;
		process.kill(before, 'SIGKILL');
		while (findPostmaster(join(at, 'pgdata'))?.pid === before) await new Promise((resolve) => setTimeout(resolve, 5));
		await embedded.revive();
		expect(await read()).toEqual([{ n: 7 }]);
		expect(findPostmaster(join(at, 'pgdata'))?.pid).not.toBe(before);
		await db.close();
	});

	test.runIf(linux)('a pid file of a zombie or of another program counts for nothing', async () => {
		const at = folder();
		await (await open(at)).close();
		// The shell's child ends at once; the shell becomes a program that never asks after it.
		const shell = spawn('/bin/sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
		const [line] = await once(shell.stdout, 'data');
		const zombie = Number(String(line));
		while (!/^\d+ \(sleep\) Z/.test(readFileSync(`/proc/${zombie}/stat`, 'utf8')))
			await new Promise((resolve) => setTimeout(resolve, 5));
		for (const pid of [zombie, process.pid]) {
			writeFileSync(
				join(at, 'pgdata', 'postmaster.pid'),
				`${pid}\n${join(at, 'pgdata')}\n1\n5432\n${join(at, 'run')}\n\n\nready   \n`,
			);
			expect(findPostmaster(join(at, 'pgdata'))).toBeNull();
			const embedded = await open(at);
			expect(await ask(embedded, 'select 1 as n')).toEqual([{ n: 1 }]);
			await embedded.close();
		}
		shell.kill('SIGKILL');
	});

	test('a first start cut short at any moment is made good by the next', async () => {
		const at = folder();
		for (const moment of [0, 100, 200, 350]) {
			rmSync(join(at, 'pgdata'), { recursive: true, force: true });
			const { child, ended } = launch(at);
			while (!existsSync(join(at, 'lock')) || readdirSync(at).length < 2)
				await new Promise((resolve) => setTimeout(resolve, 2));
			await new Promise((resolve) => setTimeout(resolve, moment));
			child.kill('SIGKILL');
			await ended;
			const embedded = await open(at);
			expect(await ask(embedded, 'select current_user as name')).toEqual([{ name: OWNER_ROLE }]);
			expect(readdirSync(at).filter((name) => name.includes('.new-'))).toEqual([]);
			await embedded.close();
		}
	}, 60_000);

	test('four processes that start at once share one database', async () => {
		const at = folder();
		const holders = await Promise.all([1, 2, 3, 4].map(() => holder(at)));
		const running = findPostmaster(join(at, 'pgdata'));
		expect(running).not.toBeNull();
		await Promise.all(holders.slice(1).map((one) => one.leave()));
		expect(findPostmaster(join(at, 'pgdata'))).toEqual(running);
		await holders[0]?.leave();
		expect(findPostmaster(join(at, 'pgdata'))).toBeNull();
	}, 60_000);
});

describe('a data folder', () => {
	test.each([
		['newer', '99', /made by PostgreSQL 99; this installation has \d+\. Start the newer City Compact/],
		['older', '9', /made by PostgreSQL 9; .* db backup FILE/],
	])('of a %s PostgreSQL is refused with the remedy, and left as it is', async (_, major, sentence) => {
		const at = folder();
		await (await open(at)).close();
		writeFileSync(join(at, 'pgdata', 'PG_VERSION'), `${major}\n`);
		await expect(open(at)).rejects.toThrow(sentence);
		expect(findPostmaster(join(at, 'pgdata'))).toBeNull();
	});

	test('whose path is too long for a socket is reached over loopback with a password', async () => {
		const at = join(folder(), 'a-folder-with-a-long-name-'.repeat(4));
		mkdirSync(at);
		if (root) chmodSync(join(at, '..'), 0o711);
		const embedded = await open(at);
		expect(embedded.connection(OWNER_ROLE).host).toBe('127.0.0.1');
		expect(await ask(embedded, 'select 1 as n', APP_ROLE)).toEqual([{ n: 1 }]);
		expect(statSync(join(at, 'database.password')).mode & 0o777).toBe(0o600);
		await embedded.close();
	});

	test('on loopback, as on macOS and Windows, lets nobody in without the password, and finds its port again', async () => {
		const at = folder();
		const embedded = await open(at, { transport: 'tcp' });
		const stranger = new pg.Client({ ...embedded.connection('postgres'), password: 'guess' });
		await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
		const second = await holder(at, { transport: 'tcp' });
		await embedded.close();
		await second.kill();
		expect(await ask(await open(at, { transport: 'tcp' }), 'select 1 as n')).toEqual([{ n: 1 }]);
	});

	test.runIf(root)(
		'that the account of the database cannot enter has its database elsewhere, says so once, and keeps it there',
		async () => {
			const home = folder();
			chmodSync(home, 0o700);
			const at = join(home, 'data');
			const said: string[] = [];
			const first = await open(at, { notice: (sentence) => said.push(sentence) });
			await ask(first, 'create table kept as select 7 as n');
			await first.close();
			expect(placeOf(at)).toMatch(/^\/var\/lib\/citycompact\/[0-9a-f]{16}\/pgdata$/);
			const second = await open(at, { notice: (sentence) => said.push(sentence) });
			expect(await ask(second, 'select n from kept')).toEqual([{ n: 7 }]);
			expect(said).toHaveLength(1);
			await second.close();
			rmSync(join(placeOf(at), '..'), { recursive: true, force: true });
			await expect(open(at)).rejects.toThrow(/but nothing is there\. Bring that folder back/);
		},
	);

	test.runIf(root)('of root belongs to an account that is not root', async () => {
		const at = folder();
		await open(at);
		expect(statSync(join(at, 'pgdata')).uid).not.toBe(0);
		expect(statSync(at).mode & 0o777).toBe(0o711);
	});

	test.runIf(root)('of a user works for that user', async () => {
		const at = folder();
		chmodSync(at, 0o777);
		const one = await holder(at, { uid: 65534, gid: 65534, env: { PATH: process.env.PATH, HOME: at } });
		expect(statSync(join(at, 'pgdata')).uid).toBe(65534);
		await one.leave();
	});
});

test('programs without the links that npm leaves out, in a folder that the account cannot enter, are made to run', () => {
	const made = folder();
	const native = join(made, 'native');
	cpSync(nativeFolder(), native, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
	writeFileSync(join(made, 'package.json'), JSON.stringify({ version: `17.0.0-${basename(made)}` }));
	chmodSync(made, 0o700);
	const account = databaseAccount(null);
	const { folder: programs, major } = embeddedBinaries(account, native);
	try {
		expect(major).toBe(17);
		expect(programs.startsWith(native)).toBe(!root);
		const said = execFileSync(join(programs, 'initdb'), ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
		expect(said).toMatch(/^initdb \(PostgreSQL\) 17\./);
		const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
		for (const { target } of links) expect(existsSync(join(made, target)), target).toBe(true);
	} finally {
		if (root) rmSync(join(programs, '..'), { recursive: true, force: true });
	}
});
