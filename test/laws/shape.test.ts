import { basename } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { each, type Source, source, sources, walk } from './source.ts';

const LONGEST = 400;
/** Names that say nothing about what is inside. */
const FORBIDDEN = /^(utils?|helpers?|types?|services?|managers?|common|misc)$/;
/** Where a framework wants a default export. */
const DEFAULTS = /^[\w.-]+\.config\.[jt]s$/;
/** The one module that holds what a process has opened. */
const HOLDER = 'src/platform/world.server.ts';
const MUTATORS = [
	'set',
	'add',
	'delete',
	'clear',
	'push',
	'pop',
	'shift',
	'unshift',
	'splice',
	'sort',
	'reverse',
	'fill',
];

const programs = sources('src', 'test', 'bench', 'bin');

function tooLong(files: readonly Source[]): string[] {
	return files
		.map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 }))
		.filter(({ lines }) => lines > LONGEST)
		.map(({ path, lines }) => `${path} has ${lines} lines`);
}

function emptyNames(paths: readonly string[]): string[] {
	return paths.filter((path) => path.split('/').some((part) => FORBIDDEN.test(basename(part).replace(/\..*$/, ''))));
}

function defaultExports(files: readonly Source[]): string[] {
	return files
		.filter((file) => !DEFAULTS.test(file.path) && file.program.statements.some(isDefaultExport))
		.map((file) => file.path);
}

function isDefaultExport(node: ts.Statement): boolean {
	if (ts.isExportAssignment(node)) return true;
	return (
		ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((m) => m.kind === ts.SyntaxKind.DefaultKeyword)
	);
}

/** A file of nothing but re-exports hides where things live. */
function barrels(files: readonly Source[]): string[] {
	return files
		.filter(
			({ program }) =>
				program.statements.length > 0 &&
				program.statements.every((s) => ts.isExportDeclaration(s) && s.moduleSpecifier),
		)
		.map((file) => file.path);
}

/** `let` at the top of a module, and constants there that some function changes. */
function moduleState(file: Source): string[] {
	const held = new Set<string>();
	const found: string[] = [];
	for (const statement of file.program.statements) {
		if (!ts.isVariableStatement(statement)) continue;
		const constant = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
		for (const { name } of statement.declarationList.declarations) {
			if (!ts.isIdentifier(name)) continue;
			if (constant) held.add(name.text);
			else found.push(`${file.path}: ${name.text} is let`);
		}
	}
	each(file.program, (node) => {
		const name = changed(node);
		if (name && held.has(name) && inFunction(node) && !shadowed(node, name))
			found.push(`${file.path}: ${name} is changed`);
	});
	return found;
}

/** The variable whose insides this node changes. */
function changed(node: ts.Node): string | null {
	if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
		return MUTATORS.includes(node.expression.name.text) ? rootOf(node.expression.expression) : null;
	}
	if (
		ts.isBinaryExpression(node) &&
		node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
		node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
	) {
		return ts.isIdentifier(node.left) ? null : rootOf(node.left);
	}
	return null;
}

function rootOf(node: ts.Expression): string | null {
	if (ts.isIdentifier(node)) return node.text;
	if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isNonNullExpression(node))
		return rootOf(node.expression);
	return null;
}

function inFunction(node: ts.Node): boolean {
	return ts.findAncestor(node, ts.isFunctionLike) !== undefined;
}

function shadowed(node: ts.Node, name: string): boolean {
	for (
		let scope = ts.findAncestor(node, ts.isFunctionLike);
		scope;
		scope = ts.findAncestor(scope.parent, ts.isFunctionLike)
	) {
		let own = false;
		each(scope, (inner) => {
			const declares =
				(ts.isVariableDeclaration(inner) || ts.isParameter(inner) || ts.isBindingElement(inner)) &&
				ts.isIdentifier(inner.name);
			if (declares && (inner.name as ts.Identifier).text === name) own = true;
		});
		if (own) return true;
	}
	return false;
}

test('there is a house to hold to its laws', () => {
	expect(sources('src').length).toBeGreaterThan(80);
});

test(`a file has at most ${LONGEST} lines`, () => {
	expect(tooLong(programs)).toEqual([]);
	expect(tooLong([source('src/a/a.ts', 'a;\n'.repeat(LONGEST + 1))])).toHaveLength(1);
});

test('files and folders are named after things', () => {
	expect(emptyNames(['src', 'test', 'bench', 'bin'].flatMap((folder) => [...walk(folder)]))).toEqual([]);
	expect(
		emptyNames(['src/watch/utils.ts', 'src/helpers/day.ts', 'src/watch/type.server.ts', 'src/watch/list.ts']),
	).toHaveLength(3);
});

test('nothing is exported as default except where a framework insists', () => {
	expect(defaultExports(programs)).toEqual([]);
	expect(
		defaultExports([source('src/a/a.ts', 'export default 1;'), source('src/a/b.ts', 'export default function b() {}')]),
	).toHaveLength(2);
});

test('no file only passes on what others export', () => {
	expect(barrels(programs)).toEqual([]);
	expect(barrels([source('src/a/a.ts', "export * from './b.ts'; export { c } from './c.ts';")])).toHaveLength(1);
});

test('no module but the world keeps anything between two calls', () => {
	const modules = sources('src').filter((file) => file.path !== HOLDER && !file.path.endsWith('.svelte'));
	expect(modules.flatMap(moduleState)).toEqual([]);
	const bad =
		'let a = 0; const seen = new Map(); function f() { seen.set(1, 2); } const b = { c: 1 }; function g() { b.c = 2; }';
	expect(moduleState(source('src/a/a.ts', bad))).toHaveLength(3);
	expect(moduleState(source('src/a/a.ts', 'const seen = []; function f(seen) { seen.push(1); }'))).toEqual([]);
});
