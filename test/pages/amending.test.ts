import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { clean } from '#adoption/out/marked.ts';
import { dayAt } from '#kernel/day.ts';
import { addVersion } from '#library/add.server.ts';
import { workAt } from '#library/at.server.ts';
import { provisions as onTheShelf } from '#library/version.server.ts';
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
async function policy(number: string): Promise<{ readonly id: string; readonly address: string }> {
	const id = await begun('Judicial warrants', clerk.actor, world, { path: 'coalition/detainers/2026-10-29' });
	await fillAll(id, 'City of Alder Falls', clerk.actor, world);
	return { id, address: await adopted(id, { number }, clerk.actor, world) };
}
const draft = browserPath() === null ? '' : (await policy('Ordinance 2026-41')).id;

describe.skipIf(browserPath() === null)('a clerk without scripts', () => {
	test(
		'is told that the model of an adopted policy is newer, reads what changed, and starts the draft that amends it',
		async () => {
			const { page } = await visit('/adoption', clerk.cookie);
			expect(await said(page)).toContain('A text that your city used has a newer version:');
			await picture(page, 'overtaken');
			await page.getByRole('link', { name: /^Judicial warrants: version of/ }).click();
			expect(await said(page)).toContain('The text that your city’s policy was made from has a newer version.');
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
		'who amends what was corrected on the shelf is told so, and sees what differs',
		async () => {
			const { id, address } = await policy('Ordinance 2026-42');
			await world.db.as(SYSTEM, async (tx) => {
				const found = await workAt(address, dayAt(world.clock.now()), tx);
				if (found.kind !== 'work') throw new Error('It is on the shelf.');
				const [version] = found.work.versions;
				const text = (await onTheShelf(found.work.id, version?.id ?? '', tx)).map((one) => ({
					...{ ...one, from: null },
					text: one.text.replace('no private right', 'no private or other right'),
				}));
				await addVersion(
					found.work.id,
					{
						...{ day: dayAt(world.clock.now()), language: 'en', official: true, title: 'Corrected', format: 'text' },
						reading: { ...clean(text), title: '', profile: null, why: [], amendments: [], problems: [] },
						source: { name: null, sha256: null, address: null, retrieved: null, blobId: null },
						...{ comesAlong: false, corrected: true, by: 'test', id: null },
					},
					world,
					tx,
				);
			});
			const { page } = await visit(`/adoption/${id}/newer`, clerk.cookie);
			await page.getByRole('button', { name: 'Start a draft that amends it' }).click();
			await page.getByRole('link', { name: 'Judicial warrants' }).first().click();
			expect(await said(page)).toContain('The policy in the library differs from what was adopted.');
			expect(await said(page)).toContain('0 words added, 0 removed');
			await picture(page, 'corrected');
			await page.getByRole('link', { name: 'What differs' }).click();
			expect(await said(page)).toContain('no private[added: or other] right');
			expect(await said(page)).toContain('2 words added, 0 removed');
			await page.goto(page.url().replace(/\?.*/, '/versions'));
			expect(await said(page)).toContain('Draft 2: Newer version taken over');
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
