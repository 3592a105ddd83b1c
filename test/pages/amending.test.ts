import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { adopted, fillAll } from '../adoption/adopted.ts';
import { begun } from '../adoption/begun.ts';
import { browserPath, openBrowser, violations } from './browser.ts';
import { startSite } from './site.ts';
import { PATIENCE, picture, said, walking } from './walking.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const browsing = await openBrowser();
const cities = await world.db.as(SYSTEM, (tx) =>
	tx.selectFrom('place').select(['id', 'slug']).where('sample', '=', true).where('kind', '=', 'city').execute(),
);
const seated = (city: string) =>
	signedIn(world, { role: 'member', placeId: cities.find(({ slug }) => slug === city)?.id ?? '' });
const [clerk, stranger] = [await seated('alder-falls'), await seated('wexmoor')];
const visit = walking(site, browsing);

/** A policy that the city made of the earlier model. */
async function policy(): Promise<string> {
	const id = await begun('Judicial warrants', clerk.actor, world, { path: 'coalition/detainers/2026-10-29' });
	await fillAll(id, 'City of Alder Falls', clerk.actor, world);
	await adopted(id, { number: 'Ordinance 2026-41' }, clerk.actor, world);
	return id;
}
const draft = browserPath() === null ? '' : await policy();

describe.skipIf(browserPath() === null)('a clerk without scripts', () => {
	test(
		'is told that the model of an adopted policy is newer, reads what changed, and starts the draft that amends it',
		async () => {
			const { page } = await visit('/adoption', clerk.cookie);
			expect(await said(page)).toContain('A text that your city used has a newer version:');
			await picture(page, 'overtaken');
			await page.getByRole('link', { name: /^Judicial warrants: version of/ }).click();
			expect(await said(page)).toContain('What your city adopted was made from a text that has a newer version.');
			await picture(page, 'amend');
			await page.getByRole('button', { name: 'Start a draft that amends it' }).click();
			expect(page.url()).not.toContain(draft);
			expect(await page.getByRole('button', { name: /^Take both together/ }).count()).toBeGreaterThan(1);
			await page.getByRole('link', { name: 'Judicial warrants' }).first().click();
			expect(await said(page)).toContain('It amends Ordinance 2026-41.');
			expect(await said(page)).toMatch(/Redline against SAMPLE Alder Falls, ZZ: Ordinance 2026-41/);
			await picture(page, 'amending');
			await page.goto(`${site.origin}/adoption`);
			expect(await said(page)).not.toContain('has a newer version:');
		},
		PATIENCE,
	);

	test(
		'of another city sees none of it; in Spanish, and axe finds nothing at three widths in both themes',
		async () => {
			const { page } = await visit('/adoption', stranger.cookie);
			expect(await said(page)).not.toContain('newer version');
			const { page: own } = await visit(`/es/adoption/${draft}/newer`, clerk.cookie);
			expect(await said(own)).toContain('Empezar un borrador que lo reforme');
			const found: string[] = [];
			for (const path of ['/adoption', `/es/adoption/${draft}/newer`]) {
				for (const colorScheme of ['light', 'dark'] as const) {
					const { page } = await visit(path, clerk.cookie, { javaScriptEnabled: true, bypassCSP: true, colorScheme });
					for (const width of [390, 768, 1440]) {
						await page.setViewportSize({ width, height: 900 });
						if (await page.evaluate('document.documentElement.scrollWidth > innerWidth'))
							found.push(`${path} is wider than ${width}`);
						found.push(...(await violations(page)).map((one) => `${path} ${width} ${colorScheme}: ${one}`));
					}
				}
			}
			expect(found).toEqual([]);
		},
		PATIENCE,
	);
});
