import { describe, expect, test } from 'vitest';
import { browserPath, openBrowser, type Visit, violations } from './browser.ts';
import { startSite } from './site.ts';

const noBrowser = browserPath() === null;
if (noBrowser) console.warn('Page tests are skipped: no browser found. COMPACT_BROWSER names one.');
const site = noBrowser ? { origin: '', lines: [] } : await startSite();
const browsing = await openBrowser();

const PAGES = [
	{ path: '/', language: 'en', status: 200, title: /^City Compact: .* \(SAMPLE\)$/ },
	{ path: '/es', language: 'es', status: 200, title: /^City Compact: .* \(SAMPLE\)$/ },
	{ path: '/watch', language: 'en', status: 200, title: /^Watch: .* – City Compact \(SAMPLE\)$/ },
	{ path: '/es/watch', language: 'es', status: 200, title: /^Seguimiento: .* – City Compact \(SAMPLE\)$/ },
	{ path: '/watch?q=nobody-is-called-this', language: 'en', status: 200, title: /^Watch/ },
	{ path: '/es/watch?since=ayer', language: 'es', status: 200, title: /^Seguimiento/ },
	{ path: '/watch?model=TFM&sort=name&kind=applied', language: 'en', status: 200, title: /^Watch/ },
	{ path: '/nowhere', language: 'en', status: 404, title: /^There is no such page – / },
	{ path: '/es/watch?model=XYZ', language: 'es', status: 400, title: /^Esta dirección no se puede leer – / },
] as const;

/** Pages whose marks differ from all others. */
const LOOKS = ['/', '/watch', '/es/watch?since=ayer', '/watch?q=nobody-is-called-this', '/es/nowhere'];

