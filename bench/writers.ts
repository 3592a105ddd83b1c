import { type Browser, chromium, type Page } from 'playwright-core';
import type { OpenWorld } from '#platform/world.server.ts';
import { signedIn } from '../test/access/signed-in.ts';
import { browserPath } from '../test/pages/chromium.ts';
import { startSite } from './watch/site.ts';

/** A site over the database of a folder, and a browser, for benches in which people write. */
export interface Writers {
	/** Opens the editor of a draft as somebody, each in a browser of their own. */
	open(draft: string, who: { readonly cookie: string }): Promise<Page>;
	stop(): Promise<void>;
}

/** `data`: folder of the world. Throws where there is no browser. */
export async function writersIn(data: string): Promise<Writers> {
	const executablePath = browserPath();
	if (executablePath === null) throw new Error('There is no browser. COMPACT_BROWSER names one.');
	const site = await startSite(data);
	// The name that it goes by: under another it takes nothing that is sent.
	const origin = site.origin.replace('127.0.0.1', 'localhost');
	const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
	return {
		async open(draft, { cookie }) {
			const context = await browser.newContext();
			const [name = '', value = ''] = cookie.split('=');
			await context.addCookies([{ name, value, url: origin, httpOnly: true, sameSite: 'Lax' }]);
			const page = await context.newPage();
			await page.goto(`${origin}/adoption/${draft}/write`);
			await page.locator('#writing[data-ready]').waitFor();
			return page;
		},
		async stop() {
			await browser.close();
			await site.stop();
		},
	};
}

/** A clerk and an attorney of one city of the sample. */
export async function colleagues(placeId: string, world: OpenWorld) {
	const clerk = await signedIn(world, { role: 'member', placeId });
	const attorney = await signedIn(world, { role: 'counsel', placeId, counsel: true });
	return [clerk, attorney] as const;
}
