import { mkdirSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type Browsing, type Visit, violations } from './browser.ts';
import type { Site } from './site.ts';

/** Time for a browser to walk through a story on a busy machine, in milliseconds. */
export const PATIENCE = 240_000;
const PICTURES = process.env.COMPACT_PICTURES;

/** Opens pages as somebody who is signed in and has no scripts, unless the options say otherwise. */
export function walking(site: Pick<Site, 'origin'>, browsing: Browsing) {
	return (path: string, cookie: string, options: BrowserContextOptions = {}): Promise<Visit> =>
		browsing.visit(site.origin + path, {
			storageState: { cookies: [jar(cookie)], origins: [] },
			javaScriptEnabled: false,
			...options,
		});
}

/** A cookie as a browser keeps it: one that is only sent along is lost where a form leads on. */
function jar(cookie: string) {
	const [name = '', value = ''] = cookie.split('=');
	const where = { domain: '127.0.0.1', path: '/', expires: -1 };
	return { name, value, ...where, httpOnly: true, secure: false, sameSite: 'Lax' as const };
}

/** What the page says, in one line. */
export async function said(page: Page): Promise<string> {
	return ((await page.locator('main').textContent()) ?? '').replaceAll(/\s+/g, ' ');
}

/** Keeps how a page looks at three widths, where `COMPACT_PICTURES` names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
	if (!PICTURES) return;
	mkdirSync(PICTURES, { recursive: true });
	for (const width of [1440, 768, 390]) {
		await page.setViewportSize({ width, height: 900 });
		await page.screenshot({ path: `${PICTURES}/${name}-${width}.png`, fullPage: true });
	}
	await page.setViewportSize({ width: 1280, height: 720 });
}

/** What axe finds wrong on a page at three widths, and at which of them it is wider than the screen. */
export async function faultsOf(page: Page, what: string): Promise<string[]> {
	const found: string[] = [];
	for (const width of [390, 768, 1440]) {
		await page.setViewportSize({ width, height: 900 });
		const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
		if (wide !== width) found.push(`${what} is ${wide} wide at ${width}`);
		found.push(...(await violations(page)).map((one) => `${what} ${width}: ${one}`));
	}
	return found;
}

/** The same of pages in both themes, as somebody sees them who is signed in. */
export async function faults(
	visit: ReturnType<typeof walking>,
	pages: readonly (readonly [path: string, cookie: string])[],
): Promise<string[]> {
	const found: string[] = [];
	for (const [path, cookie] of pages)
		for (const colorScheme of ['light', 'dark'] as const) {
			const { page } = await visit(path, cookie, { javaScriptEnabled: true, bypassCSP: true, colorScheme });
			found.push(...(await faultsOf(page, `${path} ${colorScheme}`)));
		}
	return found;
}
