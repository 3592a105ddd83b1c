import { expect, test } from 'vitest';
import { area, imports, type Source, source, sources } from './source.ts';

const NOUNS = [
	'places',
	'access',
	'coalition',
	'signon',
	'library',
	'reuse',
	'adoption',
	'watch',
	'law',
	'exposure',
	'alerts',
];
const OUTER = ['kernel', 'platform', 'i18n', 'concordance', ...NOUNS];

/** Who may import whom. Every noun also gets kernel and platform. ARCHITECTURE.md says the same in words. */
const TABLE: Readonly<Record<string, readonly string[]>> = {
	kernel: [],
	concordance: ['kernel'],
	i18n: ['kernel'],
	platform: ['kernel'],
	places: [],
	access: ['i18n'],
	law: ['places', 'access', 'i18n'],
	coalition: ['places', 'access', 'i18n'],
	library: ['places', 'access', 'law'],
	watch: ['places', 'access'],
	reuse: ['library', 'concordance', 'places', 'access'],
	adoption: ['library', 'reuse', 'concordance', 'coalition', 'places', 'access', 'law', 'i18n'],
	signon: ['places', 'access', 'coalition'],
	exposure: ['places', 'law', 'access'],
	alerts: ['places', 'coalition', 'i18n'],
	ui: ['kernel', 'i18n', 'concordance'],
	routes: [...OUTER, 'ui'],
	worker: OUTER,
	// For words that pages say too: a redline is told by one piece.
	cli: [...OUTER, 'worker', 'ui'],
	hooks: [...OUTER, 'worker'],
};

function trespasses(file: Source): string[] {
	const from = area(file.path);
	const allowed = [from, ...(TABLE[from] ?? []), ...(NOUNS.includes(from) ? ['kernel', 'platform'] : [])];
	return imports(file).flatMap(({ file: target }) => {
		if (target === null || !target.startsWith('src/')) return [];
		if (allowed.includes(area(target))) return [];
		if (from === 'alerts' && /^src\/\w+\/event\.ts$/.test(target)) return [];
		return [`${file.path} imports ${target}`];
	});
}

function styleFaults(file: Source): string[] {
	return imports(file).flatMap(({ specifier, file: target }) => {
		const here = `${file.path} imports ${specifier}`;
		if (specifier.startsWith('$lib')) return [`${here}: use #noun/file.ts`];
		if (target === null || specifier.includes('/$types')) return [];
		if (!/\.(ts|js|json|svelte|css)(\?worker&url)?$/.test(specifier)) return [`${here}: write the ending`];
		const across = target.startsWith('src/') && file.path.startsWith('src/') && area(target) !== area(file.path);
		if (across && specifier.startsWith('.')) return [`${here}: across nouns it is #${target.slice(4)}`];
		if (!across && specifier.startsWith('#') && file.path.startsWith('src/') && area(file.path) !== 'routes') {
			return [`${here}: within a noun it is relative`];
		}
		return [];
	});
}

function cycles(files: readonly Source[]): string[] {
	const graph = new Map(
		files.map((file) => [
			file.path,
			imports(file)
				.filter((i) => !i.typeOnly)
				.flatMap((i) => i.file ?? []),
		]),
	);
	const state = new Map<string, 'open' | 'done'>();
	const found: string[] = [];
	const walk = (path: string, trail: readonly string[]): void => {
		if (state.get(path) === 'open') found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
		if (state.has(path)) return;
		state.set(path, 'open');
		for (const next of graph.get(path) ?? []) walk(next, [...trail, path]);
		state.set(path, 'done');
	};
	for (const path of graph.keys()) walk(path, []);
	return found;
}

test('nobody imports from where the table does not allow it', () => {
	expect(sources('src').flatMap(trespasses)).toEqual([]);
	expect(trespasses(source('src/kernel/day.ts', "import '#watch/list.ts';"))).toHaveLength(1);
	expect(trespasses(source('src/watch/list.ts', "import type { A } from '#alerts/digest.ts';"))).toHaveLength(1);
	expect(
		trespasses(source('src/alerts/match.ts', "import '#watch/event.ts'; import '#watch/ledger.ts';")),
	).toHaveLength(1);
});

test('every area of the house is in the table', () => {
	expect(
		sources('src')
			.map((file) => area(file.path))
			.filter((name) => !(name in TABLE) && name !== 'params'),
	).toEqual([]);
});

test('imports are relative within a noun, #noun/file.ts across, and never without an ending', () => {
	expect(sources('src').flatMap(styleFaults)).toEqual([]);
	expect(
		styleFaults(source('src/watch/a.ts', "import '../kernel/day.ts'; import './list'; import '$lib/x';")),
	).toHaveLength(3);
});

test('no file imports itself, however far round', () => {
	expect(cycles(sources('src'))).toEqual([]);
	expect(cycles([source('src/a/a.ts', "import './b.ts';"), source('src/a/b.ts', "import './a.ts';")])).toEqual([
		'src/a/a.ts -> src/a/b.ts -> src/a/a.ts',
	]);
});

test('the generated table types are known to stores and platform only', () => {
	const strangers = (files: readonly Source[]) =>
		files.filter(
			({ path, ...file }) =>
				imports({ path, ...file }).some((i) => i.file === 'src/platform/schema.gen.ts') &&
				!path.endsWith('.server.ts') &&
				!path.startsWith('src/platform/'),
		);
	expect(strangers(sources('src')).map((file) => file.path)).toEqual([]);
	expect(strangers([source('src/watch/list.ts', "import type { DB } from '#platform/schema.gen.ts';")])).toHaveLength(
		1,
	);
});

test('the engine of the concordance stands on nothing but itself', () => {
	const dependent = (files: readonly Source[]) => files.filter((file) => imports(file).some((i) => i.file === null));
	expect(dependent(sources('src/concordance')).map((file) => file.path)).toEqual([]);
	expect(dependent([source('src/concordance/align.ts', "import 'diff';")])).toHaveLength(1);
});
