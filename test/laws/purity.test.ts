import ts from 'typescript';
import { expect, test } from 'vitest';
import { area, each, imports, type Source, source, sources } from './source.ts';

/** The edges of the house, which exist to touch the world. */
const EDGES = ['cli', 'worker', 'hooks'];
/** Packages that only think. */
const THINKING = [
	'csv-parse',
	'fflate',
	'svelte',
	'd3-geo',
	'd3-scale',
	'd3-shape',
	'topojson-client',
	'topojson-simplify',
	'htmlparser2',
	'mdast-util-from-markdown',
	'unpdf',
	'prosemirror-history',
	'prosemirror-keymap',
	'prosemirror-model',
	'prosemirror-state',
	'prosemirror-view',
];
/** Packages of which only types may be known. */
const TYPES_ONLY = ['kysely', '@sveltejs/kit', 'geojson', 'topojson-specification'];
const GLOBALS = [
	'process',
	'Buffer',
	'fetch',
	'console',
	'crypto',
	'performance',
	'globalThis',
	'setTimeout',
	'setInterval',
	'setImmediate',
	'localStorage',
	'sessionStorage',
];

function isPure(file: Source): boolean {
	return !EDGES.includes(area(file.path)) && !/\.(server|browser)\.ts$|\+server\.ts$|\.d\.ts$/.test(file.path);
}

function worldlyImports(file: Source): string[] {
	return imports(file).flatMap(({ specifier, file: target, typeOnly }) => {
		const name = specifier.startsWith('@')
			? specifier.split('/').slice(0, 2).join('/')
			: (specifier.split('/')[0] ?? '');
		const fine =
			target !== null
				? !target.includes('.server.') && (!target.includes('.browser.') || isAddress(specifier))
				: THINKING.includes(name) || (typeOnly && TYPES_ONLY.includes(name));
		return fine || specifier.startsWith('./$types') || isFrame(file, specifier)
			? []
			: [`${file.path} imports ${specifier}`];
	});
}

/** The address of a script that runs in the reader's browser, for a page that names it in a tag. */
function isAddress(specifier: string): boolean {
	return specifier.endsWith('.browser.ts?worker&url');
}

/** A component may ask the framework where it is, and what address the build gave to a picture it made. */
function isFrame(file: Source, specifier: string): boolean {
	return (
		(file.path.endsWith('.svelte') && /^(\$app\/|virtual:)/.test(specifier)) ||
		specifier.startsWith('@fontsource-variable/')
	);
}

function worldlyWords(file: Source): string[] {
	const found: string[] = [];
	const own = declared(file);
	each(file.program, (node) => {
		if (ts.isIdentifier(node) && GLOBALS.includes(node.text) && !own.has(node.text) && isValue(node))
			found.push(node.text);
		if (ts.isPropertyAccessExpression(node) && ['Date.now', 'Math.random'].includes(node.getText(file.program))) {
			found.push(node.getText(file.program));
		}
		if (ts.isNewExpression(node) && node.expression.getText(file.program) === 'Date' && !node.arguments?.length)
			found.push('new Date()');
		if (ts.isCallExpression(node) && node.expression.getText(file.program) === 'Date') found.push('Date()');
	});
	return found.map((word) => `${file.path} says ${word}`);
}

function declared(file: Source): Set<string> {
	const names = new Set<string>();
	each(file.program, (node) => {
		const named =
			ts.isVariableDeclaration(node) ||
			ts.isParameter(node) ||
			ts.isFunctionDeclaration(node) ||
			ts.isImportSpecifier(node) ||
			ts.isBindingElement(node);
		if (named && node.name && ts.isIdentifier(node.name)) names.add(node.name.text);
	});
	return names;
}

/** A property or key of that name is nobody's business. */
function isValue(node: ts.Identifier): boolean {
	const { parent } = node;
	if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
	if (ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent)) return false;
	return !(
		(ts.isPropertyAssignment(parent) ||
			ts.isPropertySignature(parent) ||
			ts.isMethodSignature(parent) ||
			ts.isMethodDeclaration(parent)) &&
		parent.name === node
	);
}

const pure = sources('src').filter(isPure);

test('a file without .server in its name imports nothing that touches the world, not even a type', () => {
	expect(pure.flatMap(worldlyImports)).toEqual([]);
	const bad =
		"import 'node:fs'; import type { A } from './store.server.ts'; import pg from 'pg'; import { sql } from 'kysely';";
	expect(worldlyImports(source('src/watch/list.ts', bad))).toHaveLength(4);
});

test('a file without .server in its name knows no clock, chance, environment or network', () => {
	expect(pure.flatMap(worldlyWords)).toEqual([]);
	const bad = 'const a = [Date.now(), new Date(), Math.random(), process.env.HOME, fetch("x"), crypto.randomUUID()];';
	expect(worldlyWords(source('src/watch/list.ts', bad))).toHaveLength(6);
	expect(worldlyWords(source('src/watch/list.ts', 'const a = { process: new Date(0), b: a.fetch };'))).toEqual([]);
});

test('what runs in the browser, `.browser.ts`, is known to its like alone, and knows nothing of the server', () => {
	const strays = (files: readonly Source[]) =>
		files.flatMap((file) =>
			imports(file)
				.filter(({ typeOnly }) => !typeOnly)
				.filter(({ specifier, file: target }) => specifier.startsWith('node:') || target?.includes('.server.'))
				.map(({ specifier }) => `${file.path} imports ${specifier}`),
		);
	expect(strays(sources('src').filter(({ path }) => path.endsWith('.browser.ts')))).toEqual([]);
	expect(
		strays([source('src/routes/a.browser.ts', "import 'node:fs'; import '#watch/store.server.ts';")]),
	).toHaveLength(2);
	expect(worldlyImports(source('src/routes/a.ts', "import './a.browser.ts';"))).toHaveLength(1);
	expect(
		worldlyImports(source('src/routes/+page.svelte', "<script>import a from './a.browser.ts?worker&url';</script>")),
	).toEqual([]);
});

test('only the configuration, and the start of the web server, know the environment', () => {
	const readers = (files: readonly Source[]) =>
		files.filter((file) => worldlyEnvironment(file)).map((file) => file.path);
	expect(readers(sources('src'))).toEqual(['src/cli/serve.ts', 'src/platform/config.server.ts']);
	expect(readers([source('src/watch/store.server.ts', 'const a = process.env.X;')])).toHaveLength(1);
});

function worldlyEnvironment(file: Source): boolean {
	let found = false;
	each(file.program, (node) => {
		if (ts.isPropertyAccessExpression(node) && node.getText(file.program) === 'process.env') found = true;
	});
	return found;
}
