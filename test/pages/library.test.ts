import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite();
const noBrowser = browserPath() === null;
if (noBrowser) console.warn('Tests that look at pages of the library are skipped: they need a browser.');
const browsing = await openBrowser();

/** Sections of a long chapter. */
const LONG = 300;
const folder = mkdtempSync(join(tmpdir(), 'citycompact-library-'));
const chapter = Array.from(
	{ length: LONG },
	(_, i) =>
		`Section ${i + 1}. Duty number ${i + 1}.\n\nThe SAMPLE office shall keep record ${i + 1} for ${i + 2} days.`,
);
writeFileSync(join(folder, 'long.txt'), `A SAMPLE CHAPTER\n\n${chapter.join('\n\n')}\n`);
writeFileSync(
	join(folder, 'script.html'),
	'<h1>A SAMPLE &lt;script&gt;alert(1)&lt;/script&gt;</h1><p>Section 1. Words. <script>alert(2)</script><img src=x onerror=alert(3)> No officer shall hold.</p>',
);
const own = ['--place', 'coalition', '--date', '2026-01-02'];
await site.run(
	'library',
	'import',
	join(folder, 'long.txt'),
	...own,
	'--as',
	'long-chapter',
	'--title',
	'A SAMPLE chapter',
);
await site.run('library', 'import', join(folder, 'script.html'), ...own, '--as', 'a-script');
rmSync(folder, { recursive: true });
const works: { address: string; instrument: string; sample: boolean }[] = JSON.parse(
	await site.run('library', 'list', '--format', 'json'),
);

const MODEL = '/library/coalition/detainers';
const LONG_CHAPTER = '/library/coalition/long-chapter';
const CHAPTER = `/library/${works.find(({ sample, instrument }) => sample && instrument === 'code_chapter')?.address}`;
const DRAFT = {
	'': 'Working draft written with software. No attorney has reviewed it. Not law in any city.',
	'/es': 'Borrador de trabajo escrito con software. Ningún abogado lo ha revisado. No es ley en ninguna ciudad.',
} as const;

const text = async (path: string) => (await fetch(site.origin + path)).text();

describe('what must be said is said on every page of a model', () => {
	const models = works.filter(({ instrument }) => instrument === 'model');

	test.each(models.map(({ address }) => address))('%s', async (address) => {
		for (const [prefix, sentence] of Object.entries(DRAFT))
			for (const page of ['', '/history', '/compare']) {
				const body = await text(`${prefix}/library/${address}${page}`);
				expect(body, prefix + page).toContain(sentence);
			}
	});

	test('the law of the state of its reader, or that none is reviewed', async () => {
		expect(await text(`${MODEL}?state=TX`)).toContain(
			'No reviewed state-law record for Texas; ask counsel before using this text.',
		);
		expect(await text(MODEL)).toContain('State law differs from state to state.');
	});

	test('an invented policy says that it is a sample, and no real one does', async () => {
		expect(await text(CHAPTER)).toContain('SAMPLE. An invented policy of an invented city.');
		expect(await text(MODEL)).not.toContain('An invented policy');
	});
});

test('the command line compares what is at two addresses, and says so where nothing is', async () => {
	const out = await site.run('concordance', 'compare', 'coalition/detainers', 'coalition/detainers');
	expect(out).toContain('no words changed; 100% of the words kept in order.');
	await expect(site.run('concordance', 'compare', 'coalition/detainers', 'coalition/none')).rejects.toThrow(
		'There is no file coalition/none, and nothing at that address in the library.',
	);
});

