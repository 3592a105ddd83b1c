// npm test, npm run ready, npm run golden. Plain JavaScript: in a fresh clone it runs before anything is installed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { ensure, NOT_READY, NotReady, ROOT } from '../bin/ensure.js';
import { findBrowser } from './find-browser.js';

const HELP = `npm test [-- OPTIONS] [FILES]

Installs, builds, and runs every suite: laws, unit, pages, docs. Names of files narrow it down, and options that are not
listed here go to vitest (npm test -- ledger -t "a missing agency").

  --no-browser   leave out what needs a browser, and count that as passed
  --ready        format and types first: everything a commit needs (npm run ready)
  --golden       only what compares with checked-in outputs (npm run golden)
  --update       with --golden: write the outputs anew, for review in the diff

Exit codes: 0 passed, 1 failed, 3 passed but for the suites that need a browser and found none, 8 not installed or built.
`;
/** Exit code where all passed that could run, but suites were skipped for want of a browser. */
const SKIPPED = 3;
/** Tests that hold a checked-in file against what makes it. */
const GOLDEN = ['test/docs', 'test/platform/schema.test.ts', 'golden'];
const SUITES = ['laws', 'unit', 'pages', 'docs'];
const OURS = ['--no-browser', '--ready', '--golden', '--update', '--help'];

/** @type {{ name: string, ok: boolean, seconds: number }[]} */
const stages = [];

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	if (!(error instanceof NotReady)) throw error;
	process.stderr.write(`${error.message}\n`);
	process.exitCode = NOT_READY;
}

/** @param {string[]} argv */
async function main(argv) {
	const asked = new Set(argv.filter((word) => OURS.includes(word)));
	const passed = argv.filter((word) => !OURS.includes(word));
	if (asked.has('--help')) {
		process.stdout.write(HELP);
		return 0;
	}
	if (asked.has('--golden')) {
		await stage('install', () => ensured(false));
		return vitest('golden', [...(passed.length > 0 ? passed : GOLDEN), ...(asked.has('--update') ? ['--update'] : [])]);
	}
	await stage('install and build', () => ensured(true));
	if (asked.has('--ready')) await checks();
	const browser = asked.has('--no-browser') ? null : await findBrowser();
	const suites = SUITES.filter((suite) => suite !== 'pages' || browser !== null);
	await vitest(
		suites.join(', '),
		[...suites.flatMap((suite) => ['--project', suite]), ...passed],
		browser === null ? {} : { COMPACT_BROWSER: browser },
	);
	summary();
	if (stages.some(({ ok }) => !ok)) return 1;
	if (browser !== null || asked.has('--no-browser')) return 0;
	process.stderr.write(
		'Skipped for want of a browser: pages. Install chromium, or name one: COMPACT_BROWSER=/path/to/chrome npm test. Without: npm test -- --no-browser\n',
	);
	return SKIPPED;
}

async function checks() {
	await stage('format', () => tool('@biomejs/biome/bin/biome', ['ci', '--error-on-warnings', '.']));
	await stage('types', async () => {
		if (!(await tool('@sveltejs/kit/svelte-kit.js', ['sync']))) return false;
		return tool('svelte-check/bin/svelte-check', [
			'--tsconfig',
			'./tsconfig.json',
			'--fail-on-warnings',
			'--output',
			'human',
		]);
	});
}

/** @param {boolean} build */
async function ensured(build) {
	await ensure({ build });
	return true;
}

/**
 * @param {string} name
 * @param {string[]} args
 * @param {Record<string, string>} [environment]
 */
async function vitest(name, args, environment = {}) {
	const ok = await stage(name, () => tool('vitest/vitest.mjs', ['run', '--passWithNoTests', ...args], environment));
	return ok ? 0 : 1;
}

/**
 * Runs one step and notes how long it took.
 * @param {string} name
 * @param {() => Promise<boolean>} work
 */
async function stage(name, work) {
	const began = performance.now();
	const ok = await work();
	stages.push({ name, ok, seconds: (performance.now() - began) / 1000 });
	return ok;
}

function summary() {
	process.stdout.write('\n');
	for (const { name, ok, seconds } of stages) {
		process.stdout.write(`${ok ? 'passed' : 'FAILED'}  ${seconds.toFixed(1).padStart(6)} s  ${name}\n`);
	}
}

/**
 * Runs an installed tool by its file: no shell, no npx, nothing fetched.
 * @param {string} file below node_modules
 * @param {string[]} args
 * @param {Record<string, string>} [environment]
 * @returns {Promise<boolean>}
 */
function tool(file, args, environment = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [join(ROOT, 'node_modules', file), ...args], {
			cwd: ROOT,
			env: { ...process.env, ...environment },
			stdio: ['ignore', 'inherit', 'inherit'],
		});
		for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => child.kill(signal));
		child.on('error', reject);
		child.on('close', (code) => resolve(code === 0));
	});
}