describe.skipIf(noBrowser)('every page', () => {
	test.each(PAGES)('$path is whole, guarded, and asks nobody else', async ({ path, language, status, title }) => {
		const visit = await browsing.visit(site.origin + path, { viewport: { width: 320, height: 640 } });
		const { page, headers } = visit;
		expect(visit.status).toBe(status);
		expect(await page.title()).toMatch(title);
		expect(await page.getAttribute('html', 'lang')).toBe(language);
		expect(await page.locator('h1').count()).toBe(1);
		expect(await repeatedIds(visit)).toEqual([]);
		expect(await skippedHeadings(visit)).toEqual([]);
		expect(await page.locator('.ribbon').innerText()).toContain('SAMPLE');
		expect(await page.evaluate('document.documentElement.scrollWidth'), 'nothing is wider than a phone').toBe(320);

		expect(visit.requests.filter((address) => !address.startsWith(`${site.origin}/`))).toEqual([]);
		expect(visit.requests.filter((address) => /\.js(\?|$)/.test(address))).toEqual([]);
		expect(await page.locator('script, [style], style').count()).toBe(0);
		expect(await page.context().cookies()).toEqual([]);
		expect(visit.complaints).toEqual(status < 400 ? [] : [expect.stringContaining(`status of ${status}`)]);

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

	test.each(PAGES)('$path leads to the other language at the same place, and back', async ({ path, language }) => {
		const { page } = await browsing.visit(site.origin + path, { javaScriptEnabled: false });
		const alternates = await page.locator('link[rel=alternate]').all();
		expect(await Promise.all(alternates.map((link) => link.getAttribute('hreflang')))).toEqual([
			'en',
			'es',
			'x-default',
		]);
		const other = language === 'en' ? 'es' : 'en';
		await page.locator(`a[hreflang=${other}]`).click();
		expect(await page.getAttribute('html', 'lang')).toBe(other);
		await page.locator(`a[hreflang=${language}]`).click();
		expect(ordered(page.url())).toBe(ordered(site.origin + path));
	});

	test.each(LOOKS)('axe finds nothing on %s, at three widths, in both themes', async (path) => {
		for (const colorScheme of ['light', 'dark'] as const) {
			const { page } = await browsing.visit(site.origin + path, { bypassCSP: true, colorScheme });
			for (const row of await page.locator('details').all()) await row.evaluate((one) => one.setAttribute('open', ''));
			for (const width of [390, 768, 1440]) {
				await page.setViewportSize({ width, height: 900 });
				expect(await violations(page), `${colorScheme} at ${width}`).toEqual([]);
			}
		}
	});
});

describe.skipIf(noBrowser)('the watch page, without scripts', () => {
	const visit = (path: string, width = 1024) =>
		browsing.visit(site.origin + path, { javaScriptEnabled: false, viewport: { width, height: 800 } });

	test('narrows by its form, keeps what was asked, and clears', async () => {
		const { page } = await visit('/watch');
		await page.getByLabel('Agency or place').fill('lowmark');
		await page.getByLabel('Event', { exact: true }).selectOption('granted');
		await page.getByRole('button', { name: 'Show' }).first().click();
		expect(await page.locator('.events li').count()).toBe(1);
		expect(await page.locator('.events li').innerText()).toContain('Lowmark Police Department');
		expect(await page.getByLabel('Agency or place').inputValue()).toBe('lowmark');
		await page.getByRole('link', { name: 'Clear the filters' }).click();
		expect(await page.locator('.events li').count()).toBeGreaterThan(10);
	});

	test('each figure leads to what it counts', async () => {
		const { page } = await visit('/watch?state=FR&q=nobody');
		const figure = page.locator('.figure').first();
		expect(await figure.locator('b').innerText()).toBe('12');
		await figure.click();
		expect(new URL(page.url()).search).toBe('?model=TFM');
		const changes = page.locator('.facts > dt');
		for (let at = 0; at < (await changes.count()); at++) {
			const said = await page.locator('.facts > dd').nth(at).innerText();
			await changes.nth(at).getByRole('link').click();
			expect(await page.locator('.told').count()).toBe(Number(said));
		}
	});

	test('tells what one day says of one agency in one place, each sentence with its source', async () => {
		const { page } = await visit('/watch');
		const one = page.locator('.events li').filter({ hasText: 'Franklin University Police' }).first();
		expect(await one.locator('.who').count()).toBe(1);
		expect(await one.locator('.told b').allInnerTexts()).toEqual(['From pending to participating:', 'Listed:']);
		expect(await one.locator('summary').allInnerTexts()).toEqual([
			expect.stringMatching(/^Source: Pending agencies; row \d+ before, none now/),
			expect.stringMatching(/^Source: Participating agencies, row \d+/),
		]);
	});

	test('offers no target under 24 px, but in a line of text', async () => {
		for (const width of [390, 1440]) {
			const { page } = await visit('/es/watch', width);
			const small = await page
				.locator(':is(a, button, summary, select, input):visible')
				.evaluateAll((all) =>
					all
						.filter((one) => one.closest('p, .skip') === null && one.getBoundingClientRect().height < 24)
						.map((one) => `${one.textContent?.trim()}: ${one.getBoundingClientRect().height}`),
				);
			expect(small, `at ${width}`).toEqual([]);
		}
	});

	test('shows the row that an event rests on, with its file and hash', async () => {
		const { page } = await visit('/watch');
		await page.locator('.events summary').first().click();
		const rows = page.locator('.events details').first();
		expect(await rows.innerText()).toMatch(/SAMPLE \w+ \d{4}-\d\d-\d\d\.xlsx/);
		expect(await rows.innerText()).toMatch(/[0-9a-f]{64}/);
		expect(await rows.locator('tbody th').allInnerTexts()).toContain('LAW ENFORCEMENT AGENCY');
	});

	test('sorts its table by the headings, and turns round', async () => {
		const { page } = await visit('/watch');
		const names = () => page.locator('table.fold tbody th').allInnerTexts();
		await page.getByRole('link', { name: 'Agency', exact: true }).click();
		expect(await page.getByRole('columnheader', { name: 'Agency' }).getAttribute('aria-sort')).toBe('ascending');
		const forward = await names();
		await page.getByRole('columnheader', { name: 'Agency' }).getByRole('link').click();
		expect(await page.getByRole('columnheader', { name: 'Agency' }).getAttribute('aria-sort')).toBe('descending');
		expect(await names()).toEqual(forward.toReversed());
	});

	test('opens and closes its menu on a phone, and reaches the content by keyboard', async () => {
		const { page } = await visit('/watch', 390);
		const menu = page.getByRole('navigation', { name: 'Main' });
		expect(await menu.isVisible()).toBe(false);
		await page.getByRole('button', { name: 'Menu' }).click();
		expect(await menu.isVisible()).toBe(true);
		await page.getByRole('button', { name: 'Close' }).click();
		expect(await menu.isVisible()).toBe(false);
		const fresh = await visit('/watch');
		await fresh.page.keyboard.press('Tab');
		await fresh.page.keyboard.press('Enter');
		expect(new URL(fresh.page.url()).hash).toBe('#main');
	});

	test('prints SAMPLE', async () => {
		const { page } = await visit('/watch');
		await page.emulateMedia({ media: 'print' });
		expect(await page.locator('.ribbon').isVisible()).toBe(true);
		expect(await page.locator('form').first().isVisible()).toBe(false);
	});
});

function repeatedIds({ page }: Visit): Promise<string[]> {
	return page.locator('[id]').evaluateAll((all) => {
		const ids = all.map((one) => one.id);
		return ids.filter((id, at) => ids.indexOf(id) !== at);
	});
}

/** Headings of the content that are more than one level below the one before. */
function skippedHeadings({ page }: Visit): Promise<string[]> {
	return page.locator('main :is(h1, h2, h3, h4)').evaluateAll((all) => {
		const levels = all.map((one) => Number(one.tagName.slice(1)));
		return all.flatMap((one, at) => ((levels[at] ?? 0) > (levels[at - 1] ?? 0) + 1 ? [one.textContent ?? ''] : []));
	});
}

function ordered(address: string): string {
	const url = new URL(address);
	url.searchParams.sort();
	return url.pathname + url.search;
}