describe('an address of the library', () => {
	test.each([
		['/library/coalition/detainers/', 308, '/library/coalition/detainers'],
		['/library/COALITION/detainers', 308, '/library/coalition/detainers'],
		['/es/library/coalition/detainers/?state=TX', 308, '/es/library/coalition/detainers?state=TX'],
		['/library/coalition/nothing', 404, null],
		['/library/coalition/detainers/2001-01-01', 404, null],
		['/library/coalition/long-chapter/2026-01-02/sec_1', 200, null],
		['/library/coalition/long-chapter/2026-01-02/sec_999', 404, null],
		['/library/coalition/long-chapter/2026-01-02.1', 308, '/library/coalition/long-chapter/2026-01-02'],
		['/library/coalition/detainers/download.exe', 404, null],
		['/library/coalition/long-chapter/2026-01-02/source', 404, null],
	])('%s answers %i', async (path, status, to) => {
		const answer = await fetch(site.origin + path, { redirect: 'manual' });
		expect(answer.status).toBe(status);
		if (to) expect(answer.headers.get('location')).toBe(to);
	});

	test.each([
		['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
		['xml', 'application/akn+xml; charset=utf-8'],
		['html', 'text/html; charset=utf-8'],
		['txt', 'text/plain; charset=utf-8'],
		['json', 'application/json; charset=utf-8'],
	])('gives the version as %s, to be kept, never to be run here', async (extension, type) => {
		const answer = await fetch(`${site.origin}${MODEL}/download.${extension}`);
		expect(answer.headers.get('content-type')).toBe(type);
		expect(answer.headers.get('content-disposition')).toMatch(
			/^attachment; filename="coalition-detainers-[\d-]+\.\w+"$/,
		);
		const body = await answer.text();
		if (extension !== 'docx') expect(body).toContain('Working draft written with software.');
	});

	test('a provision of a law leads to its words and to the whole', async () => {
		const body = await text(`${LONG_CHAPTER}/2026-01-02/sec_7`);
		expect(body).toContain('record 7 for 8 days');
		expect(body).not.toContain('record 8 for 9 days');
		expect(body).toContain(`href="${LONG_CHAPTER}/2026-01-02"`);
	});
});

test('what stands in a file as a script is read as words or not at all', async () => {
	const body = await text('/library/coalition/a-script');
	expect(body).toContain('No officer shall hold.');
	expect(body).not.toMatch(/<script>alert|onerror=|<img src=x/);
});

describe('the library searches', () => {
	test.each([
		['q=detainer', '<mark>'],
		['q=%22judicial+warrant%22', '<mark>'],
		['q=287(g)', '<mark>'],
		['q=%C2%A7+1373', '<mark>'],
		['q=zzzzqqqq', 'Nothing on this shelf says that.'],
		['instrument=resolution', 'Resolution'],
	])('%s', async (query, expected) => {
		expect(await text(`/library?${query}`)).toContain(expected);
	});

	test('without a script, a box that is ticked narrows what was found and stays ticked', async ({ skip }) => {
		if (noBrowser) skip();
		const { page } = await browsing.visit(`${site.origin}/library?q=detainer`, { javaScriptEnabled: false });
		await page.locator('.facets input[name=instrument][value=model]').check();
		await page.locator('.facets button').click();
		expect(new URL(page.url()).searchParams.getAll('instrument')).toEqual(['model']);
		expect(new URL(page.url()).searchParams.get('q')).toBe('detainer');
		expect(await page.locator('.facets input[name=instrument][value=model]').isChecked()).toBe(true);
	});

	test('the key / goes to the search field and writes nothing', async ({ skip }) => {
		if (noBrowser) skip();
		const { page } = await browsing.visit(`${site.origin}/library`);
		await page.keyboard.press('/');
		expect(await page.evaluate('document.activeElement.id')).toBe('q');
		await page.keyboard.type('a/b');
		expect(await page.locator('#q').inputValue()).toBe('a/b');
		// Whoever dictates turns it off, and it stays off.
		await page.locator('[data-slash] button').click();
		await page.reload();
		await page.keyboard.press('/');
		expect(await page.evaluate('document.activeElement.id')).not.toBe('q');
	});

	test('the outline says where the reader is', async ({ skip }) => {
		if (noBrowser) skip();
		const { page } = await browsing.visit(`${site.origin}${LONG_CHAPTER}#sec_40`, {
			viewport: { width: 1440, height: 900 },
		});
		await page.waitForSelector('.outline a[aria-current][href="#sec_40"]');
		expect(await page.locator('.outline a[aria-current]').count()).toBe(1);
	});
});

describe.skipIf(noBrowser)('pages of the library', () => {
	const PAGES = [
		'/library',
		'/library?q=detainer',
		MODEL,
		`${MODEL}/compare`,
		`${MODEL}/history`,
		CHAPTER,
		`${CHAPTER}/history`,
	];
	const WAYS = (['light', 'dark'] as const).flatMap((theme) =>
		([390, 768, 1440] as const).flatMap((width) => (['', '/es'] as const).map((prefix) => ({ theme, width, prefix }))),
	);

	test.each(WAYS)('are without fault at $width px, $theme, "$prefix"', async ({ theme, width, prefix }) => {
		for (const path of PAGES) {
			const { page, complaints } = await browsing.visit(site.origin + prefix + path, {
				bypassCSP: true,
				colorScheme: theme,
				viewport: { width, height: 900 },
			});
			expect(await violations(page), prefix + path).toEqual([]);
			expect(complaints, prefix + path).toEqual([]);
			await page.context().close();
		}
	});

	test.each([...PAGES, LONG_CHAPTER])('%s is not wider than 320 px', async (path) => {
		const { page } = await browsing.visit(site.origin + path, { viewport: { width: 320, height: 800 } });
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
	});

	test(`nothing moves while a chapter of ${LONG} provisions opens, and each is there`, async () => {
		const { page } = await browsing.visit('about:blank', { viewport: { width: 1440, height: 900 } }).catch(async () => {
			return browsing.visit(`${site.origin}/healthz`, { viewport: { width: 1440, height: 900 } });
		});
		await page.addInitScript(
			'window.moved = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) window.moved += e.value; }).observe({ type: "layout-shift", buffered: true });',
		);
		await page.goto(site.origin + LONG_CHAPTER, { waitUntil: 'networkidle' });
		expect(await page.locator('section.prov.section').count()).toBe(LONG);
		expect(await page.evaluate('window.moved')).toBe(0);
	});

	test('on paper the words stay and what is for a screen goes', async () => {
		const { page } = await browsing.visit(site.origin + MODEL);
		await page.emulateMedia({ media: 'print' });
		expect(await page.locator('.outline').isVisible()).toBe(false);
		expect(await page.locator('.uses').isVisible()).toBe(false);
		expect(await page.locator('#sec_1').isVisible()).toBe(true);
		expect(await page.getByText('Working draft written with software.').first().isVisible()).toBe(true);
		expect(await page.locator('.address').isVisible()).toBe(true);
	});
});
