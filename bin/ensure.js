// Sees to it that what is about to run can run: Node.js new enough, packages installed, a build of these very sources.
// Plain JavaScript without dependencies, because it runs before there are any. Everything it says goes to standard error.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.js';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Exit code where nothing can run; docs/cli.md lists it. */
export const NOT_READY = 8;

const OLDEST_NODE = [20, 19];
const CACHE = join(ROOT, '.cache');
const BUILD = join(ROOT, 'build');
const INSTALLED = join(ROOT, 'node_modules', '.citycompact.json');
const BUILT = join(BUILD, 'finished.json');
/** What a build is made from. Migrations are read when the server starts and are no part of it. */
const SOURCES = [
	'src',
	'static',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts',
	'vite.cli.config.ts',
	'vite.map.ts',
	'vite.script.ts',
];
const BUILDS = [['build'], ['build', '--config', 'vite.cli.config.ts']];
const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|network/i;

/** A sentence for the person at the terminal instead of a trace. */
export class NotReady extends Error {}

/**
 * Installs and builds where that is needed; hashes of contents decide, never dates, so that a checkout or a copy counts
 * as what it is. With COMPACT_ENV=production nothing is made: a finished build of these sources is there, or this throws.
 * @param {{ build?: boolean }} [options] `build: false` installs only
 * @throws {NotReady}
 */
export async function ensure({ build = true } = {}) {
	checkNode();
	if (process.env.COMPACT_ENV?.trim() === 'production') {
		if (build) demandBuild();
		return;
	}
	if (isInstalled() && (!build || isBuilt())) return;
	await writable(() =>
		withLock(CACHE, 'Another City Compact is being prepared here; waiting for it.', async () => {
			if (!isInstalled()) await install();
			if (build && !isBuilt()) await makeBuild();
		}),
	);
}

function checkNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
	if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
	throw new NotReady(
		`City Compact needs Node.js ${OLDEST_NODE.join('.')} or later; this is ${process.versions.node}. Get a newer one from https://nodejs.org and run the command again.`,
	);
}

function demandBuild() {
	const remedy = 'Run `node bin/ensure.js` without COMPACT_ENV, then start again.';
	const built = stamp(BUILT);
	if (!built) throw new NotReady(`There is no finished build, and COMPACT_ENV=production never makes one. ${remedy}`);
	if (existsSync(join(ROOT, 'src')) && built !== sourcesHash()) {
		throw new NotReady(
			`The build is not of these sources, and COMPACT_ENV=production never makes a new one. ${remedy}`,
		);
	}
	if (!existsSync(join(ROOT, 'node_modules'))) throw new NotReady(`The packages are not installed. ${remedy}`);
}

function isInstalled() {
	const marked = stamp(INSTALLED);
	if (marked !== null) return marked === packagesHash();
	if (!installedByHand()) return false;
	try {
		mark();
	} catch {
		// A folder that we may not write: looked at again next time.
	}
	return true;
}

/** Whether npm itself noted, as the last thing of an install, every package that the lockfile wants. */
function installedByHand() {
	try {
		const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
		const there = JSON.parse(readFileSync(join(ROOT, 'node_modules', '.package-lock.json'), 'utf8')).packages;
		return Object.entries(wanted).every(
			([path, { version, optional }]) => path === '' || optional || there[path]?.version === version,
		);
	} catch {
		return false;
	}
}

function mark() {
	writeFileSync(INSTALLED, JSON.stringify({ of: packagesHash() }));
}

function isBuilt() {
	return stamp(BUILT) === sourcesHash();
}

/** @param {string} file */
function stamp(file) {
	try {
		return String(JSON.parse(readFileSync(file, 'utf8')).of);
	} catch {
		return null;
	}
}

function packagesHash() {
	const { platform, arch, versions } = process;
	return createHash('sha256')
		.update(readFileSync(join(ROOT, 'package-lock.json')))
		.update(`${platform} ${arch} ${versions.modules}`)
		.digest('hex');
}

