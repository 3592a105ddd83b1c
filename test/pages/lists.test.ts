import { describe, expect, test } from 'vitest';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const noBrowser = browserPath() === null;
if (noBrowser) console.warn('Page tests are skipped: no browser found. COMPACT_BROWSER names one.');
const site = noBrowser ? { origin: '', lines: [] } : await startSite({ COMPACT_CONTACT: 'clerk@example.org' });
const browsing = await openBrowser();

const PAGES = [
	['/watch/lists', /^Lists: .* – City Compact \(SAMPLE\)$/],
	['/es/watch/lists', /^Listas: .* \(SAMPLE\)$/],
	['/watch/lists/compare', /^Compare two lists – /],
	['/es/watch/lists/compare', /^Comparar dos listas – /],
	['/watch/review', /^Review: /],
	['/es/watch/review', /^Revisión: /],
	['/watch/report?about=/watch/agency/abc', /^Report an error – /],
	['/es/watch/report', /^Informar de un error – /],
	['/watch/report/thanks', /^Thank you\. /],
	['/corrections', /^Corrections – /],
	['/es/corrections', /^Correcciones – /],
] as const;

const open = (path: string, width = 1024) =>
	browsing.visit(site.origin + path, { javaScriptEnabled: false, viewport: { width, height: 800 } });

/** Addresses that the list of files leads to: a list and a comparison. */
async function led(): Promise<{ list: string; comparison: string }> {
	const { page } = await open('/watch/lists');
	const hrefs = await page.locator('.files a').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
	return {
		list: hrefs.find((href) => /\/[0-9a-f]{64}$/.test(href)) ?? '',
		comparison: hrefs.find((href) => href.includes('compare?')) ?? '',
	};
}

describe.skipIf(noBrowser)('the pages of lists and corrections', () => {
	test.each(PAGES)('%s is whole on a phone, without scripts, and says SAMPLE', async (path, title) => {
		const { page, status, requests, complaints } = await open(path, 320);
		expect(status).toBe(200);
		expect(await page.title()).toMatch(title);
		expect(await page.locator('h1').count()).toBe(1);
		expect(await page.locator('script, [style], style').count()).toBe(0);
		expect(await page.locator('.ribbon').innerText()).toContain('SAMPLE');
		expect(await page.locator('html').evaluate((root) => root.scrollWidth)).toBe(320);
		expect(requests.filter((address) => !address.startsWith(`${site.origin}/`))).toEqual([]);
		expect(complaints).toEqual([]);
	});

	test('axe finds nothing, at three widths, in both themes', async () => {
		const { list, comparison } = await led();
		for (const path of ['/watch/lists', list, comparison, '/es/watch/review', '/watch/report', '/es/corrections']) {
			for (const colorScheme of ['light', 'dark'] as const) {
				const { page } = await browsing.visit(site.origin + path, { bypassCSP: true, colorScheme });
				for (const row of await page.locator('details').all())
					await row.evaluate((one) => one.setAttribute('open', ''));
				for (const width of [390, 768, 1440]) {
					await page.setViewportSize({ width, height: 900 });
					expect(await violations(page), `${path} ${colorScheme} at ${width}`).toEqual([]);
				}
			}
		}
	}, 120_000);

	test('a list shows its rows, each with its own address, and gives them as CSV', async () => {
		const { list } = await led();
		const { page } = await open(`${list}?row=2#row-2`);
		expect(await page.locator('tr:target th').innerText()).toBe('2');
		expect(await page.getByText('A sample list has no file').count()).toBe(1);
		const csv = await fetch(`${site.origin}${list}/rows.csv`);
		expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="SAMPLE-/);
		expect((await csv.text()).split('\r\n')).toHaveLength(2 + (await page.locator('.sheet tbody tr').count()));
		expect((await fetch(`${site.origin}${list}/original`)).status).toBe(404);
		expect((await fetch(`${site.origin}/watch/lists/${'f'.repeat(64)}`)).status).toBe(404);
	});

	test('two lists are compared by a form, the older first, and two kinds are told apart', async () => {
		const { page } = await open('/watch/lists/compare');
		await page.getByRole('button', { name: 'Compare' }).click();
		expect(await page.locator('h1').innerText()).toMatch(/: .* and /);
		expect(await page.locator('.figure b').count()).toBe(4);
		const other = page.locator('select#to option').first();
		await page.getByLabel('Another of the same kind').selectOption((await other.getAttribute('value')) ?? '');
		await page.getByRole('button', { name: 'Compare' }).click();
		expect(await page.locator('.banner').innerText()).toContain('choose two of one kind');
		expect((await open('/watch/lists/compare?from=x')).status).toBe(400);
	});

	test('the review names nobody', async () => {
		const { page } = await open('/watch/review');
		expect(await page.locator('main').innerText()).not.toMatch(/County|Sheriff|Police Department|Franklin/);
	});
});

describe.skipIf(noBrowser)('a reader reports an error, without scripts', () => {
	test('with a sentence, and is told what happens next', async () => {
		const { page } = await open('/es/watch/report?about=/watch/agency/abc%23x');
		expect(await page.getByRole('link', { name: 'clerk@example.org' }).getAttribute('href')).toBe(
			'mailto:clerk@example.org',
		);
		await page.getByLabel('Qué está mal').fill('La fecha no coincide con el documento.');
		await page.getByRole('button', { name: 'Enviar' }).click();
		expect(new URL(page.url()).pathname).toBe('/es/watch/report/thanks');
		expect(await page.getByRole('link', { name: 'Volver al registro' }).getAttribute('href')).toBe(
			'/es/watch/agency/abc#x',
		);
	});

	test('with nothing, and keeps what was typed', async () => {
		const { page } = await open('/watch/report');
		await page.getByLabel('What is wrong').fill('   ');
		await page.getByLabel('Your e-mail').fill('me@example.org');
		await page.getByRole('button', { name: 'Send' }).click();
		expect(await page.locator('.error').innerText()).toBe('Write what is wrong, in a sentence or two.');
		expect(await page.getByLabel('Your e-mail').inputValue()).toBe('me@example.org');
	});

	test('and no other site can send one in a visitor’s name', async () => {
		const send = (origin: string) =>
			fetch(`${site.origin}/watch/report`, {
				method: 'POST',
				redirect: 'manual',
				headers: { origin, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
				body: 'message=Hello&about=%2Fwatch',
			}).then(({ status }) => status);
		expect(await send('https://example.org')).toBe(403);
		expect(await send(site.origin)).toBe(303);
	});

	test.each([
		['a form that breaks off', 'multipart/form-data; boundary=x', 'zzzz', 400, 'Write what is wrong'],
		['a form of no form', 'multipart/form-data', 'zzzz', 400, 'Write what is wrong'],
		['plain text', 'text/plain', 'message=Hello', 400, 'Write what is wrong'],
		['a book', 'application/x-www-form-urlencoded', `message=${'x'.repeat(1_000_000)}`, 400, 'longer than 4,000'],
	])(
		'and who sends %s is told what is wrong with it, and no fault of ours is noted',
		async (_, type, body, status, words) => {
			const answer = await fetch(`${site.origin}/watch/report`, {
				method: 'POST',
				headers: { origin: site.origin, accept: 'text/html', 'content-type': type },
				body,
			});
			expect(answer.status).toBe(status);
			expect(await answer.text()).toContain(words);
			expect(site.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
		},
	);

	test('and the log holds nothing of it', () => {
		expect(site.lines.join('\n')).not.toMatch(/La fecha no coincide|me@example\.org/);
	});
});
