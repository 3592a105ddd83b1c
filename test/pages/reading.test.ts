import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite();
const noBrowser = browserPath() === null;
if (noBrowser) console.warn('Tests that look at the reader are skipped: they need a browser.');
const browsing = await openBrowser();

/** An act that amends, in words of our own; additions and removals as editors of the web mark them. */
const ACT = `<h1>A SAMPLE local law</h1>
<p>Be it enacted by the Council as follows:</p>
<p>Section 1. Subdivision a of section 9-131 of the administrative code of the city of Merrow is amended to read as follows:</p>
<p>a. The department shall not hold a person <del>for more than two days</del> <ins>past the time of release</ins> on a request alone.</p>
<p>§ 2. This local law takes effect in ninety days.</p>`;
const folder = mkdtempSync(join(tmpdir(), 'citycompact-reading-'));
writeFileSync(join(folder, 'act.html'), ACT);
const where = ['--place', 'coalition', '--date', '2026-01-02', '--as', 'an-act', '--title', 'A SAMPLE local law'];
await site.run('library', 'import', join(folder, 'act.html'), ...where);
rmSync(folder, { recursive: true });

interface Line {
	readonly address: string;
	readonly standing: string;
	readonly language: string;
	readonly sample: boolean;
}
const works: readonly Line[] = JSON.parse(await site.run('library', 'list', '--format', 'json'));
const withTwo = `/library/${works.find(({ language }) => language === 'es')?.address}`;
const ended = `/library/${works.find(({ standing }) => standing === 'repealed' || standing === 'superseded')?.address}`;
const PROVISION = '/library/coalition/detainers/2026-11-26/sec_3__subsec_a';
const AN_ACT = '/library/coalition/an-act';
const PAGES = [`${withTwo}?beside=1`, ended, PROVISION, AN_ACT, `${AN_ACT}?show=before`, `${AN_ACT}?show=after`];

const text = async (path: string) => (await fetch(site.origin + path)).text();
/** What a page says, without its marks. */
const words = async (path: string) =>
	(await text(path))
		.replaceAll(/<!--.*?-->/gs, '')
		.replaceAll(/<[^>]+>/g, ' ')
		.replaceAll(/\s+/g, ' ');

describe('a text that is there in two languages', () => {
	test('is read in the language it was enacted in, and leads to the other', async () => {
		const body = await text(withTwo);
		expect(body).toContain('lang="es"');
		expect(body).toContain('Read the translation beside it: English');
		expect(body).not.toContain('English, unofficial translation');
	});

	test('side by side, each column says what it is, and no anchor stands twice', async ({ skip }) => {
		if (noBrowser) skip();
		const { page } = await browsing.visit(`${site.origin}${withTwo}?beside=1`, { javaScriptEnabled: false });
		expect(await page.locator('.columns').innerText()).toMatch(/Spanish, as enacted\s+English, unofficial translation/);
		const pairs = await page
			.locator('section.prov')
			.evaluateAll((rows) =>
				rows.map((row) => [...row.querySelectorAll('.law')].map((law) => law.getAttribute('lang'))),
			);
		expect(pairs.length).toBeGreaterThan(3);
		expect(new Set(pairs.map((pair) => pair.join(' ')))).toEqual(new Set(['es en']));
		expect(await doubles(page)).toEqual([]);
	});
});

test('what no longer holds is told before its words, in both languages', async () => {
	expect(await text(ended)).toMatch(/(Repealed|Superseded) on .{8,20}\. It is kept here to be read and compared\./);
	expect(await text(`/es${ended}`)).toMatch(/(Derogada|Sustituida) el .{8,20}\. Se conserva aquí/);
});

test('a model says what belongs in each of its blanks, and what changed since the version before', async () => {
	const read = await words('/library/coalition/detainers');
	expect(/\d+ blanks to fill, with what belongs in each/.test(read)).toBe(true);
	expect(read.includes('Write it as the charter does')).toBe(true);
	expect(read.includes('Changed since the version of')).toBe(true);
	expect(read.includes('{{city}}')).toBe(false);
});

test('words that one person coded say beside them that nobody has confirmed it', async () => {
	const read = await words('/library/coalition/detainers');
	const said = /D1 Judicial warrant for a detainer ?, [^;]+; proposed, not confirmed by a second person\./;
	expect(said.test(read)).toBe(true);
});

