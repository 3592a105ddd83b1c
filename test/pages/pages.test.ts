import { describe, expect, test } from 'vitest';
import { browserPath, openBrowser, type Visit, violations } from './browser.ts';
import { startSite } from './site.ts';

const noBrowser = browserPath() === null;
if (noBrowser) console.warn('Page tests are skipped: no browser found. COMPACT_BROWSER names one.');
const site = noBrowser ? { origin: '', lines: [] } : await startSite();
const browsing = await openBrowser();

const PAGES = [
	{ path: '/', language: 'en', status: 200, title: /^City Compact: / },
	{ path: '/es', language: 'es', status: 200, title: /^City Compact: / },
	{ path: '/watch', language: 'en', status: 200, title: /^Watch: .* – City Compact$/ },
	{ path: '/es/watch', language: 'es', status: 200, title: /^Seguimiento: .* – City Compact$/ },
	{ path: '/watch?q=nobody-is-called-this', language: 'en', status: 200, title: /^Watch/ },
	{ path: '/watch?since=yesterday', language: 'en', status: 200, title: /^Watch/ },
	{ path: '/watch?model=TFM&sort=name&state=XF', language: 'en', status: 200, title: /^Watch/ },
	{ path: '/nowhere', language: 'en', status: 404, title: /^There is no such page – / },
	{ path: '/es/nowhere', language: 'es', status: 404, title: /^Esa página no existe – / },
	{ path: '/es/watch?model=XYZ', language: 'es', status: 400, title: /^Esta dirección no se puede leer – / },
] as const;

describe.skipIf(noBrowser).each(PAGES)('the page $path', ({ path, language, status, title }) => {
	test('is whole: status, title, language, one heading, unique ids, labelled fields', async () => {
		const visit = await browsing.visit(site.origin + path);
		expect(visit.status).toBe(status);
		expect(await visit.page.title()).toMatch(title);
		expect(await visit.page.getAttribute('html', 'lang')).toBe(language);
		expect(await visit.page.locator('h1').count()).toBe(1);
		expect(await repeatedIds(visit)).toEqual([]);
		expect(await skippedHeadings(visit)).toEqual([]);
	});

	test('asks nobody else, ships no script, leaves no cookie and complains of nothing', async () => {
		const visit = await browsing.visit(site.origin + path);
		expect(visit.requests.filter((address) => !address.startsWith(`${site.origin}/`))).toEqual([]);
		expect(visit.requests.filter((address) => /\.js(\?|$)/.test(address))).toEqual([]);
		expect(await visit.page.locator('script, [style], style').count()).toBe(0);
		expect(await visit.page.context().cookies()).toEqual([]);
		const expected = status < 400 ? [] : [expect.stringContaining(`status of ${status}`)];
		expect(visit.complaints).toEqual(expected);
	});

	test('is guarded by its headers', async () => {
		const { headers } = await browsing.visit(site.origin + path);
		expect(headers['content-security-policy']).toMatch(/^default-src 'none';/);
		expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
		expect(headers).toMatchObject({
			'referrer-policy': 'no-referrer',
			'x-content-type-options': 'nosniff',
			'cross-origin-opener-policy': 'same-origin',
			'cross-origin-resource-policy': 'same-origin',
		});
		expect(headers).not.toHaveProperty('strict-transport-security');
		expect(headers).not.toHaveProperty('set-cookie');
	});

	test('names itself in both languages and leads to the other at the same place', async () => {
		const { page } = await browsing.visit(site.origin + path);
		const alternates = await page
			.locator('link[rel=alternate][hreflang]')
			.evaluateAll((links) => links.map((link) => link.getAttribute('hreflang')));
		expect(alternates.sort()).toEqual(['en', 'es', 'x-default']);
		const other = language === 'en' ? 'es' : 'en';
		await page.locator(`a[hreflang=${other}]`).click();
		expect(await page.getAttribute('html', 'lang')).toBe(other);
		await page.locator(`a[hreflang=${language}]`).click();
		const back = new URL(page.url());
		expect(ordered(back)).toBe(ordered(new URL(site.origin + path)));
	});

	test.each([390, 768, 1440])('axe finds nothing at %i pixels in either theme', async (width) => {
		for (const colorScheme of ['light', 'dark'] as const) {
			const visit = await browsing.visit(site.origin + path, {
				bypassCSP: true,
				colorScheme,
				viewport: { width, height: 900 },
			});
			await visit.page.locator('details').evaluateAll((all) => {
				for (const one of all.slice(0, 3)) one.toggleAttribute('open');
			});
			expect(await violations(visit.page)).toEqual([]);
		}
	});

	test('fits a screen of 320 pixels, also without scripts', async () => {
		const { page } = await browsing.visit(site.origin + path, { viewport: { width: 320, height: 640 } });
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
	});

	test('says SAMPLE while the data is invented', async () => {
		const { page } = await browsing.visit(site.origin + path, { javaScriptEnabled: false });
		expect(await page.locator('.ribbon').innerText()).toContain('SAMPLE');
	});
});

function repeatedIds({ page }: Visit): Promise<string[]> {
	return page.locator('[id]').evaluateAll((all) => {
		const ids = all.map((one) => one.id);
		return ids.filter((id, at) => ids.indexOf(id) !== at);
	});
}

/** Headings that are more than one level below the one before. */
function skippedHeadings({ page }: Visit): Promise<string[]> {
	return page.locator('main :is(h1, h2, h3, h4)').evaluateAll((all) => {
		const levels = all.map((one) => Number(one.tagName.slice(1)));
		return all.flatMap((one, at) => ((levels[at] ?? 0) > (levels[at - 1] ?? 0) + 1 ? [one.textContent ?? ''] : []));
	});
}

function ordered(url: URL): string {
	url.searchParams.sort();
	return url.pathname + url.search;
}
