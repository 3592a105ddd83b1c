import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { PERMISSIONS } from '#access/can.ts';
import { each, ROOT, read, type Source, source, walk } from './source.ts';

const routes = [...walk('src/routes')];
const guarded = routes.filter((path) => /\+(page|layout)\.server\.ts$|\+server\.ts$/.test(path)).map(read);

/** What a route says it needs: `export const _permission = [action, resource] as const`. */
function permission(file: Source): readonly string[] | null {
	let found: string[] | null = null;
	for (const statement of file.program.statements) {
		if (!ts.isVariableStatement(statement)) continue;
		for (const { name, initializer } of statement.declarationList.declarations) {
			if (!ts.isIdentifier(name) || name.text !== '_permission' || !initializer) continue;
			const list = ts.isAsExpression(initializer) ? initializer.expression : initializer;
			if (ts.isArrayLiteralExpression(list))
				found = list.elements.filter(ts.isStringLiteral).map((element) => element.text);
		}
	}
	return found;
}

function faults(file: Source): string[] {
	const said = permission(file);
	if (!said) return [`${file.path} does not say what it needs`];
	const [action, resource] = said;
	const known = PERMISSIONS.some((entry) => entry.action === action && entry.resource === resource);
	if (!known) return [`${file.path}: nobody may ${action} ${resource}`];
	const asks = handlers(file).filter((body) => !body.includes('demand('));
	return asks.map(() => `${file.path} has a handler that does not demand it`);
}

/** Source of each function a route exports: its loads, its methods and the actions of its forms. */
function handlers(file: Source): string[] {
	const found: string[] = [];
	for (const statement of file.program.statements) {
		const text = statement.getText(file.program);
		if (!/^export (const|async function|function) (load|actions|GET|POST|PUT|PATCH|DELETE|fallback)\b/.test(text))
			continue;
		let functions = 0;
		each(statement, (node) => {
			if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node) && !ts.isMethodDeclaration(node)) return;
			if (ts.findAncestor(node.parent, (parent) => parent !== statement && ts.isFunctionLike(parent))) return;
			functions++;
			found.push(node.getText(file.program));
		});
		if (functions === 0) found.push(text);
	}
	return found;
}

test('every route says which permission it needs, somebody has it, and every handler demands it', () => {
	expect(guarded.length).toBeGreaterThan(0);
	expect(guarded.flatMap(faults)).toEqual([]);
	expect(faults(source('src/routes/+page.server.ts', 'export const load = async () => ({});'))).toHaveLength(1);
	const unknown = "export const _permission = ['burn', 'page'] as const;";
	expect(faults(source('src/routes/+page.server.ts', unknown))).toHaveLength(1);
	const idle = "export const _permission = ['read', 'page'] as const; export const load = async () => ({});";
	expect(faults(source('src/routes/+page.server.ts', idle))).toHaveLength(1);
});

test('every page has a server side that holds its permission', () => {
	const alone = (paths: readonly string[], there: (path: string) => boolean) =>
		paths.filter((path) => path.endsWith('/+page.svelte') && !there(`${dirname(path)}/+page.server.ts`));
	expect(alone(routes, (path) => existsSync(join(ROOT, path)))).toEqual([]);
	expect(alone(['src/routes/x/+page.svelte'], () => false)).toHaveLength(1);
});
