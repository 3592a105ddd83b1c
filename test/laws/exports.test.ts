import ts from 'typescript';
import { expect, test } from 'vitest';
import { imports, type Source, source, sources } from './source.ts';

/** Files whose exports a framework or a script picks up by name. */
const PICKED_UP = /^src\/(routes\/.*\+|hooks|params\/|cli\/main\.ts$)|\.svelte$/;
/** What nothing imports yet and stays all the same, with the reason. */
const KEPT: Readonly<Record<string, string>> = {
	'src/places/place.ts PLACE_KINDS': 'the places are read by it',
};

/** Values and types a file exports. */
function exported(file: Source): string[] {
	return file.program.statements.flatMap((statement) => {
		if (!ts.canHaveModifiers(statement)) return [];
		if (!(ts.getModifiers(statement) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword))
			return [];
		if (ts.isVariableStatement(statement)) {
			return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
		}
		const named = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
		return named && statement.name ? [statement.name.text] : [];
	});
}

function unused(files: readonly Source[], all: readonly Source[]): string[] {
	const taken = new Set(
		all.flatMap((file) => imports(file).flatMap((i) => i.names.map((name) => `${i.file} ${name}`))),
	);
	return files.flatMap((file) =>
		exported(file)
			.filter((name) => !taken.has(`${file.path} ${name}`) && !taken.has(`${file.path} *`))
			.map((name) => `${file.path} ${name}`),
	);
}

test('everything that is exported is imported somewhere', () => {
	const all = sources('src', 'test', 'bench');
	const found = unused(
		all.filter((file) => file.path.startsWith('src/') && !PICKED_UP.test(file.path)),
		all,
	);
	expect(found.filter((name) => !(name in KEPT))).toEqual([]);
	expect(Object.keys(KEPT).filter((name) => !found.includes(name))).toEqual([]);
	const [a, b] = [
		source('src/a/a.ts', 'export const x = 1; export function y() {}'),
		source('src/a/b.ts', "import { x } from './a.ts';"),
	];
	expect(unused([a], [a, b])).toEqual(['src/a/a.ts y']);
});
