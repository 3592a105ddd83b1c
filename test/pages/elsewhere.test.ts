import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite();
const noBrowser = browserPath() === null;
if (noBrowser) console.warn('What the margin says of other policies is not looked at: it needs a browser.');
const browsing = await openBrowser();

const CLAUSE =
	'The keeper of the municipal lamps shall light each lamp before dusk, shall put it out at dawn, and shall write the hour of both into a book that lies open to every resident at the desk of the clerk.';
const FREE =
	'Nothing in these words is in any other text: herons nest by the millpond, and the ferry sails on Tuesdays.';
const TEXTS = [
	['lamps', '2014-01-02', CLAUSE],
	['more-lamps', '2016-01-02', CLAUSE.replace('before dusk', 'no later than half an hour before dusk')],
	['newest-lamps', '2018-01-02', `${CLAUSE} ${'The council may raise the number of lamps by ordinance. '.repeat(3)}`],
] as const;
const folder = mkdtempSync(join(tmpdir(), 'citycompact-elsewhere-'));
for (const [name, day, clause] of TEXTS) {
	const file = join(folder, `${name}.txt`);
	writeFileSync(
		file,
		`AN ORDINANCE\n\nSection 1. Lamps. ${clause}\n\nSection 2. Herons. ${FREE.replace('herons', name)}\n`,
	);
	await site.run('library', 'import', file, '--place', 'coalition', '--date', day, '--as', name);
}
rmSync(folder, { recursive: true });
await site.run('concordance', 'rebuild');

const text = async (path: string) => (await fetch(site.origin + path)).text();

describe('the margin of a text', () => {
	test('says of the earliest who has its words later, and of a later one what it keeps', async () => {
		const first = await text('/library/coalition/lamps');
		expect(first).toContain('Earliest on this shelf; 2 later policies have these words');
		expect(first).toContain('2 keep nearly every word');
		const second = await text('/library/coalition/more-lamps');
		expect(second).toMatch(/Earlier on this shelf: [^<]+, 2014/);
		expect(second).toContain('Inferred from dates.');
		expect(second).toContain('1 later policy has these words');
		expect(first + second).not.toMatch(/copied|wrote it first/i);
	});

	test('says it in Spanish too', async () => {
		expect(await text('/es/library/coalition/lamps')).toContain(
			'La primera en este estante; 2 políticas posteriores tienen estas palabras',
		);
	});

	test('leads to the lineage of the clause', async () => {
		const [, page = ''] = /href="(\/concordance\/clause\/[^"]+)"/.exec(await text('/library/coalition/lamps')) ?? [];
		const lineage = await text(page);
		for (const [name] of TEXTS.slice(1)) expect(lineage).toContain(`/concordance/clause/coalition/${name}/`);
	});

	test.skipIf(noBrowser)(
		'has no barrier at three widths, in both themes',
		async () => {
			for (const colorScheme of ['light', 'dark'] as const) {
				const { page } = await browsing.visit(`${site.origin}/library/coalition/lamps`, {
					bypassCSP: true,
					colorScheme,
				});
				for (const width of [390, 768, 1440]) {
					await page.setViewportSize({ width, height: 900 });
					expect(await violations(page), `${colorScheme} ${width}`).toEqual([]);
				}
			}
		},
		60_000,
	);
});
