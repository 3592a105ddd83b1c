import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';

const BIN = join(import.meta.dirname, '../../bin');
/** Stands in for npm: notes the call and makes the packages, among them a builder that copies the source. */
const NPM = `
	const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
	appendFileSync('calls', 'npm ' + process.argv.slice(2).join(' ') + '\\n');
	if (process.env.FAIL_NPM) { process.stderr.write(process.env.FAIL_NPM); process.exit(1); }
	mkdirSync('node_modules/vite/bin', { recursive: true });
	writeFileSync('node_modules/vite/bin/vite.js', process.env.VITE);
`;
const VITE = `
	const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
	appendFileSync('calls', 'vite\\n');
	const out = process.env.COMPACT_BUILD_FOLDER;
	mkdirSync(out, { recursive: true });
	writeFileSync(out + '/web.js', readFileSync('src/page.ts'));
	if (process.env.SLOW) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(process.env.SLOW));
	if (process.env.FAIL_VITE) { console.error('no such import'); process.exit(1); }
`;

type Account = { readonly uid?: number; readonly gid?: number };

interface Checkout {
	readonly folder: string;
	/** Every call of npm and of the builder so far. */
	calls(): string[];
	start(environment?: Readonly<Record<string, string>>, account?: Account): ReturnType<typeof spawn>;
	ensure(
		environment?: Readonly<Record<string, string>>,
		account?: Account,
	): Promise<{ code: number | null; said: string }>;
}

function checkout(): Checkout {
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-ensure-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	cpSync(BIN, join(folder, 'bin'), { recursive: true });
	mkdirSync(join(folder, 'src'));
	writeFileSync(join(folder, 'src/page.ts'), 'one');
	writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
	writeFileSync(join(folder, 'npm.js'), NPM);
	writeFileSync(join(folder, 'bin/package.json'), '{ "type": "module" }');
	writeFileSync(
		join(folder, 'package-lock.json'),
		'{ "packages": { "": {}, "node_modules/vite": { "version": "1.0.0" } } }',
	);
	const start: Checkout['start'] = (environment = {}, account = {}) =>
		spawn(process.execPath, [join(folder, 'bin/ensure.js')], {
			env: { PATH: process.env.PATH, npm_execpath: join(folder, 'npm.js'), VITE, ...environment },
			stdio: ['ignore', 'pipe', 'pipe'],
			...account,
		});
	return {
		folder,
		calls: () =>
			existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n') : [],
		start,
		async ensure(environment, account) {
			const child = start(environment, account);
			let said = '';
			child.stderr?.on('data', (text) => {
				said += text;
			});
			child.stdout?.on('data', () => {
				throw new Error('Nothing of this belongs on standard output.');
			});
			const [code] = await once(child, 'close');
			return { code, said };
		},
	};
}

const builtPage = (it: Checkout) => readFileSync(join(it.folder, 'build/web.js'), 'utf8');

test('a fresh clone is installed and built once, and then left alone', async () => {
	const it = checkout();
	expect((await it.ensure({ NODE_ENV: 'production' })).code).toBe(0);
	expect(it.calls()).toEqual([expect.stringMatching(/^npm ci .*--include=dev/), 'vite', 'vite']);
	expect(await it.ensure()).toEqual({ code: 0, said: '' });
	expect(it.calls()).toHaveLength(3);
});

test('contents decide what is stale, dates do not', async () => {
	const it = checkout();
	await it.ensure();
	utimesSync(join(it.folder, 'src/page.ts'), 1, 1);
	await it.ensure();
	expect(it.calls()).toHaveLength(3);
	writeFileSync(join(it.folder, 'src/page.ts'), 'two');
	await it.ensure();
	expect(it.calls().slice(3)).toEqual(['vite', 'vite']);
	expect(builtPage(it)).toBe('two');
	writeFileSync(join(it.folder, 'package-lock.json'), '{}');
	await it.ensure();
	expect(it.calls().slice(5)).toEqual([expect.stringMatching(/^npm ci/), 'vite', 'vite']);
});

test('an install by hand counts, half of one does not', async () => {
	const it = checkout();
	await it.ensure();
	rmSync(join(it.folder, 'node_modules/.citycompact.json'));
	writeFileSync(
		join(it.folder, 'node_modules/.package-lock.json'),
		'{ "packages": { "node_modules/vite": { "version": "1.0.0" } } }',
	);
	await it.ensure();
	expect(it.calls()).toHaveLength(3);
	rmSync(join(it.folder, 'node_modules/.citycompact.json'));
	rmSync(join(it.folder, 'node_modules/.package-lock.json'));
	await it.ensure();
	expect(it.calls()[3]).toMatch(/^npm ci/);
});

test('several at once install and build once', async () => {
	const it = checkout();
	const all = await Promise.all([1, 2, 3].map(() => it.ensure({ SLOW: '300' })));
	expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
	expect(it.calls()).toHaveLength(3);
	expect(all.filter(({ said }) => said.includes('waiting for it'))).toHaveLength(2);
});

test('a build that was killed half way never counts as finished, and its lock holds nobody up', async () => {
	const it = checkout();
	const child = it.start({ SLOW: '60000' });
	while (it.calls().length < 2) await sleep(20);
	child.kill('SIGKILL');
	await once(child, 'close');
	expect(existsSync(join(it.folder, 'build'))).toBe(false);
	expect((await it.ensure()).code).toBe(0);
	expect(builtPage(it)).toBe('one');
});

test('a build that fails shows why, leaves the last one in place and ends with 8', async () => {
	const it = checkout();
	await it.ensure();
	writeFileSync(join(it.folder, 'src/page.ts'), 'broken');
	const { code, said } = await it.ensure({ FAIL_VITE: 'yes' });
	expect([code, said]).toEqual([8, expect.stringMatching(/no such import\n.*build failed/s)]);
	expect(builtPage(it)).toBe('one');
});

test.each([
	['npm error code ENOTFOUND', /could not reach its registry/],
	['npm error Missing: vite from lock file', /Missing: vite[\s\S]*lines above say why/],
])('an install that fails with "%s" says what to do', async (error, sentence) => {
	const { code, said } = await checkout().ensure({ FAIL_NPM: error });
	expect([code, said]).toEqual([8, expect.stringMatching(sentence)]);
});

test('production never installs or builds: it wants a finished build of these sources', async () => {
	const it = checkout();
	const bare = await it.ensure({ COMPACT_ENV: 'production' });
	expect([bare.code, bare.said]).toEqual([8, expect.stringMatching(/no finished build.*node bin\/ensure\.js/)]);
	await it.ensure();
	expect(await it.ensure({ COMPACT_ENV: 'production' })).toEqual({ code: 0, said: '' });
	writeFileSync(join(it.folder, 'src/page.ts'), 'two');
	const stale = await it.ensure({ COMPACT_ENV: 'production' });
	expect([stale.code, stale.said]).toEqual([8, expect.stringMatching(/not of these sources/)]);
	expect(it.calls()).toHaveLength(3);
});

test('who may not write runs what is finished, and is told where something is missing', async () => {
	const it = checkout();
	await it.ensure();
	const stranger = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
	const close = (mode: number) => ['', '.cache', 'node_modules'].map((name) => chmodSync(join(it.folder, name), mode));
	close(0o555);
	expect(await it.ensure({}, stranger)).toEqual({ code: 0, said: '' });
	writeFileSync(join(it.folder, 'src/page.ts'), 'two');
	const stale = await it.ensure({}, stranger);
	close(0o755);
	expect([stale.code, stale.said]).toEqual([8, expect.stringMatching(/cannot be written.*owner of the folder/)]);
});
