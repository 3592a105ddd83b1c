import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

export const ROOT = join(import.meta.dirname, '../..');

export interface Source {
	/** Below the root, with slashes: `src/watch/list.ts`. */
	readonly path: string;
	readonly text: string;
	/** The program of the file; of a component its scripts, one after the other. */
	readonly program: ts.SourceFile;
}

export interface Import {
	readonly specifier: string;
	/** File below the root that it names; null for a package or a built-in module. */
	readonly file: string | null;
	/** Whether nothing of it is left once types are gone. */
	readonly typeOnly: boolean;
	/** Names that are taken; `*` for all. */
	readonly names: readonly string[];
}

/** Every program below the folders, generated files left out. */
export function sources(...folders: readonly string[]): Source[] {
	return folders.flatMap((folder) => [...walk(folder)].filter(isProgram).map(read));
}

/** Every file below a folder, as paths below the root. */
export function* walk(folder: string): Generator<string> {
	if (!existsSync(join(ROOT, folder))) return;
	for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
		const path = `${folder}/${entry.name}`;
		if (entry.isDirectory()) yield* walk(path);
		else yield path;
	}
}

/** A made-up file, for the self-tests of laws. */
export function source(path: string, text: string): Source {
	const script = path.endsWith('.svelte')
		? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
		: text;
	return { path, text, program: ts.createSourceFile(path, script, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS) };
}

export function read(path: string): Source {
	return source(path, readFileSync(join(ROOT, path), 'utf8'));
}

function isProgram(path: string): boolean {
	return /\.(ts|js|svelte)$/.test(path) && !/\.gen\.ts$/.test(path);
}

/** Everything a file imports or re-exports, dynamic imports with a literal name and types in passing included. */
export function imports(file: Source): Import[] {
	const found: Import[] = [];
	const add = (node: ts.Expression | undefined, typeOnly: boolean, names: readonly string[]) => {
		if (!node || !ts.isStringLiteral(node)) return;
		found.push({ specifier: node.text, file: resolve(node.text, file.path), typeOnly, names });
	};
	each(file.program, (node) => {
		if (ts.isImportDeclaration(node))
			add(node.moduleSpecifier, isTypeOnly(node.importClause), importedNames(node.importClause));
		else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly, ['*']);
		else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
			add(node.arguments[0], false, ['*']);
		else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
			add(node.argument.literal as ts.StringLiteral, true, ['*']);
	});
	return found;
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
	if (!clause) return false;
	if (clause.isTypeOnly) return true;
	const named = clause.namedBindings;
	return !clause.name && named !== undefined && ts.isNamedImports(named) && named.elements.every((e) => e.isTypeOnly);
}

function importedNames(clause: ts.ImportClause | undefined): string[] {
	const named = clause?.namedBindings;
	return [
		...(clause?.name ? ['default'] : []),
		...(named && ts.isNamespaceImport(named) ? ['*'] : []),
		...(named && ts.isNamedImports(named) ? named.elements.map((e) => (e.propertyName ?? e.name).text) : []),
	];
}

function resolve(specifier: string, from: string): string | null {
	if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
	if (!specifier.startsWith('.')) return null;
	return normalize(join(dirname(from), specifier)).replaceAll('\\', '/');
}

/** Calls `visit` for every node below `node`. */
export function each(node: ts.Node, visit: (node: ts.Node) => void): void {
	ts.forEachChild(node, (child) => {
		visit(child);
		each(child, visit);
	});
}

/** The area of the house a file belongs to: the folder below `src`, or `hooks` for the files beside the folders. */
export function area(path: string): string {
	const parts = path.split('/');
	return parts.length > 2 ? (parts[1] ?? '') : 'hooks';
}
