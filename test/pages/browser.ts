import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';
import { browserPath } from './chromium.ts';

export { browserPath };

/** A page that was opened, with everything it asked for and complained about. */
export interface Visit {
	readonly page: Page;
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	/** Addresses of all requests. */
	readonly requests: readonly string[];
	readonly complaints: readonly string[];
}

export interface Browsing {
	/** Opens an address as a fresh visitor, who leaves when the test ends. */
	visit(address: string, options?: BrowserContextOptions): Promise<Visit>;
}

/** Call at the top of a test file that runs only where `browserPath()` gives one. */
export async function openBrowser(): Promise<Browsing> {
	const path = browserPath();
	if (path === null) return { visit: () => Promise.reject(new Error('There is no browser.')) };
	const browser: Browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
	afterAll(() => browser.close());
	return {
		async visit(address, options = {}) {
			const context = await browser.newContext(options);
			onTestFinished(() => context.close());
			const page = await context.newPage();
			const requests: string[] = [];
			const complaints: string[] = [];
			page.on('request', (request) => requests.push(request.url()));
			page.on('pageerror', (error) => complaints.push(error.message));
			page.on('console', (message) => {
				if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
			});
			const response = await page.goto(address, { waitUntil: 'load' });
			if (!response) throw new Error(`${address} did not answer.`);
			return { page, status: response.status(), headers: response.headers(), requests, complaints };
		},
	};
}

/** What axe finds against WCAG 2.2 AA and its best practices, one line for each place. The context needs `bypassCSP`. */
export async function violations(page: Page): Promise<string[]> {
	await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
	return page.evaluate(async () => {
		type Found = { violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] };
		const axe = (globalThis as unknown as { axe: { run(): Promise<Found> } }).axe;
		const { violations: found } = await axe.run();
		return found.flatMap(({ id, nodes }) =>
			nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
		);
	});
}
