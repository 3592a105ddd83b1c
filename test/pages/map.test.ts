import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const noBrowser = browserPath() === null;
const site = noBrowser ? { origin: '', lines: [] } : await startSite();
const browsing = await openBrowser();
const visit = (path: string, width = 1024) =>
	browsing.visit(site.origin + path, { javaScriptEnabled: false, viewport: { width, height: 800 } });

describe.skipIf(noBrowser)('the map', () => {
	test('of sample data is the invented state, and says so on itself', async () => {
		for (const path of ['/', '/es/watch']) {
			const { page } = await visit(path);
			expect(await page.locator('.map text').textContent()).toBe('SAMPLE');
			expect(await page.locator('.map use[href*=counties]').count()).toBe(0);
			expect(await page.locator('.map').getAttribute('aria-label')).toMatch(/^SAMPLE\. /);
		}
	});

	test('is narrowed by its key, and given back whole', async () => {
		const { page } = await visit('/watch');
		const tones = () =>
			page
				.locator('.map :is(.area, .point)')
				.evaluateAll((all) => [...new Set(all.map((one) => one.classList[1]))].sort());
		expect(await tones()).toEqual(['jem', 'pend', 'tf', 'wso']);
		await page.locator('.figure').nth(1).click();
		expect(await tones()).toEqual(['jem']);
		expect(await page.locator('.figure[aria-current]').innerText()).toContain('Jail enforcement');
		await page.locator('.figure').nth(3).click();
		expect(await tones()).toEqual(['pend']);
		expect(await page.locator('#agencies-found').getAttribute('value')).toBe('2');
		await page.getByRole('link', { name: 'Show all' }).click();
		expect(await tones()).toEqual(['jem', 'pend', 'tf', 'wso']);
	});

	test('has a table that says the same, with a link to each place', async () => {
		const { page } = await visit('/watch');
		const drawn = await page.locator('.map .area').count();
		await page.locator('.same summary').click();
		expect(await page.locator('.same tbody a[href*="-county"]').count()).toBe(drawn);
		await page.locator('.same tbody a[href*="-county"]').first().click();
		expect(new URL(page.url()).pathname).toMatch(/^\/watch\/place\/zz\/[a-z]+-county$/);
		expect(await page.locator('h1').innerText()).toContain('County');
	});

	test('and the charts shift nothing when they appear', async () => {
		for (const path of ['/', '/watch']) {
			const { page } = await browsing.visit(site.origin + path, { viewport: { width: 390, height: 800 } });
			const shifted = await page.evaluate(
				() =>
					new Promise<number>((done) => {
						let sum = 0;
						new PerformanceObserver((list) => {
							for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
						}).observe({ type: 'layout-shift', buffered: true });
						setTimeout(() => done(sum), 300);
					}),
			);
			expect(shifted, path).toBeLessThan(0.01);
		}
	});

	test('of the country is a picture of its own, kept for good', async () => {
		const folder = join(import.meta.dirname, '../../build/client/_app/immutable/assets');
		const [file] = readdirSync(folder).filter((name) => /^counties\..+\.svg$/.test(name));
		const answer = await fetch(`${site.origin}/_app/immutable/assets/${file}`, {
			headers: { 'accept-encoding': 'br' },
		});
		expect(answer.status).toBe(200);
		expect(answer.headers.get('cache-control')).toContain('immutable');
		expect(answer.headers.get('content-encoding')).toBe('br');
		expect(Number(answer.headers.get('content-length'))).toBeLessThan(200 * 1024);
	});
});

describe.skipIf(noBrowser)('the watch, narrowed to a place', () => {
	test('says so, and drops it again', async () => {
		const { page } = await visit('/watch?place=zz/merrow-county');
		expect(await page.locator('#agencies-found + a, #agencies-found').first().innerText()).toMatch(/^\d+ agenc/);
		const links = page.getByRole('link', { name: 'Drop this choice' });
		expect(await links.count()).toBeGreaterThan(0);
		await links.first().click();
		expect(new URL(page.url()).search).toBe('');
	});

	test.each([
		['/watch?place=zz/nowhere-county', 404],
		['/watch?place=tx', 404],
		['/watch?place=..', 400],
		['/watch?standing=gone', 400],
	])('%s answers %i', async (path, status) => {
		expect((await fetch(site.origin + path)).status).toBe(status);
	});

	test('is found by the form for a place', async () => {
		const { page } = await visit('/es');
		await page.locator('#where').fill('Merrow');
		await page.getByRole('button', { name: 'Buscar' }).click();
		expect(new URL(page.url()).pathname).toBe('/es/watch/place/zz/merrow-county');
	});
});

test.skipIf(noBrowser)('axe finds nothing in the map with its table open and one model chosen', async () => {
	for (const colorScheme of ['light', 'dark'] as const) {
		const { page } = await browsing.visit(`${site.origin}/watch?model=TFM`, { bypassCSP: true, colorScheme });
		for (const row of await page.locator('details').all()) await row.evaluate((one) => one.setAttribute('open', ''));
		expect(await violations(page), colorScheme).toEqual([]);
	}
});
