import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';

const site = await startSite();
const noBrowser = browserPath() === null;
if (noBrowser) console.warn('Tests that look at long texts are skipped: they need a browser.');
const browsing = await openBrowser();

/** Chapters of fifteen sections with five subsections each: 91 provisions a chapter. */
const CHAPTERS = 33;
const LONG = '/library/coalition/long-code';
/** Bytes of a page, above which a phone on a bad connection gives up. */
const LARGEST = 1_000_000;

function code(days: number): string {
	return Array.from({ length: CHAPTERS }, (_, c) =>
		[
			`# CHAPTER ${c + 1}. SAMPLE SERVICES`,
			...Array.from({ length: 15 }, (_, s) =>
				[
					`## Section ${c + 1}.${s + 1}. Duty ${c + 1}-${s + 1}.`,
					...['a', 'b', 'c', 'd', 'e'].map(
						(letter) =>
							`(${letter}) The SAMPLE department shall keep record ${c + 1}-${s + 1}-${letter} for ${days + s} days after the day of the request.`,
					),
				].join('\n\n'),
			),
		].join('\n\n'),
	).join('\n\n');
}

const folder = mkdtempSync(join(tmpdir(), 'citycompact-long-'));
for (const [date, days] of [
	['2026-01-02', 10],
	['2026-02-02', 40],
] as const) {
	const file = join(folder, `${date}.md`);
	writeFileSync(file, code(days));
	const about = ['--place', 'coalition', '--date', date, '--as', 'long-code', '--title', 'A SAMPLE code'];
	await site.run('library', 'import', file, ...about);
}
rmSync(folder, { recursive: true });

const text = async (path: string) => (await fetch(site.origin + path)).text();
const outline = await text(LONG);
const listed = [...outline.matchAll(/<li class="l(\d)[^"]*" id="([^"]+)"/g)].map(([, level, eId]) => ({ level, eId }));
const chapter = `${LONG}/2026-02-02/${listed[0]?.eId}`;
const section = `${LONG}/2026-02-02/${listed.find(({ level }) => level === '1')?.eId}`;
const PAGES = [LONG, chapter, section, `${LONG}/compare`, `${LONG}/history`];

test('a text of 3,000 provisions is shown by chapter and section, and says why in both languages', async () => {
	expect(/This text has 3,003 provisions; it is shown by chapter and section\./.test(outline)).toBe(true);
	expect(/Este texto tiene 3[.,]?003 disposiciones; se muestra por/.test(await text(`/es${LONG}`))).toBe(true);
	expect(listed.filter(({ level }) => level === '0').length).toBe(CHAPTERS);
	expect(listed.filter(({ level }) => level === '1').length).toBe(CHAPTERS * 15);
	expect(outline.includes('2026-02-02/download.docx')).toBe(true);
	expect(outline.includes('keep record')).toBe(false);
});

test('an anchor into the whole text leads to the line of the outline that leads on', () => {
	expect(new Set(listed.map(({ eId }) => eId)).size).toBe(listed.length);
	for (const { eId } of listed) expect(outline.includes(`href="${LONG}/2026-02-02/${eId}"`), eId).toBe(true);
});

test('a chapter of it opens whole, with what it changed and its neighbours', async () => {
	const body = await text(chapter);
	expect(body.match(/keep record 1-\d+-[a-e]/g)?.length).toBe(75);
	expect(body.includes('keep record 2-1-a')).toBe(false);
	expect(/rel="next"/.test(body)).toBe(true);
	expect(body.includes('Changed since the version of')).toBe(true);
});

test('a section of it is called by its place in the text', async () => {
	const body = await text(section);
	expect(body.match(/keep record 1-1-[a-e]/g)?.length).toBe(5);
	expect(/<title>[^<]*1\.1[^<]* – /.test(body)).toBe(true);
});

test('a comparison shows the first changes and says how many more there are', async () => {
	const body = await text(`${LONG}/compare`);
	expect(body.match(/<li id="/g)?.length).toBe(300);
	expect(/2,175 more changes are not shown here/.test(body)).toBe(true);
});

test.each(PAGES)('%s is a page that a phone can take', async (path) => {
	expect((await text(path)).length).toBeLessThan(LARGEST);
});

test('an eId that the text has not is not found', async () => {
	expect((await fetch(`${site.origin}${LONG}/2026-02-02/sec_none`)).status).toBe(404);
});

describe.skipIf(noBrowser)('a long text', () => {
	const WAYS = (['light', 'dark'] as const).flatMap((theme) =>
		([390, 768, 1440] as const).map((width) => ({ theme, width })),
	);
	test.each(WAYS)('has no barrier at $width px, $theme', async ({ theme, width }) => {
		for (const path of [LONG, `/es${LONG}`, chapter]) {
			const { page, complaints } = await browsing.visit(site.origin + path, {
				bypassCSP: true,
				colorScheme: theme,
				viewport: { width, height: 900 },
			});
			expect(await violations(page), path).toEqual([]);
			expect(complaints, path).toEqual([]);
			const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
			expect(wide, path).toBeLessThanOrEqual(0);
			await page.context().close();
		}
	});
});
