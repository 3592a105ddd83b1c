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

describe('who has a passage', () => {
	const ask = (passage: string, prefix = '') =>
		fetch(`${site.origin}${prefix}/concordance/search`, {
			method: 'POST',
			headers: { origin: site.origin, accept: 'text/html' },
			body: new URLSearchParams({ passage }),
		});

	test('is told with what each has of it, and nobody keeps what was asked', async () => {
		const answer = await ask(`${CLAUSE} zxcanaryzx`);
		expect(answer.status).toBe(200);
		expect(answer.headers.get('cache-control')).toBe('no-store');
		const body = await answer.text();
		expect(body).toContain('3 policies have these words');
		for (const [name] of TEXTS) expect(body).toContain(`/concordance/clause/coalition/${name}/`);
		expect(body).toContain('zxcanaryzx');
		expect(await text('/concordance/search')).not.toContain('zxcanaryzx');
	});

	test('says what is wrong with too little and too much, and keeps the words in the form', async () => {
		for (const [prefix, few, many] of [
			['', 'Paste the whole sentence.', 'Paste a section at a time.'],
			['/es', 'Pegue la oración entera.', 'Pegue una sección cada vez.'],
		] as const) {
			const short = await ask('three small words', prefix);
			expect(short.status).toBe(400);
			const body = await short.text();
			expect(body).toContain(few);
			expect(body).toContain('three small words');
			expect(await (await ask('lamp '.repeat(20_000), prefix)).text()).toContain(many);
		}
		expect(await (await ask('w x y z '.repeat(10))).text()).toContain('No policy on this shelf has a passage');
	});

	test.skipIf(noBrowser)(
		'works without scripts, and has no barrier with and without an answer',
		async () => {
			for (const path of ['/concordance/search', '/es/concordance/search'])
				for (const colorScheme of ['light', 'dark'] as const) {
					const { page } = await browsing.visit(site.origin + path, { bypassCSP: true, colorScheme });
					await page.fill('textarea', CLAUSE);
					expect(await violations(page)).toEqual([]);
					await page.click('main form button');
					await page.waitForSelector('#found');
					for (const width of [390, 768, 1440]) {
						await page.setViewportSize({ width, height: 900 });
						expect(await violations(page), `${path} ${colorScheme} ${width}`).toEqual([]);
						expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
					}
					expect(await page.inputValue('textarea')).toBe(CLAUSE);
					if (colorScheme === 'light' && process.env.SHOT) {
						await page.screenshot({ path: `/tmp/search-${path.length}-1440.png`, fullPage: true });
						await page.setViewportSize({ width: 390, height: 900 });
						await page.screenshot({ path: `/tmp/search-${path.length}-390.png`, fullPage: true });
					}
				}
		},
		60_000,
	);
});