test.each([
	['/library/coalition/detainers', '/library/coalition/detainers/2026-11-26'],
	['/es/library/coalition/detainers', '/library/coalition/detainers/2026-11-26'],
	[PROVISION, PROVISION],
])('%s leads to the form that reports an error in it', async (path, about) => {
	const [, link = ''] = /href="([^"]*\/watch\/report\?about=[^"]+)"/.exec(await text(path)) ?? [];
	expect(new URL(link, site.origin).searchParams.get('about')).toBe(about);
	expect(await text(link)).toContain(`value="${about}"`);
});

test('the shelf of the coalition has an address, though the coalition is no place', async () => {
	const answer = await fetch(`${site.origin}/es/library/coalition`, { redirect: 'manual' });
	expect([answer.status, answer.headers.get('location')]).toEqual([302, '/es/library?instrument=model']);
});

test('a provision is called by its place in the text, and leads to the whole and to its neighbours', async () => {
	const body = await text(PROVISION);
	expect(/<title>§ 3\(a\) – /.test(body)).toBe(true);
	expect(body.includes('href="/library/coalition/detainers/2026-11-26#sec_3__subsec_a"')).toBe(true);
	expect(/rel="next" href="[^"]*\/sec_3__subsec_b"/.test(body)).toBe(true);
	expect(/rel="prev"/.test(body)).toBe(false);
});

describe.skipIf(noBrowser)('an act that amends', () => {
	test.each([
		['', ['for more than two days', 'past the time of release']],
		['?show=before', ['for more than two days']],
		['?show=after', ['past the time of release']],
	])('read with "%s" has these words', async (query, words) => {
		const { page } = await browsing.visit(site.origin + AN_ACT + query, { javaScriptEnabled: false });
		const read = await page.locator('.prov .law').allInnerTexts();
		for (const one of ['for more than two days', 'past the time of release'])
			expect(read.join(' ').includes(one), one).toBe(words.includes(one));
		const edits = await page.locator('.prov :is(ins, del)').allInnerTexts();
		expect(edits.length > 0).toBe(query === '');
		for (const edit of edits) expect(edit).toMatch(/^\[(added|removed):\s/);
	});
});

describe.skipIf(noBrowser)('the reader', () => {
	const WAYS = (['light', 'dark'] as const).flatMap((theme) =>
		([390, 768, 1440] as const).flatMap((width) => (['', '/es'] as const).map((prefix) => ({ theme, width, prefix }))),
	);

	test.each(WAYS)('has no barrier at $width px, $theme, "$prefix"', async ({ theme, width, prefix }) => {
		for (const path of PAGES) {
			const { page, complaints } = await browsing.visit(site.origin + prefix + path, {
				bypassCSP: true,
				colorScheme: theme,
				viewport: { width, height: 900 },
			});
			for (const one of await page.locator('details').all())
				await one.evaluate((fold) => fold.setAttribute('open', ''));
			expect(await violations(page), prefix + path).toEqual([]);
			expect(complaints, prefix + path).toEqual([]);
			expect(await doubles(page), prefix + path).toEqual([]);
			await page.context().close();
		}
	});

	test.each(PAGES)('%s is not wider than 320 px, everything opened', async (path) => {
		const { page } = await browsing.visit(site.origin + path, { viewport: { width: 320, height: 800 } });
		for (const one of await page.locator('details').all()) await one.evaluate((fold) => fold.setAttribute('open', ''));
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
	});

	test('is walked with the tab key in the order it is read', async () => {
		const { page } = await browsing.visit(site.origin + PROVISION, { viewport: { width: 1440, height: 900 } });
		const walked: number[] = [];
		for (let i = 0; i < 60; i++) {
			await page.keyboard.press('Tab');
			const at = await page.evaluate(
				"[...document.querySelectorAll('a, button, select, input, summary')].indexOf(document.activeElement)",
			);
			if (typeof at !== 'number' || at < 0) break;
			if (walked.length > 0 && at === walked[0]) break;
			walked.push(at);
		}
		expect(walked.length).toBeGreaterThan(20);
		expect(walked).toEqual(walked.toSorted((a, b) => a - b));
	});
});

function doubles(page: { evaluate(script: string): Promise<unknown> }): Promise<unknown> {
	return page.evaluate(
		"(() => { const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id); return ids.filter((id, i) => ids.indexOf(id) !== i); })()",
	);
}
