import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, read, type Source, source, walk } from '../laws/source.ts';

const TOP = ['README', 'ARCHITECTURE', 'STYLE', 'CONTRIBUTING', 'SECURITY', 'CHANGELOG'].map((name) => `${name}.md`);
const pages = [...TOP, ...[...walk('docs')].filter((path) => path.endsWith('.md'))].map(read);

function brokenLinks(page: Source, exists: (path: string) => boolean): string[] {
	const text = page.text.replace(/```[\s\S]*?```/g, '');
	return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
		.map((match) => match[1] ?? '')
		.filter((target) => !/^(https?:|mailto:)/.test(target))
		.flatMap((target) => {
			const [path = '', heading] = target.split('#');
			const file = path === '' ? page.path : join(dirname(page.path), path);
			if (!exists(file)) return [`${page.path}: ${target}`];
			if (heading === undefined || !file.endsWith('.md')) return [];
			return headings(path === '' ? page.text : read(file).text).includes(heading) ? [] : [`${page.path}: ${target}`];
		});
}

/** The names that a heading can be linked by. */
function headings(text: string): string[] {
	return [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
		(match[1] ?? '')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\- ]/gu, '')
			.replaceAll(' ', '-'),
	);
}

test('every link in the documents leads somewhere', () => {
	expect(pages.flatMap((page) => brokenLinks(page, (path) => existsSync(join(ROOT, path))))).toEqual([]);
	expect(
		brokenLinks(source('docs/a.md', '# A b\n[x](gone.md) [y](#a-b) [z](#c)'), (path) => path === 'docs/a.md'),
	).toHaveLength(2);
});

test('every page of the documents can be reached from the README', () => {
	const reached = new Set<string>();
	const follow = (path: string): void => {
		if (reached.has(path) || !existsSync(join(ROOT, path))) return;
		reached.add(path);
		if (!path.endsWith('.md')) return;
		for (const [, target = ''] of read(path).text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g))
			follow(join(dirname(path), target));
	};
	follow('README.md');
	expect(pages.map((page) => page.path).filter((path) => !reached.has(path))).toEqual([]);
});

test('the changelog says what is not released yet', () => {
	expect(read('CHANGELOG.md').text).toMatch(/^## \[Unreleased\]$/m);
});

test('a decision has a number, a day and a standing', () => {
	const decisions = pages.filter((page) => page.path.startsWith('docs/decisions/'));
	const faults = (all: readonly Source[]) =>
		all
			.filter(
				({ path, text }) =>
					!/^\d{4}-[a-z-]+\.md$/.test(basename(path)) || !/^\d{4}-\d\d-\d\d, (accepted|superseded by \[)/m.test(text),
			)
			.map((page) => page.path);
	expect(faults(decisions)).toEqual([]);
	expect(new Set(decisions.map((page) => basename(page.path).slice(0, 4))).size).toBe(decisions.length);
	expect(
		faults([source('docs/decisions/0001-x.md', '# X\n'), source('docs/decisions/x.md', '# X\n2026-01-01, accepted')]),
	).toHaveLength(2);
});
