import { chromium } from 'playwright-core';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { browserPath } from './browser.ts';
import { startSite } from './site.ts';

const path = browserPath();
if (path === null) console.warn('Tests of layout shifts are skipped: they need a browser.');
const site = path === null ? null : await startSite();
const browser = path === null ? null : await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
afterAll(() => browser?.close());

/** What counts as none, in the measure of browsers: 0.1 is the most that is called good. */
const NONE = 0.01;
/** How late fonts and pictures come, in milliseconds: long after the first words. */
const LATE = 700;

interface Shift {
	readonly value: number;
	/** What moved, and from where to where. */
	readonly what: string;
}

/** Everything that moved on a page, for a visitor who has never been here and waits for letters and drawings. */
async function shifts(address: string, width: number): Promise<Shift[]> {
	if (!browser) return [];
	const context = await browser.newContext({ viewport: { width, height: width < 600 ? 844 : 900 } });
	onTestFinished(() => context.close());
	const page = await context.newPage();
	await page.route(/\.(woff2|svg)(\?|$)/, async (route) => {
		await new Promise((done) => setTimeout(done, LATE));
		await route.continue();
	});
	await page.addInitScript(() => {
		const seen: unknown[] = [];
		Object.assign(globalThis, { shifted: seen });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries() as (PerformanceEntry & {
				value: number;
				sources: { node: Element | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
			})[]) {
				const what = entry.sources.map(({ node, previousRect: from, currentRect: to }) => {
					const name = node instanceof Element ? `${node.tagName} ${node.getAttribute('class') ?? ''}` : 'text';
					return `${name} ${[from.x, from.y, from.width, from.height].map(Math.round)} -> ${[to.x, to.y, to.width, to.height].map(Math.round)}`;
				});
				seen.push({ value: entry.value, what: what.join('; ') });
			}
		}).observe({ type: 'layout-shift', buffered: true });
	});
	await page.goto(address, { waitUntil: 'load' });
	await page.evaluate(() => document.fonts.ready);
	await page.waitForTimeout(300);
	return page.evaluate(() => (globalThis as unknown as { shifted: Shift[] }).shifted);
}

async function addresses(): Promise<Record<string, string>> {
	const answer = await fetch(`${site?.origin}/api/v1/watch/agencies.json?limit=200`);
	const { data } = (await answer.json()) as {
		data: { id: string; models: string[]; area_level: string | null; area_place: string | null }[];
	};
	const several = data.find(({ models }) => models.length > 1) ?? data[0];
	const placed = data.find(({ area_level, models }) => area_level === 'county' && models.length > 0);
	return {
		'the first page': '/',
		'the watch': '/watch',
		'an agency': `/watch/agency/${several?.id}`,
		'a place': `/watch/place/${placed?.area_place}`,
		lists: '/watch/lists',
	};
}
const pages = path === null ? {} : await addresses();

describe.skipIf(path === null)('nothing moves while letters and drawings arrive', () => {
	test.each(
		['the first page', 'the watch', 'an agency', 'a place', 'lists'].flatMap((name) =>
			[390, 1440].map((width) => ({ name, width })),
		),
	)('on $name, $width pixels wide', { timeout: 60_000 }, async ({ name, width }) => {
		const moved = await shifts((site?.origin ?? '') + pages[name], width);
		const sum = moved.reduce((total, { value }) => total + value, 0);
		console.info(`${name} at ${width}: ${sum.toFixed(4)}`);
		expect(sum, moved.map(({ value, what }) => `${value.toFixed(4)} ${what}`).join('\n')).toBeLessThan(NONE);
	});
});