function sourcesHash() {
	const hash = createHash('sha256');
	for (const source of SOURCES) addTo(hash, source);
	return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path below the root
 */
function addTo(hash, path) {
	const full = join(ROOT, path);
	if (!existsSync(full)) return;
	let names;
	try {
		names = readdirSync(full).sort();
	} catch {
		const bytes = readFileSync(full);
		hash.update(`${path}\0${bytes.length}\0`).update(bytes);
		return;
	}
	for (const name of names) addTo(hash, `${path}/${name}`);
}

async function install() {
	say('Installing packages (once; some 300 MB).');
	rmSync(INSTALLED, { force: true });
	const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
	const flags = ['ci', '--loglevel=error', '--prefer-offline', '--include=dev', '--include=optional'];
	const { code, errors } = await run([...npm, ...flags], {});
	if (code !== 0) {
		const remedy = NO_NETWORK.test(errors)
			? 'npm could not reach its registry: check the network or the proxy, and run the command again.'
			: 'The lines above say why; run the command again once that is mended.';
		throw new NotReady(`The packages could not be installed. ${remedy}`);
	}
	mark();
}

/** Builds aside and puts the whole in place at once, so that what stands in `build` is always finished. */
async function makeBuild() {
	say('Building (once after every change of the sources).');
	for (const name of readdirSync(CACHE)) {
		if (/^(build|old)-/.test(name)) rmSync(join(CACHE, name), { recursive: true, force: true });
	}
	const of = sourcesHash();
	const draft = join(CACHE, `build-${process.pid}`);
	const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
	for (const args of BUILDS) {
		const { code, output } = await run([process.execPath, vite, ...args, '--logLevel', 'warn'], {
			COMPACT_BUILD_FOLDER: draft,
			NODE_ENV: 'production',
		});
		if (code !== 0) {
			process.stderr.write(output);
			throw new NotReady('The build failed; the lines above say where. Mend it and run the command again.');
		}
	}
	writeFileSync(join(draft, 'finished.json'), JSON.stringify({ of }));
	const old = join(CACHE, `old-${process.pid}`);
	if (existsSync(BUILD)) renameSync(BUILD, old);
	renameSync(draft, BUILD);
	rmSync(old, { recursive: true, force: true });
}

/**
 * Runs a command to its end. What npm has to say is shown as it comes; a build is quiet unless it fails.
 * @param {string[]} command
 * @param {Record<string, string>} environment
 * @returns {Promise<{ code: number, errors: string, output: string }>}
 */
function run([program = '', ...args], environment) {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, {
			cwd: ROOT,
			env: { ...process.env, ...environment },
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32' && program === 'npm',
		});
		let errors = '';
		let output = '';
		child.stdout.on('data', (data) => {
			output += data;
		});
		child.stderr.on('data', (data) => {
			errors += data;
			output += data;
			if (program === 'npm' || args.includes('ci')) process.stderr.write(data);
		});
		const stop = () => child.kill('SIGTERM');
		process.once('SIGTERM', stop);
		process.once('SIGINT', stop);
		child.on('error', (error) =>
			reject(new NotReady(`${program} could not be started (${error.message}). Install npm and try again.`)),
		);
		child.on('close', (code, signal) => {
			process.off('SIGTERM', stop);
			process.off('SIGINT', stop);
			if (signal) reject(new NotReady('Stopped before it was ready; the next start begins again.'));
			else resolve({ code: code ?? 1, errors, output });
		});
	});
}

/**
 * @param {() => Promise<void>} work
 */
async function writable(work) {
	try {
		mkdirSync(CACHE, { recursive: true });
		await work();
	} catch (error) {
		const { code, path } = /** @type {NodeJS.ErrnoException} */ (error);
		if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
			throw new NotReady(
				`Packages or build are not up to date, and ${path ?? ROOT} cannot be written. Run the command once as the owner of the folder.`,
			);
		}
		if (code === 'ENOSPC') throw new NotReady('The disk is full. Make some room (about 1 GB) and try again.');
		throw error;
	}
}

/** @param {string} sentence */
function say(sentence) {
	process.stderr.write(`${sentence}\n`);
}

/**
 * `ensure` for a program: says what is missing and ends the process with the documented code.
 * @param {{ build?: boolean }} [options]
 */
export async function ensureOrExit(options) {
	try {
		await ensure(options);
	} catch (error) {
		if (!(error instanceof NotReady)) throw error;
		say(error.message);
		process.exit(NOT_READY);
	}
}

if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url)))
	await ensureOrExit();
