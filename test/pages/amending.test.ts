import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { adopted, fillAll } from '../adoption/adopted.ts';
import { begun } from '../adoption/begun.ts';
import { browserPath, openBrowser } from './browser.ts';
import { sampleCity } from './city.ts';
import { startSite } from './site.ts';
import { faults, PATIENCE, picture, said, walking } from './walking.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const browsing = await openBrowser();
const seated = async (city: string) => signedIn(world, { role: 'member', placeId: await sampleCity(city, world) });
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
			const pages = ['/adoption', `/es/adoption/${draft}/newer`].map((path) => [path, clerk.cookie] as const);
			expect(await faults(visit, pages)).toEqual([]);
		},
		PATIENCE,
	);
});
